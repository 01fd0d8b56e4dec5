import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page } from "../../../packages/server/src/testing/browser.ts";
import { complaintsOf } from "../../../packages/server/src/testing/complaints.ts";
import { type Email, people } from "../identity/people.ts";

export const sizes = {
  phone: { width: 360, height: 740 },
  desktop: { width: 1280, height: 800 },
} as const;

const pictures = fileURLToPath(new URL("../../../.artifacts/calendar-agent", import.meta.url));

/** Somebody at a real browser of their own. */
export class Someone {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #email: Email;
  readonly #complaints: readonly string[];

  private constructor(context: BrowserContext, page: Page, email: Email) {
    this.page = page;
    this.#context = context;
    this.#email = email;
    page.setDefaultTimeout(15_000);
    this.#complaints = complaintsOf(page);
  }

  static async at(browser: Browser, size: keyof typeof sizes, email: Email): Promise<Someone> {
    const context = await browser.newContext({ viewport: sizes[size], reducedMotion: "reduce" });
    return new Someone(context, await context.newPage(), email);
  }

  /** Opens a page of the issuer, and signs in where that is asked. */
  async open(url: string): Promise<void> {
    await this.page.goto(url);
    if ((await this.page.locator("input[name=password]").count()) === 0) return;
    const password = people.find(({ email }) => email === this.#email)?.password ?? "";
    await this.page.fill("input[name=email]", this.#email);
    await this.page.fill("input[name=password]", password);
    await this.page.click("form button[type=submit]");
  }

  /** Types the code that the agent shows, and decides. */
  async decides(url: string, code: string, decision: "allow" | "deny"): Promise<void> {
    await this.open(url);
    await this.page.fill("input[name=user_code]", code);
    await this.page.click("button[type=submit]");
    await this.page.waitForSelector("button[name=decision]");
    await this.picture(`device-${decision}`);
    await this.page.click(`button[name=decision][value=${decision}]`);
    await this.page.waitForSelector("h1");
  }

  async reads(): Promise<string> {
    return (await this.page.locator("main").innerText()).replace(/\s+/g, " ");
  }

  /** Kept for people to look at. */
  async picture(name: string): Promise<void> {
    const { width } = this.page.viewportSize() ?? sizes.phone;
    const path = join(pictures, `${name}-${width}.png`);
    await this.page.screenshot({ path, fullPage: true });
  }

  /** What the browser had to complain about. */
  async leaves(): Promise<readonly string[]> {
    await this.#context.close();
    return this.#complaints;
  }
}
