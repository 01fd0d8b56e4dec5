import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { barriersOf } from "../../packages/server/src/testing/barriers.ts";
import type { Browser, BrowserContext, Page } from "../../packages/server/src/testing/browser.ts";
import { complaintsOf } from "../../packages/server/src/testing/complaints.ts";
import { anAuthenticator } from "./an-authenticator.ts";
import { type Found, measured } from "./on-the-page.ts";

/** Who somebody is. */
export interface View {
  readonly lang: string;
  readonly dir: "ltr" | "rtl";
  readonly script: boolean;
}

/** How a page is looked at. */
interface Look {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly scheme: "light" | "dark";
}

const phone: Look = { name: "phone-light", width: 360, height: 740, scheme: "light" };
const desktop: Look = { name: "desktop-dark", width: 1280, height: 800, scheme: "dark" };

const pictures = fileURLToPath(new URL("../../.artifacts/pages", import.meta.url));
/** Tabs until the page's first button is reached, at most this often. */
const mostTabs = 40;

/** Somebody at a real browser who looks closely at every page, and what the browser had to complain about. */
export class Reader {
  readonly view: View;
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #complaints: readonly string[];
  readonly #failed: string[] = [];
  #told = 0;
  readonly #faults: string[] = [];
  /** The one that the window has now first. */
  readonly #looks: [Look, Look] = [phone, desktop];
  #status = 0;

  private constructor(view: View, context: BrowserContext, page: Page) {
    this.view = view;
    this.#context = context;
    this.page = page;
    page.setDefaultTimeout(30_000);
    page.on("response", (response) => {
      if (response.request().isNavigationRequest()) this.#status = response.status();
      else if (response.status() >= 400) this.#failed.push(`${response.url()} is ${response.status()}`);
    });
    // The page itself, whose status each look compares; what it loads is heard above.
    const expected = /^Failed to load resource: the server responded with a status of/;
    this.#complaints = complaintsOf(page, { expected });
  }

  static async at(browser: Browser, view: View): Promise<Reader> {
    const { lang, script } = view;
    const { width, height, scheme } = phone;
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme: scheme,
      locale: lang,
      javaScriptEnabled: script,
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    const reader = new Reader(view, context, page);
    if (script) {
      await (await anAuthenticator(page)).ignores();
      await page.addInitScript(
        `addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => console.error("The policy forbids", violatedDirective, blockedURI))`,
      );
    }
    return reader;
  }

  /** Another person at the same machine. */
  async forgets(): Promise<void> {
    await this.#context.clearCookies();
  }

  /** Goes on as who signed in elsewhere. */
  async takes(cookies: ReadonlyMap<string, string>, url: string): Promise<void> {
    await this.forgets();
    await this.#context.addCookies([...cookies].map(([name, value]) => ({ name, value, url })));
  }

  /** Does what leads to another page, and waits until it stands. */
  async by(step: () => Promise<unknown>): Promise<void> {
    await Promise.all([this.page.waitForEvent("load"), step()]);
  }

  async open(url: string): Promise<void> {
    await this.page.goto(url);
  }

  async press(selector: string): Promise<void> {
    await this.by(() => this.page.click(selector));
  }

  /** Fills in what is on the page, by the name of each field, and sends the form with its first button. */
  async send(values: Readonly<Record<string, string>>, scope = "main"): Promise<void> {
    let last = "";
    for (const [name, value] of Object.entries(values)) {
      last = `${scope} input[name=${name}]:not([type=hidden])`;
      await this.page.locator(last).first().fill(value);
    }
    await this.by(() => this.page.locator(last).first().press("Enter"));
  }

  async opensDetails(): Promise<void> {
    await this.page.locator("main summary").first().click();
  }

  /**
   * Everything that is demanded of any page, on a phone in light colours and on a desktop in dark ones, without loading
   * it anew; what it falls short of is told when the walk is over.
   */
  async sees(name: string, { status = 200, isEnglish = false } = {}): Promise<void> {
    const { lang, dir } = isEnglish ? ({ lang: "en", dir: "ltr" } as const) : this.view;
    const faults = this.#status === status ? [] : [`status ${this.#status} at ${this.page.url()}`];
    const first = await this.#measured();
    if (first.lang !== lang || first.dir !== dir) faults.push(`language ${first.lang} ${first.dir}`);
    if (first.headings !== 1) faults.push(`${first.headings} headings of the first rank`);
    faults.push(...this.#misfits(first), ...(await this.#looksClosely(name, false)));
    await this.#turns();
    faults.push(...this.#misfits(await this.#measured()));
    faults.push(...(await this.#looksClosely(name, true)));
    if (this.view.script) faults.push(...(await this.#stops()));
    faults.push(...this.#news());
    this.#faults.push(...faults.map((fault) => `${name}: ${fault}`));
  }

  /** What was wrong with the pages of a walk. */
  faults(): readonly string[] {
    return this.#faults.splice(0);
  }

  async leaves(): Promise<void> {
    await this.#context.close();
  }

  /** What the browser complained about since the last look. */
  #news(): readonly string[] {
    const news = this.#complaints.slice(this.#told);
    this.#told = this.#complaints.length;
    return [...this.#failed.splice(0), ...news];
  }

  /** To the other look. */
  async #turns(): Promise<void> {
    const { width, height, scheme } = this.#looks.reverse()[0] ?? phone;
    await this.page.setViewportSize({ width, height });
    await this.page.emulateMedia({ colorScheme: scheme });
  }

  async #measured(): Promise<Found> {
    return (await this.page.evaluate(`(${measured})(document.documentElement)`)) as Found;
  }

  #misfits({ beyond, small }: Found): readonly string[] {
    const tooWide = beyond > 0 ? [`${beyond} pixels too wide`] : [];
    return [...tooWide, ...small.map((target) => `a target of ${target}`)].map((fault) => this.#seen(fault));
  }

  #seen(fault: string): string {
    return `${this.#looks[0].name}: ${fault}`;
  }

  /** A picture, and what axe finds, which is script itself. */
  async #looksClosely(name: string, again: boolean): Promise<readonly string[]> {
    if (!this.view.script) return [];
    await this.#picture(name);
    return (await barriersOf(this.page, { again })).map((fault) => this.#seen(fault));
  }

  /** From the top of the page to its first button with nothing but a key, and each stop marked. */
  async #stops(): Promise<readonly string[]> {
    const { page } = this;
    if ((await page.evaluate(`${firstButton} === null`)) === true) return [];
    await page.evaluate("document.activeElement?.blur(); getSelection()?.setPosition(document.body, 0)");
    for (let tab = 0; tab < mostTabs; tab++) {
      await page.keyboard.press("Tab");
      const stop = (await page.evaluate(focused)) as { isMarked: boolean; isWanted: boolean; what: string };
      if (!stop.isMarked) return [`no outline on ${stop.what}`];
      if (stop.isWanted) return [];
    }
    return [`no button within ${mostTabs} tabs`];
  }

  async #picture(name: string): Promise<void> {
    const path = join(pictures, this.#looks[0].name, `${name}.jpg`);
    // Nothing is added to the page, whose policy would refuse it. Letters are legible, for half the work of a PNG.
    const whole = { fullPage: true, caret: "initial", animations: "allow" } as const;
    await this.page.screenshot({ path, ...whole, type: "jpeg", quality: 85 });
  }
}

const firstButton = `document.querySelector("main :is(button.primary, .neutral, .danger):not([hidden] *, details:not([open]) *)")`;
const focused = `(() => {
  const at = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(at);
  return {
    isMarked: at === document.body || (outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2),
    isWanted: at === ${firstButton},
    what: at.outerHTML.slice(0, 200),
  };
})()`;
