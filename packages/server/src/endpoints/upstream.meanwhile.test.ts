import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { formOf } from "../testing/a-browser.ts";
import { password } from "../testing/a-server.ts";
import { ada, aScene, connected, signInElsewhere } from "../testing/elsewhere.ts";

describe("a sign-in elsewhere of some time ago", () => {
  for (const { given, ago, kept } of [
    { given: "is as old here as it is there", ago: 200, kept: 200 },
    { given: "is not from the future, whatever the clock there says", ago: -30, kept: 0 },
  ]) {
    it(`[I6-METHODS] ${given}`, async () => {
      await using scene = await aScene();
      const account = await scene.server.person();
      await scene.server.store.identities.add({ ...connected, accountId: account.id });
      const now = scene.server.clock.now();
      const visit = await signInElsewhere(scene, { ...ada, auth_time: now - ago });
      assert.match(visit.url, /\/consent\?/);
      const [session] = await scene.server.store.sessions.listOf(account.id);
      assert.equal(session?.authenticatedAt, now - kept);
    });
  }

  it("[I6-METHODS] does not let its person change how they sign in without proving anew who they are", async () => {
    await using scene = await aScene();
    const account = await scene.server.person();
    await scene.server.store.identities.add({ ...connected, accountId: account.id });
    const now = scene.server.clock.now();
    await signInElsewhere(scene, { ...ada, auth_time: now - 3_000 });
    const asked = await scene.browser.open("/account/security/passkey");
    assert.match(asked.url, /\/sign-in\?/);
    const back = scene.work.approve(await scene.leave(asked), { ...ada, auth_time: now });
    assert.match((await scene.browser.open(back.href)).url, /\/account\/security\/passkey$/);
  });
});

describe("a connection with an account elsewhere, while something happens here", () => {
  it("[I6-UPSTREAM-CONNECT] is not made for a session that was ended meanwhile", async () => {
    await using scene = await aScene();
    const { browser, server } = scene;
    const account = await server.person();
    await browser.submit(await browser.open("/account"), { email: account.email, password });
    const formToken = formOf(await browser.open("/account/security")).fields.get("form_token")?.[0] ?? "";
    const body = new URLSearchParams({ form_token: formToken });
    const left = await browser.open("/upstream/work/connect", { method: "POST", body });
    const back = scene.work.approve(left.url, ada);
    // The person sets a new password while the upstream is asked who came back.
    scene.work.lies.instead = async () => {
      await server.store.accounts.setPassword(account.id, "$argon2id$another");
      return undefined;
    };
    assert.match((await browser.open(back.href)).url, /\/sign-in\?/);
    assert.deepEqual(await server.store.identities.listOf(account.id), []);
    assert.doesNotMatch(server.audit.text, /identity\.linked/);
  });

  it("of an account that is gone keeps nobody from coming in again", async () => {
    await using scene = await aScene({ signsUp: true, trustsEmail: true });
    // As it stands when an account is removed at the moment at which it is connected.
    await scene.server.store.identities.add({ ...connected, accountId: "acc_gone" });
    assert.match((await signInElsewhere(scene)).url, /\/consent\?/);
    const found = await scene.server.store.accounts.findByEmail(ada.email);
    const identity = await scene.server.store.identities.find("work", "ada-there");
    assert.ok(found);
    assert.equal(identity?.accountId, found.id);
  });
});

describe("a page of ours that wants a fresh sign-in, of somebody from where no age is told and none can be asked for", () => {
  for (const { given, about, mail, isTaken } of [
    { given: "who has no other way", about: { passwordHash: null }, mail: "none", isTaken: true },
    { given: "who has a password", about: {}, mail: "none", isTaken: false },
    { given: "who reads mail", about: { passwordHash: null }, mail: "smtp", isTaken: false },
  ] as const) {
    it(`[OIDC-RP-FRESH] is ${isTaken ? "opened" : "not opened"} for a person ${given}`, async () => {
      await using scene = await aScene({ kind: "google" }, { mail });
      const { server, browser, work } = scene;
      const account = await server.person(about);
      await server.store.identities.add({ ...connected, accountId: account.id });
      await signInElsewhere(scene);
      server.clock.advance(700);
      const left = await scene.leave(await browser.open("/account/security/passkey"));
      const visit = await browser.open(work.approve(left, ada).href);
      assert.equal(new URL(visit.url).pathname, isTaken ? "/account/security/passkey" : "/sign-in");
      if (!isTaken) assert.match(visit.body, /prove again who you are/);
    });
  }
});
