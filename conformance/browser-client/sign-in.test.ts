import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser } from "../../packages/server/src/testing/browser.ts";
import { launchChromium } from "./a-chromium.ts";
import { type AStage, approve, aStage, waitFor } from "./a-stage.ts";

describe("a sign-in, in a real browser", () => {
  let browser: Browser;
  let stage: AStage;
  before(async () => {
    browser = await launchChromium();
    stage = await aStage();
  });
  after(async () => {
    await browser.close();
    await stage.close();
  });

  it("brings a person back to where it began, with the URL clean, and the API's answer", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${stage.app.origin}/notes?of=today#third`);
    await waitFor(page, "signed-out");
    await page.evaluate("void client.signIn()");
    await approve(page);
    await waitFor(page, "signed-in");
    assert.equal(page.url(), `${stage.app.origin}/notes?of=today#third`);
    const session = await page.evaluate("client.session()");
    assert.partialDeepStrictEqual(session, { account: { name: "Ada", email: "ada@example.com" } });
    const answer = await page.evaluate("client.fetch(options.resource + '/notes').then((r) => r.json())");
    assert.partialDeepStrictEqual(answer, { scopes: ["notes:read"] });
    await context.close();
  });
});
