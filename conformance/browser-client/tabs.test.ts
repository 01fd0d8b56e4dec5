import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { refresh } from "../../packages/server/src/testing/a-login.ts";
import type { Browser, BrowserContext } from "../../packages/server/src/testing/browser.ts";
import { launchChromium } from "./a-chromium.ts";
import { type AStage, approve, aStage, notes, staged, waitFor } from "./a-stage.ts";

const withoutShared = "delete globalThis.SharedWorker";

for (const { kind, before: script } of [
  { kind: "one worker for all", before: "" },
  { kind: "a worker each, one of them signed in", before: withoutShared },
]) {
  describe(`tabs with ${kind}`, () => {
    let browser: Browser;
    let context: BrowserContext;
    let stage: AStage;
    before(async () => {
      browser = await launchChromium();
      context = await browser.newContext();
      stage = await aStage({ before: script });
    });
    after(async () => {
      await browser.close();
      await stage.close();
    });

    it("[I5-ONE-REFRESH] race ten at once for a new token: the issuer sees one refresh and nobody is signed out", async () => {
      const first = await stage.signedIn(context);
      const others = await Promise.all(Array.from({ length: 9 }, () => context.newPage()));
      const tabs = [first, ...others];
      for (const tab of others) await tab.goto(stage.app.origin);
      for (const tab of tabs) await waitFor(tab, "signed-in");
      assert.equal(stage.calls.length, 1, "a new tab needs nothing of the issuer");

      const refused = stage.calls[0]?.body.access_token ?? "";
      stage.api.state.refused.add(refused);
      const answers = await Promise.all(tabs.flatMap((tab) => [notes(tab), notes(tab)]));
      assert.deepEqual(
        answers.map(({ status }) => status),
        answers.map(() => 200),
      );
      assert.equal(stage.refreshes().length, 1);
      const again = stage.api.state.seen.filter((header) => header === `Bearer ${refused}`);
      assert.ok(again.length <= answers.length, "a call showed the refused token twice");
      for (const tab of tabs) assert.equal(await tab.evaluate("client.session().status"), "signed-in");
    });

    it("[I5-ONE-REFRESH] each hear it when one signs out, and the issuer ends the refresh token", async () => {
      const tabs = context.pages();
      assert.equal(tabs.length, 10);
      await tabs[3]?.evaluate("client.signOut({ local: true })");
      for (const tab of tabs) await waitFor(tab, "signed-out");
      const answer = await notes(tabs[7]);
      assert.deepEqual(answer, { error: "signed_out" });
      const last = stage.refreshTokens().at(-1) ?? "";
      const { body } = await refresh(stage.server, { id: stage.options.clientId }, last);
      assert.equal(body.error, "invalid_grant");
    });

    it("each hear it when another signs in after that, the one that held the login before too", async () => {
      const tabs = context.pages();
      await tabs[5]?.evaluate("void client.signIn()");
      for (const tab of tabs) await waitFor(tab, "signed-in");
      for (const tab of tabs.slice(0, 2)) assert.equal((await notes(tab)).status, 200);
    });

    for (const { who, at } of [
      { who: "holds the login", at: 0 },
      { who: "asks another for it", at: 1 },
    ]) {
      it(`a sign-out by the tab that ${who} ends the one at the issuer, which asks for the password again`, () =>
        staged(browser, { before: script }, async (stage, context) => {
          const tabs = [await stage.signedIn(context), await context.newPage()];
          const [tab, other] = [tabs[at], tabs[1 - at]];
          assert.ok(tab && other);
          await tabs[1]?.goto(stage.app.origin);
          await waitFor(other, "signed-in");
          const left = tab.waitForRequest((request) => request.isNavigationRequest());
          await tab.evaluate("void client.signOut()");
          assert.match((await left).url(), /\/end-session\?.*id_token_hint=/);
          await tab.waitForLoadState();
          assert.equal(stage.revoked.length, 1);
          await waitFor(other, "signed-out");
          await other.evaluate("void client.signIn()");
          await other.waitForSelector("[name=password], button[value=allow]");
          assert.ok(await other.$("[name=password]"), "the issuer still knows the person");
        }));
    }
  });
}

describe("a tab", () => {
  let browser: Browser;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser.close());
  it("that is killed in the middle of a refresh takes nothing with it", () =>
    staged(browser, {}, async (stage, context) => {
      const [first, second] = [await stage.signedIn(context), await context.newPage()];
      await second.goto(stage.app.origin);
      await waitFor(second, "signed-in");
      stage.api.state.refused.add(stage.calls[0]?.body.access_token ?? "");
      let release = () => {};
      stage.pause.until = new Promise((resolve) => {
        release = resolve;
      });
      await first.evaluate("void client.fetch(options.resource)");
      while (stage.refreshes().length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      await first.close();
      const answer = notes(second);
      release();
      assert.equal((await answer).status, 200);
      assert.equal(stage.refreshes().length, 1);
    }));

  it("that signed in and is killed leaves the others a silent sign-in, at their next start", () =>
    staged(browser, { before: withoutShared }, async (stage, context) => {
      const [first, second] = [await stage.signedIn(context), await context.newPage()];
      await second.goto(stage.app.origin);
      await waitFor(second, "signed-in");
      await first.close();
      assert.deepEqual(await notes(second), { error: "signed_out" });
      await second.reload();
      await waitFor(second, "signed-in");
      assert.equal((await notes(second)).status, 200);
    }));

  it("that signs in anew takes the place of the one before, whose worker lets go of its tokens", () =>
    staged(browser, { before: withoutShared }, async (stage, context) => {
      const [first, second] = [await stage.signedIn(context), await context.newPage()];
      await second.goto(stage.app.origin);
      await waitFor(second, "signed-in");
      await second.evaluate("void client.signIn({ scopes: ['notes:write'] })");
      await second.click("button[value=allow]");
      await waitFor(second, "signed-in");
      const wider = "client.session().scopes.includes('notes:write')";
      for (const tab of [first, second]) await tab.waitForFunction(wider);
      assert.equal((await notes(first, "/write")).status, 200);
      assert.equal(stage.api.state.seen.at(-1), `Bearer ${stage.calls[1]?.body.access_token}`);
      await second.close();
      assert.deepEqual(await notes(first), { error: "signed_out" }, "it held what nobody knew of");
    }));

  it("asks again for what another tab was given", () =>
    staged(browser, { before: withoutShared }, async (stage, context) => {
      const [first, second] = [await stage.signedIn(context), await context.newPage()];
      await first.evaluate("void client.signIn({ scopes: ['notes:write'] })");
      await first.click("button[value=allow]");
      await waitFor(first, "signed-in");
      await second.goto(stage.app.origin);
      await waitFor(second, "signed-in");
      const asked = second.waitForRequest(/\/authorize\?/);
      await second.evaluate("void client.signIn()");
      assert.match(new URL((await asked).url()).searchParams.get("scope") ?? "", /notes:write/);
    }));

  it("keeps its person over a reload, and the issuer is asked nothing", () =>
    staged(browser, {}, async (stage, context) => {
      const page = await stage.signedIn(context, "/here?it=is");
      await page.reload();
      await waitFor(page, "signed-in");
      assert.equal((await notes(page)).status, 200);
      assert.equal(page.url(), `${stage.app.origin}/here?it=is`);
      assert.equal(stage.calls.length, 1);
    }));

  it("outlives its last tab by some seconds, so that a person who comes right back is signed in", () =>
    staged(browser, {}, async (stage, context) => {
      const page = await stage.signedIn(context);
      await page.close();
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      const next = await context.newPage();
      await next.goto(stage.app.origin);
      await waitFor(next, "signed-in");
      assert.equal(stage.calls.length, 1);
    }));

  it("has two clients side by side that share a callback, and signing out of one leaves the other", () =>
    staged(browser, {}, async (stage, context) => {
      const { id } = await stage.server.client({ redirectUris: [stage.options.redirectUri] });
      stage.app.script = `
        globalThis.other = createClient({ ...options, clientId: "${id}" });
        globalThis.both = [client, other];
        other.start();`;
      const page = await stage.signedIn(context);
      const told = "both.map((one) => one.session().status)";
      assert.deepEqual(await page.evaluate(told), ["signed-in", "signed-out"]);
      await page.evaluate("void other.signIn()");
      await page.click("button[value=allow]");
      await page.waitForFunction(
        () => (globalThis as unknown as { other?: Told }).other?.session().status === "signed-in",
      );
      assert.deepEqual(await page.evaluate(told), ["signed-in", "signed-in"]);
      await page.evaluate("other.signOut({ local: true })");
      assert.deepEqual(await page.evaluate(told), ["signed-in", "signed-out"]);
      assert.equal((await notes(page)).status, 200);
    }));

  it("leaves behind, while it is at the issuer, a record that is worth nothing elsewhere and to no other client", () =>
    staged(browser, { client: { dpop: true } }, async (stage, context) => {
      const page = await context.newPage();
      await page.goto(stage.app.origin);
      await waitFor(page, "signed-out");
      assert.equal(await page.evaluate("client.start() === client.start()"), true);
      stage.app.isHeld = true;
      await page.evaluate("void client.signIn()");
      await approve(page);
      while (stage.app.held === undefined) await new Promise((resolve) => setTimeout(resolve, 20));
      const { held } = stage.app;
      const other = await context.newPage();
      await other.goto(`${stage.app.origin}/elsewhere`);
      await waitFor(other, "signed-out");
      const exported = `new Promise((resolve) => {
        const opening = indexedDB.open("valetkey");
        opening.onsuccess = () => {
          const all = opening.result.transaction("transactions").objectStore("transactions").getAll();
          all.onsuccess = async () => resolve(await Promise.all(all.result.map(({ key }) =>
            crypto.subtle.exportKey("jwk", key.privateKey).then(() => "read", (error) => error.name))));
        };
      })`;
      assert.deepEqual(await other.evaluate(exported), ["InvalidAccessError"]);

      const answer = JSON.stringify(Object.fromEntries(new URL(held).searchParams));
      const asAnother = `new Promise((resolve) => {
        const { port } = new SharedWorker("/worker.js", { type: "module", name: "valetkey", extendedLifetime: true });
        port.onmessage = ({ data }) => data.by ?? resolve(data.error?.code);
        port.postMessage({ id: "1", client: { ...options, clientId: "other" }, duty: "finish", given: ${answer} });
      })`;
      assert.equal(await other.evaluate(asAnother), "callback");
      assert.equal(stage.calls.length, 0);
      await page.goto(held);
      await waitFor(page, "signed-in");
    }));

  it("redeems a code once, though two tabs have its URL", () =>
    staged(browser, {}, async (stage, context) => {
      const [page, other] = [await context.newPage(), await context.newPage()];
      await page.goto(stage.app.origin);
      await waitFor(page, "signed-out");
      stage.app.isHeld = true;
      await page.evaluate("void client.signIn()");
      await approve(page);
      while (stage.app.held === undefined) await new Promise((resolve) => setTimeout(resolve, 20));
      const { held } = stage.app;
      await Promise.all([page.goto(held), other.goto(held)]);
      for (const tab of [page, other]) await waitFor(tab, "signed-in");
      assert.deepEqual(
        stage.calls.map(({ status }) => status),
        [200],
      );
    }));

  it("that comes back from the back-forward cache knows that another signed out meanwhile", () =>
    staged(browser, {}, async (stage, context) => {
      const [page, other] = [await stage.signedIn(context), await context.newPage()];
      await other.goto(stage.app.origin);
      await waitFor(other, "signed-in");
      await page.evaluate("addEventListener('pageshow', (e) => { globalThis.wasKept = e.persisted; })");
      await page.goto(stage.issuer);
      await other.evaluate("client.signOut({ local: true })");
      await page.goBack({ waitUntil: "commit" }); // a page that was kept does not load again
      await waitFor(page, "signed-out");
      assert.deepEqual(await notes(page), { error: "signed_out" });
      const wasKept = await page.evaluate("globalThis.wasKept ?? false");
      assert.equal(wasKept, true, "the page was loaded anew, so that this test says nothing");
    }));
});

interface Told {
  session(): { readonly status: string };
}
