import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ABrowser, formOf } from "../testing/a-browser.ts";
import { password } from "../testing/a-server.ts";
import { ada, aScene, connected } from "../testing/elsewhere.ts";

describe("connecting an account here with one elsewhere", () => {
  /** A person who has just signed in by their password and let an app in: their account page has a form. */
  async function atHome(about: Parameters<typeof aScene>[0] = {}) {
    const scene = await aScene(about);
    const account = await scene.server.person();
    const consent = await scene.browser.submit(await scene.begin(), { email: account.email, password });
    await scene.browser.submit(consent, { decision: "allow" });
    const connect = async (browser = scene.browser) => {
      const formToken = formOf(await browser.open("/account")).fields.get("form_token")?.[0] ?? "";
      const body = new URLSearchParams({ form_token: formToken });
      return await browser.open("/upstream/work/connect", { method: "POST", body });
    };
    return { ...scene, account, connect, [Symbol.asyncDispose]: () => scene.server.close() };
  }

  it("[I6-UPSTREAM-CONNECT] is the person's own act, whatever the address there, and finds them from then on", async () => {
    await using scene = await atHome();
    const { server, browser, work, account } = scene;
    const back = work.approve((await scene.connect()).url, {
      sub: "ada-there",
      email: "ada@private.example",
    });
    const told = await browser.open(back.href);
    assert.match(told.url, /\/account\/security\?upstream=work&connected=yes$/);
    assert.equal((await server.store.identities.find("work", "ada-there"))?.accountId, account.id);
    const other = new ABrowser(server);
    const left = await other.submit(await other.open("/account"), { action: "upstream", upstream: "work" });
    await other.open(work.approve(left.url, { sub: "ada-there" }).href);
    assert.equal((await server.store.sessions.listOf(account.id)).length, 2);
    // Once more is no other.
    const again = await browser.open(work.approve((await scene.connect()).url, { sub: "ada-there" }).href);
    assert.match(again.url, /connected=yes$/);
  });

  it("[I6-UPSTREAM-CONNECT] takes nobody else's connection away", async () => {
    await using scene = await atHome();
    const other = await scene.server.person({ email: "eve@example.com" });
    await scene.server.store.identities.add({ ...connected, accountId: other.id });
    const back = scene.work.approve((await scene.connect()).url, ada);
    assert.match((await scene.browser.open(back.href)).url, /upstream=work&fault=upstream\.taken$/);
    assert.equal((await scene.server.store.identities.find("work", "ada-there"))?.accountId, other.id);
  });

  it("[I6-UPSTREAM-CONNECT] is nobody's who signed in or out meanwhile", async () => {
    for (const isOther of [false, true]) {
      await using scene = await atHome();
      const { server, browser } = scene;
      const back = scene.work.approve((await scene.connect()).url, ada);
      browser.cookies.delete("__Host-valetkey-session");
      if (isOther) {
        await server.person({ email: "eve@example.com" });
        await browser.submit(await browser.open("/account"), { email: "eve@example.com", password });
      }
      await browser.open(back.href);
      assert.equal(await server.store.identities.find("work", "ada-there"), undefined);
    }
  });

  it("begins in a page of ours and in no other, and lately signed in", async () => {
    await using scene = await atHome();
    const { server, browser } = scene;
    const bare = await browser.open("/upstream/work/connect", {
      method: "POST",
      body: new URLSearchParams(),
    });
    assert.deepEqual([bare.status, server.audit.lastRefusal], [400, "request.form-token"]);
    server.clock.advance(601);
    assert.match((await scene.connect()).url, /\/sign-in\?/);
    assert.deepEqual(scene.work.asked, []);
  });

  it("says what went wrong there", async () => {
    await using scene = await atHome();
    const back = scene.work.approve((await scene.connect()).url, ada);
    back.searchParams.set("error", "access_denied");
    assert.match((await scene.browser.open(back.href)).url, /upstream=work&fault=upstream\.denied$/);
    await using closed = await atHome({ isEnabled: false });
    assert.match((await closed.connect()).url, /upstream=work&fault=upstream\.disabled$/);
  });
});
