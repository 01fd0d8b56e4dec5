import type { Browser, BrowserContext, Page } from "../../packages/server/src/testing/browser.ts";

interface Account {
  readonly email: string;
  readonly password: string;
}

/** Someone at a real browser, in a profile of their own. */
export class Person {
  readonly #context: BrowserContext;
  readonly #page: Page;
  readonly #account: Account;

  private constructor(context: BrowserContext, page: Page, account: Account) {
    this.#context = context;
    this.#page = page;
    this.#account = account;
  }

  static async at(browser: Browser, account: Account): Promise<Person> {
    const context = await browser.newContext();
    return new Person(context, await context.newPage(), account);
  }

  /** Follows the link and signs in where that is asked. */
  async follow(url: URL): Promise<void> {
    const page = this.#page;
    await page.goto(url.href);
    if ((await page.locator("input[name=email]").count()) === 0) return;
    await page.fill("input[name=email]", this.#account.email);
    await page.fill("input[name=password]", this.#account.password);
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
    await this.#context.close();
  }
}
