import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { password } from "../../packages/server/src/testing/a-server.ts";
import type { Browser } from "../../packages/server/src/testing/browser.ts";
import { launchChromium } from "./a-chromium.ts";
import { notes, staged, waitFor } from "./a-stage.ts";

describe("a step-up, in a real browser", () => {
  let browser: Browser;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser.close());

  it("asks for the missing scope with all that is held, and the page goes on where it was", () =>
    staged(browser, {}, async (stage, context) => {
      const page = await stage.signedIn(context, "/write");
      const refused = await notes(page, "/write", { method: "POST", body: "a note" });
      assert.equal(refused.error, "step_up");
      assert.deepEqual(refused.stepUp, { kind: "scope", scopes: ["notes:write"] });

      const asked = page.waitForRequest((request) => request.url().includes("/authorize?"));
      await page.evaluate((stepUp) => {
        const { client } = globalThis as unknown as { client: { signIn(request: object): void } };
        client.signIn({ stepUp });
      }, refused.stepUp);
      const scope = new URL((await asked).url()).searchParams.get("scope");
      assert.equal(scope, "openid profile email notes:read notes:write");
      await page.click("button[value=allow]");
      await waitFor(page, "signed-in");
      assert.equal(page.url(), `${stage.app.origin}/write`);
      const done = await notes(page, "/write", { method: "POST", body: "a note" });
      assert.equal(done.status, 200);
      assert.partialDeepStrictEqual(JSON.parse(done.body ?? ""), { body: "a note" });

      const again = page.waitForRequest((request) => request.url().includes("/authorize?"));
      await page.evaluate("void client.signIn()");
      const kept = new URL((await again).url()).searchParams.get("scope") ?? "";
      assert.ok(kept.includes("notes:write"), "the next sign-in loses nothing");
    }));

  it("asks for a newer sign-in, and the issuer asks the person", () =>
    staged(browser, {}, async (stage, context) => {
      const page = await stage.signedIn(context);
      stage.api.state.maxAge = 0;
      const refused = await notes(page, "/recent");
      assert.equal(refused.error, "step_up");
      assert.deepEqual(refused.stepUp, { kind: "authentication", acrValues: [], maxAge: 0 });
      await page.evaluate((stepUp) => {
        const { client } = globalThis as unknown as { client: { signIn(request: object): void } };
        client.signIn({ stepUp });
      }, refused.stepUp);
      await page.fill("[name=email]", "ada@example.com");
      await page.fill("[name=password]", password);
      await page.click("button[type=submit]");
      await waitFor(page, "signed-in");
      stage.api.state.maxAge = undefined;
      assert.equal((await notes(page, "/recent")).status, 200);
    }));

  it("that the person declines leaves them signed in, and says so", () =>
    staged(browser, {}, async (stage, context) => {
      const page = await stage.signedIn(context);
      await page.evaluate("void client.signIn({ scopes: ['notes:write'] })");
      await page.click("button[value=deny]");
      await waitFor(page, "signed-in");
      assert.equal(await page.evaluate("client.session().error.code"), "denied");
      assert.equal(await page.evaluate("client.session().error.oauthError"), "access_denied");
      assert.equal((await notes(page)).status, 200);
    }));
});
