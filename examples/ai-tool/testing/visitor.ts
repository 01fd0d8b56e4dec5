import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page } from "../../../packages/server/src/testing/browser.ts";
import { complaintsOf } from "../../../packages/server/src/testing/complaints.ts";
import { people } from "../people.ts";

export const sizes = {
  phone: { width: 360, height: 740 },
  desktop: { width: 1280, height: 800 },
} as const;

const pictures = fileURLToPath(new URL("../../../.artifacts/ai-tool", import.meta.url));

/** A status that the page asked for and expects; Chromium tells of it all the same. */
const expected = /^Failed to load resource: the server responded with a status of 40[13]/;

/** Somebody at a real browser of their own, and what the browser had to complain about. */
export class Visitor {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #complaints: readonly string[];
  /** Every URL that the browser showed, whole. */
  readonly #addresses: string[] = [];
  #token = "";

  private constructor(context: BrowserContext, page: Page, api: string) {
    this.#context = context;
    this.page = page;
    page.setDefaultTimeout(30_000);
    this.#complaints = complaintsOf(page, { expected });
    page.on("framenavigated", (frame) => this.#addresses.push(frame.url()));
    page.on("request", (request) => {
      const [, token] = /^Bearer (.+)$/.exec(request.headers().authorization ?? "") ?? [];
      if (token && request.url().startsWith(api)) this.#token = token;
    });
  }

  static async at(browser: Browser, size: keyof typeof sizes, api: string): Promise<Visitor> {
    const context = await browser.newContext({ viewport: sizes[size], reducedMotion: "reduce" });
    return new Visitor(context, await context.newPage(), api);
  }

  /** The access token that the page sent last. */
  get token(): string {
    assert.notEqual(this.#token, "", "the page sent a token");
    return this.#token;
  }

  /** Chooses a person on the start page and gives their password. */
  async signIn(url: string, first: string): Promise<void> {
    const person = people.find(({ name }) => name.startsWith(first));
    assert.ok(person);
    await this.page.goto(url);
    await this.page.click(`button.person:has-text("${first}")`);
    await this.page.fill("input[name=password]", person.password);
    await this.page.click("form button[type=submit]");
  }

  /** Allows what the consent page offers, without these, and is back at the tool. */
  async allow({ without = [] }: { readonly without?: readonly string[] } = {}): Promise<void> {
    for (const scope of without) await this.page.uncheck(`input[type=checkbox][value="${scope}"]`);
    await this.page.click("button[name=decision][value=allow]");
    await this.page.waitForSelector(".frame");
  }

  async goTo(place: string): Promise<void> {
    await this.page.click(`nav a:has-text("${place}")`);
    await this.page.waitForSelector(`nav a[aria-current=page]:has-text("${place}")`);
    await this.requireFits();
  }

  async press(label: string): Promise<void> {
    await this.page
      .getByRole("button", { name: label, exact: true })
      .filter({ visible: true })
      .first()
      .click();
  }

  /** The text of the first of these, once it is there. */
  async reads(selector: string): Promise<string> {
    return (await this.page.locator(selector).first().textContent()) ?? "";
  }

  async ask(question: string): Promise<void> {
    await this.page.fill("#question", question);
    await this.press("Send");
  }

  /** Kept for people to look at: `.artifacts/ai-tool/NAME-WIDTH.png`. The view must fit every size, not this visitor's alone. */
  async picture(name: string): Promise<void> {
    const own = this.page.viewportSize() ?? sizes.phone;
    for (const size of Object.values(sizes)) {
      await this.page.setViewportSize(size);
      await this.requireFits();
      await this.page.screenshot({ path: join(pictures, `${name}-${size.width}.png`) });
    }
    await this.page.setViewportSize(own);
  }

  /** Nothing is wider than the screen. */
  async requireFits(): Promise<void> {
    const beyond = await this.page.evaluate(
      "Math.max(document.documentElement.scrollWidth, document.querySelector('main').scrollWidth) - innerWidth",
    );
    assert.ok(Number(beyond) <= 0, `the view is ${beyond} pixels too wide`);
  }

  async leaves(): Promise<void> {
    await this.#context.close();
    assert.deepEqual(this.#complaints, []);
    for (const address of this.#addresses) assert.doesNotMatch(address, /token|eyJ/);
  }
}
