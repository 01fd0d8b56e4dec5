import { after, before } from "node:test";
import {
  type Browser,
  type BrowserContext,
  launchBrowser,
  type Page,
} from "../../packages/server/src/testing/browser.ts";
import { type AStage, aStage, type StageOptions } from "./a-stage.ts";

/**
 * One profile of a real browser for all tests of a suite. What a page stores is apart by origin, and each stage has origins
 * of its own; cookies know no ports, so that they go with each test.
 */
export class Profile {
  /** Tabs that a test before had no more use for: a new one costs a process. */
  #idle: Page[] = [];
  #pages: Page[] = [];
  #browser: Browser | undefined;
  #context: BrowserContext | undefined;

  /** Call it where a suite begins: it is there from the suite's first test to its last. */
  constructor() {
    before(() => this.open());
    after(() => this.#browser?.close());
  }

  async open(): Promise<void> {
    this.#browser ??= await launchBrowser();
    // The certificate of the apps is one that nobody vouches for.
    this.#context ??= await this.#browser.newContext({ ignoreHTTPSErrors: true });
  }

  get context(): BrowserContext {
    if (!this.#context) throw new Error("The suite has not begun.");
    return this.#context;
  }

  /** The tabs of this test, as they were opened. */
  get pages(): readonly Page[] {
    return this.#pages.filter((page) => !page.isClosed());
  }

  async page(): Promise<Page> {
    const page = this.#idle.pop() ?? (await this.context.newPage());
    this.#pages.push(page);
    return page;
  }

  /** A stage for one test. */
  async staged(
    options: StageOptions,
    test: (stage: AStage, profile: Profile) => Promise<void>,
  ): Promise<void> {
    const stage = await aStage(options);
    try {
      await test(stage, this);
    } finally {
      await this.clear();
      await stage.close();
    }
  }

  /** As for the next test: while the servers of this one stand, so that no page is on its way to one that is gone. */
  async clear(): Promise<void> {
    const left = [...this.pages, ...this.#idle];
    this.#pages = [];
    this.#idle = left.slice(0, 2);
    this.context.removeAllListeners("request");
    await Promise.all(left.slice(2).map((page) => page.close()));
    for (const page of this.#idle) {
      await page.unrouteAll();
      // A page that does not come back soon is not worth the wait: the next test gets another.
      await page.goto("about:blank", { timeout: 5_000 }).catch(() => page.close());
    }
    this.#idle = this.#idle.filter((page) => !page.isClosed());
    await this.context.clearCookies();
  }

  /**
   * Ends every SharedWorker of an origin and waits until they are gone, as browsers do that give it no longer life than
   * its last page.
   */
  async endWorkers({ origin }: { readonly origin: string }): Promise<void> {
    if (!this.#browser) throw new Error("The suite has not begun.");
    const session = await this.#browser.newBrowserCDPSession();
    const there = async () => {
      const { targetInfos } = await session.send("Target.getTargets");
      return targetInfos.filter(({ type, url }) => type === "shared_worker" && url.startsWith(`${origin}/`));
    };
    for (const { targetId } of await there()) await session.send("Target.closeTarget", { targetId });
    // Closing is only asked for: a page that loads now could still be connected to one that is about to end.
    while ((await there()).length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    await session.detach();
  }
}
