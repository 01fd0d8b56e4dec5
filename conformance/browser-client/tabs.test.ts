import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { refresh } from "../../packages/server/src/testing/a-login.ts";
import type { Page } from "../../packages/server/src/testing/browser.ts";
import { Profile } from "./a-profile.ts";
import { type AStage, aStage, notes, signIn, until, waitFor } from "./a-stage.ts";

const profile = new Profile();
const withoutShared = "delete globalThis.SharedWorker";
const wide = "openid profile email notes:read notes:write";

for (const { kind, before: script } of [
  { kind: "one worker for all", before: "" },
  { kind: "a worker each, one of them signed in", before: withoutShared },
]) {
  describe(`tabs with ${kind}`, () => {
    let stage: AStage;
    let tabs: readonly Page[];
    before(async () => {
      await profile.open();
      stage = await aStage({ before: script });
    });
    after(async () => {
      await profile.clear();
      await stage.close();
    });

    it("[I5-ONE-REFRESH] race ten at once for a new token: the issuer sees one refresh and nobody is signed out", async () => {
      const first = await stage.signedIn(profile);
      const others = await Promise.all(Array.from({ length: 9 }, () => profile.page()));
      tabs = [first, ...others];
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
      assert.ok(tabs[5]);
      await signIn(tabs[5]);
      for (const tab of tabs) await waitFor(tab, "signed-in");
      for (const tab of tabs.slice(0, 2)) assert.equal((await notes(tab)).status, 200);
    });

    for (const { who, at } of [
      { who: "holds the login", at: 0 },
      { who: "asks another for it", at: 1 },
    ]) {
      it(`a sign-out by the tab that ${who} ends the one at the issuer, which asks for the password again`, () =>
        profile.staged({ before: script }, async (stage) => {
          const tabs = [await stage.signedIn(profile), await profile.page()];
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
  it("that is killed in the middle of a refresh takes nothing with it", () =>
    profile.staged({}, async (stage) => {
      const [first, second] = [await stage.signedIn(profile), await profile.page()];
      await second.goto(stage.app.origin);
      await waitFor(second, "signed-in");
      stage.api.state.refused.add(stage.calls[0]?.body.access_token ?? "");
      let release = () => {};
      stage.pause.until = new Promise((resolve) => {
        release = resolve;
      });
      await first.evaluate("void client.fetch(options.resource)");
      await until(() => stage.refreshes().length > 0);
      await first.close();
      const answer = notes(second);
      release();
      assert.equal((await answer).status, 200);
      assert.equal(stage.refreshes().length, 1);
    }));

  it("that signed in and is killed leaves the others a silent sign-in, at their next start", () =>
    profile.staged({ before: withoutShared }, async (stage) => {
      const [first, second] = [await stage.signedIn(profile), await profile.page()];
      await second.goto(stage.app.origin);
      await waitFor(second, "signed-in");
      await first.close();
      assert.deepEqual(await notes(second), { error: "signed_out" });
      await second.reload();
      await waitFor(second, "signed-in");
      assert.equal((await notes(second)).status, 200);
    }));

  it("that signs in anew takes the place of the one before, whose worker lets go of its tokens", () =>
    profile.staged({ before: withoutShared }, async (stage) => {
      await stage.welcome(profile.context, { scope: wide });
      const [first, second] = [await stage.signedIn(profile), await profile.page()];
      await second.goto(stage.app.origin);
      await waitFor(second, "signed-in");
      await signIn(second, { scopes: ["notes:write"] });
      const wider = "client.session().scopes.includes('notes:write')";
      for (const tab of [first, second]) await tab.waitForFunction(wider);
      assert.equal((await notes(first, "/write")).status, 200);
      assert.equal(stage.api.state.seen.at(-1), `Bearer ${stage.calls[1]?.body.access_token}`);
      await second.close();
      assert.deepEqual(await notes(first), { error: "signed_out" }, "it held what nobody knew of");
    }));

  it("asks again for what another tab was given", () =>
    profile.staged({ before: withoutShared }, async (stage) => {
      await stage.welcome(profile.context, { scope: wide });
      const [first, second] = [await stage.signedIn(profile), await profile.page()];
      await signIn(first, { scopes: ["notes:write"] });
      await second.goto(stage.app.origin);
      await waitFor(second, "signed-in");
      const asked = second.waitForRequest(/\/authorize\?/);
      await second.evaluate("void client.signIn()");
      assert.match(new URL((await asked).url()).searchParams.get("scope") ?? "", /notes:write/);
    }));

  it("keeps its person over a reload, and the issuer is asked nothing", () =>
    profile.staged({}, async (stage) => {
      const page = await stage.signedIn(profile, "/here?it=is");
      await page.reload();
      await waitFor(page, "signed-in");
      assert.equal((await notes(page)).status, 200);
      assert.equal(page.url(), `${stage.app.origin}/here?it=is`);
      assert.equal(stage.calls.length, 1);
    }));

  it("outlives its last tab by some seconds, so that a person who comes right back is signed in", () =>
    profile.staged({}, async (stage) => {
      const page = await stage.signedIn(profile);
      await page.close();
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      const next = await profile.page();
      await next.goto(stage.app.origin);
      await waitFor(next, "signed-in");
      assert.equal(stage.calls.length, 1);
    }));

  it("has two clients side by side that share a callback, and signing out of one leaves the other", () =>
    profile.staged({}, async (stage) => {
      const { id } = await stage.server.client({ redirectUris: [stage.options.redirectUri] });
      stage.app.script = `
        globalThis.other = createClient({ ...options, clientId: "${id}" });
        globalThis.both = [client, other];
        other.start();`;
      await stage.welcome(profile.context, { clientId: id });
      const page = await stage.signedIn(profile);
      const told = "both.map((one) => one.session().status)";
      assert.deepEqual(await page.evaluate(told), ["signed-in", "signed-out"]);
      const back = page.waitForEvent("domcontentloaded");
      await page.evaluate("void other.signIn()");
      await back;
      await page.waitForFunction("globalThis.other?.session().status === 'signed-in'");
      assert.deepEqual(await page.evaluate(told), ["signed-in", "signed-in"]);
      await page.evaluate("other.signOut({ local: true })");
      assert.deepEqual(await page.evaluate(told), ["signed-in", "signed-out"]);
      assert.equal((await notes(page)).status, 200);
    }));

  it("leaves behind, while it is at the issuer, a record that is worth nothing elsewhere and to no other client", () =>
    profile.staged({ client: { dpop: true } }, async (stage) => {
      await stage.welcome(profile.context);
      const page = await stage.signedOut(profile);
      assert.equal(await page.evaluate("client.start() === client.start()"), true);
      stage.app.isHeld = true;
      await page.evaluate("void client.signIn()");
      await until(() => stage.app.held !== undefined);
      const held = stage.app.held ?? "";
      const other = await profile.page();
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
    profile.staged({}, async (stage) => {
      await stage.welcome(profile.context);
      const [page, other] = [await stage.signedOut(profile), await profile.page()];
      stage.app.isHeld = true;
      await page.evaluate("void client.signIn()");
      await until(() => stage.app.held !== undefined);
      const held = stage.app.held ?? "";
      await Promise.all([page.goto(held), other.goto(held)]);
      for (const tab of [page, other]) await waitFor(tab, "signed-in");
      assert.deepEqual(
        stage.calls.map(({ status }) => status),
        [200],
      );
    }));
});
