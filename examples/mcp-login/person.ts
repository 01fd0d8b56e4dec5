import { type Browser, launchBrowser, type Page } from "../../packages/server/src/testing/browser.ts";

/** Someone at a real browser. */
export class Person {
  readonly #browser: Browser;
  readonly #page: Page;
  readonly #credentials: { readonly email: string; readonly password: string };

  private constructor(browser: Browser, page: Page, credentials: { email: string; password: string }) {
    this.#browser = browser;
    this.#page = page;
    this.#credentials = credentials;
  }

  static async atABrowser(credentials: { email: string; password: string }): Promise<Person> {
    const browser = await launchBrowser();
    return new Person(browser, await browser.newPage(), credentials);
  }

  /** Follows the link and signs in where that is asked. */
  async follow(url: URL): Promise<void> {
    const page = this.#page;
    await page.goto(url.href);
    if ((await page.locator("input[name=email]").count()) === 0) return;
    await page.fill("input[name=email]", this.#credentials.email);
    await page.fill("input[name=password]", this.#credentials.password);
    await page.click("form button[type=submit]");
    await page.waitForSelector("button[name=decision]");
  }

  /** What the consent page says. */
  async reads(): Promise<string> {
    return (await this.#page.textContent("main")) ?? "";
  }

  async takesAPicture(path: string): Promise<void> {
    await this.#page.screenshot({ path, fullPage: true });
  }

  async allows(): Promise<void> {
    await this.#page.click("button[name=decision][value=allow]");
  }

  async leaves(): Promise<void> {
    await this.#browser.close();
  }
}
