import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page } from "../../packages/server/src/testing/browser.ts";
import { complaintsOf } from "../../packages/server/src/testing/complaints.ts";
import { foreign } from "../../packages/server/src/testing/foreign.ts";
import { anAuthenticator } from "./an-authenticator.ts";
import { type Found, measured } from "./on-the-page.ts";

/** How somebody looks at the pages. */
export interface View {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly scheme: "light" | "dark";
  readonly lang: string;
  readonly dir: "ltr" | "rtl";
  readonly script: boolean;
  /** Whether they have no mouse either. */
  readonly keyboard: boolean;
}

const pictures = fileURLToPath(new URL("../../.artifacts/pages", import.meta.url));
const axe = readFileSync(foreign.resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
// The pages load nothing from elsewhere, so there is nothing to preload; a target's size is not judged unless it is asked for.
const judging = {
  runOnly: { type: "tag", values: tags },
  rules: { "target-size": { enabled: true } },
  resultTypes: ["violations"],
  preload: false,
  iframes: false,
  elementRef: false,
};
/** Where a fault is takes longer to say than that there is one. */
const axeRun = (selectors: boolean) => `axe.run(document, ${JSON.stringify({ ...judging, selectors })})
  .then(({ violations }) => violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => id + " at " + target + ": " + failureSummary)))`;

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
    const { width, height, scheme, lang, script } = view;
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

  /** Everything that is demanded of any page; what it falls short of is told when the walk is over. */
  async sees(name: string, { status = 200, isEnglish = false } = {}): Promise<void> {
    const { view } = this;
    const { lang, dir } = isEnglish ? ({ lang: "en", dir: "ltr" } as const) : view;
    const found = (await this.page.evaluate(`(${measured})(document.documentElement)`)) as Found;
    const faults = [
      ...(this.#status === status ? [] : [`status ${this.#status} at ${this.page.url()}`]),
      ...(found.lang === lang && found.dir === dir ? [] : [`language ${found.lang} ${found.dir}`]),
      ...(found.beyond <= 0 ? [] : [`${found.beyond} pixels too wide`]),
      ...(found.headings === 1 ? [] : [`${found.headings} headings of the first rank`]),
      ...found.small.map((target) => `a target of ${target}`),
      ...(view.script ? await this.#looksClosely(name) : []),
      ...this.#news(),
    ];
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

  async #looksClosely(name: string): Promise<readonly string[]> {
    await this.#picture(name);
    return [...(await this.#violations()), ...(this.view.keyboard ? await this.#stops() : [])];
  }

  async #violations(): Promise<readonly string[]> {
    if (!(await this.page.evaluate("'axe' in globalThis"))) await this.page.evaluate(axe);
    const found = (await this.page.evaluate(axeRun(false))) as string[];
    return found.length === 0 ? found : ((await this.page.evaluate(axeRun(true))) as string[]);
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
    const path = join(pictures, this.view.name, `${name}.png`);
    // Nothing is added to the page, whose policy would refuse it.
    await this.page.screenshot({ path, fullPage: true, caret: "initial", animations: "allow" });
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
