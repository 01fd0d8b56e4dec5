import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import type { Browser } from "../../packages/server/src/testing/browser.ts";
import { launchChromium } from "./a-chromium.ts";
import { approve, staged } from "./a-stage.ts";

const page = readFileSync(new URL("../../packages/browser/README.md", import.meta.url), "utf8");
const [, code = ""] = /```ts\n([\s\S]*?)```/.exec(page) ?? [];

describe("the first program of packages/browser/README.md", () => {
  let browser: Browser;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser.close());

  it("signs a person in and shows what the API says", () =>
    staged(browser, { program: code }, async (stage, context) => {
      const page = await context.newPage();
      await page.goto(stage.app.origin);
      await page.click("text=Sign in");
      await approve(page);
      await page.waitForSelector("text=Ada: ");
      assert.match((await page.textContent("body")) ?? "", /Ada: \{.*notes:read/);
    }));
});
