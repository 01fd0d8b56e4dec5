import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser } from "../../packages/server/src/testing/browser.ts";
import { launchChromium } from "./a-chromium.ts";
import { approve, staged } from "./a-stage.ts";

describe("a page with React, in strict mode", () => {
  let browser: Browser;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser.close());

  it("signs in with one redemption of the code, and shows every change in every tab", () =>
    staged(browser, { page: "testing/react-page.ts" }, async (stage, context) => {
      const [page, other] = [await context.newPage(), await context.newPage()];
      await page.goto(`${stage.app.origin}/deep/down`);
      await other.goto(stage.app.origin);
      await page.click("#in");
      await approve(page);
      for (const tab of [page, other]) {
        await tab.waitForSelector("#out");
        assert.equal(await tab.textContent("main"), "Sign Ada out");
      }
      assert.equal(page.url(), `${stage.app.origin}/deep/down`);
      assert.equal(stage.calls.length, 1);
      await other.click("#out");
      for (const tab of [page, other]) await tab.waitForSelector("#in");
    }));
});
