import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ABrowser } from "../testing/a-browser.ts";
import { login, redeem, refresh } from "../testing/a-login.ts";
import {
  alertIn,
  askedForLink,
  email,
  fresh,
  heading,
  openedForReset,
  resetLinkFor,
  setByLink,
  signsIn,
  spentHeading,
} from "../testing/a-reset.ts";
import { password } from "../testing/a-server.ts";
import { linkTo } from "../testing/mailed.ts";
import { spec } from "../testing/spec.ts";
import { hashSecret } from "../tokens/secret.ts";

describe("a forgotten password", () => {
  spec("I6-RESET", "is set anew by a mailed link, in any browser, once", async (t) => {
    const server = await openedForReset(t);
    const ada = await server.person({ emailVerified: false });
    const link = await resetLinkFor(server);
    assert.match(link, /^https:\/\/auth\.example\.com\/reset\?link=vku_[\w-]{40,}$/);
    const done = await setByLink(server, link);
    assert.equal(done.status, 200);
    assert.equal(heading(done), "Your new password is set");
    assert.deepEqual([await signsIn(server, password), await signsIn(server, fresh)], [false, true]);
    assert.equal((await server.store.accounts.find(ada.id))?.emailVerified, true);
    assert.deepEqual(
      server.mails.sent.map(({ to, subject }) => [to, subject]),
      [
        [email, "Set a new password for Valetkey"],
        [email, "Your password at Valetkey changed"],
      ],
    );
    const spent = await new ABrowser(server).open(link);
    assert.deepEqual([spent.status, heading(spent)], [410, spentHeading]);
  });

  spec("I6-RESET", "is not touched by who opens the link, however often", async (t) => {
    const server = await openedForReset(t);
    const ada = await server.person();
    const link = await resetLinkFor(server);
    for (let n = 0; n < 3; n++) {
      const page = await new ABrowser(server).open(link);
      assert.equal(page.status, 200);
      assert.equal(page.headers.get("referrer-policy"), "no-referrer");
      assert.equal(page.headers.get("cache-control"), "no-store");
    }
    assert.deepEqual(await server.store.accounts.find(ada.id), ada);
    assert.equal((await setByLink(server, link)).status, 200);
  });

  spec("I6-RESET", "signs nobody in, and takes no second factor away", async (t) => {
    const server = await openedForReset(t);
    const ada = await server.person();
    await server.store.oneTimePasswords.add({
      ...{ accountId: ada.id, sealedSecret: "sealed", keyId: "key", lastStep: 0, createdAt: 1 },
    });
    const browser = new ABrowser(server);
    const done = await browser.submit(await browser.open(await resetLinkFor(server)), { password: fresh });
    assert.equal(done.status, 200);
    assert.deepEqual([...browser.cookies.keys()], ["__Host-valetkey-browser", "__Host-valetkey-known"]);
    assert.deepEqual(await server.store.sessions.listOf(ada.id), []);
    const next = await browser.submit(await browser.open("/account"), { email, password: fresh });
    assert.equal(heading(next), "One more step");
  });

  for (const { given, typed, says } of [
    { given: "short", typed: "short", says: "The password must have at least 12 characters." },
    { given: "long", typed: "a ".repeat(600), says: "The password must be shorter than 1024 bytes." },
    {
      given: "leaked",
      typed: "leaked password 1",
      says: "This password appears in collections of leaked passwords. Choose another one.",
    },
    { given: "missing", typed: "", says: "The password must have at least 12 characters." },
  ]) {
    it(`is asked for again when it is ${given}, with the choices as they were, and the link stays good`, async (t) => {
      const server = await openedForReset(t, {}, { leaked: { "leaked password 1": 3 } });
      const ada = await server.person();
      const link = await resetLinkFor(server);
      const again = await setByLink(server, link, { password: typed, sign_out: [], end_access: "on" });
      assert.deepEqual([again.status, alertIn(again)], [400, says]);
      assert.match(again.body, /id="sign_out" name="sign_out" value="on" aria/);
      assert.match(again.body, /id="end_access" name="end_access" value="on" checked/);
      assert.deepEqual(await server.store.accounts.find(ada.id), ada);
      assert.equal((await setByLink(server, link)).status, 200);
    });
  }

  spec("I6-RESET", "ends the sessions and the access of apps as the person chooses", async (t) => {
    for (const { values, sessions, access } of [
      { values: {}, sessions: 0, access: true },
      { values: { sign_out: [] }, sessions: 1, access: true },
      { values: { end_access: "on" }, sessions: 0, access: false },
      { values: { sign_out: [], end_access: "on" }, sessions: 1, access: false },
    ]) {
      const server = await openedForReset(t);
      const ada = await server.person();
      await server.person({ email: "bob@example.com" });
      const client = await server.client();
      const first = await login(server, client, { scope: "openid tools:use offline_access" });
      const tokens = (await redeem(server, client, first)).body;
      await login(server, client, {}, "bob@example.com");
      const done = await setByLink(server, await resetLinkFor(server), values);
      assert.equal(done.status, 200);
      assert.equal(/Every browser has to sign in again/.test(done.body), sessions === 0);
      assert.equal(/No app and no agent has access any more/.test(done.body), !access);
      assert.equal((await server.store.sessions.listOf(ada.id)).length, sessions);
      const { status } = await refresh(server, client, tokens.refresh_token);
      assert.equal(status, access ? 200 : 400, JSON.stringify(values));
      const bob = await server.store.accounts.findByEmail("bob@example.com");
      assert.equal((await server.store.sessions.listOf(bob?.id ?? "")).length, 1);
      assert.equal((await server.store.grants.listOf(bob?.id ?? "")).length, 1);
    }
  });

  it("leads back to the app's sign-in in the browser that waits, and nobody else there", async (t) => {
    const server = await openedForReset(t);
    await server.person();
    const browser = new ABrowser(server);
    const begin = await browser.open("/account");
    const href = /href="([^"]*\/reset[^"]*)"/.exec(begin.body)?.[1] ?? assert.fail("no way to reset");
    await browser.submit(await browser.open(href), { email });
    const link = linkTo(server, email);
    const elsewhere = new ABrowser(server);
    assert.match((await elsewhere.open(link)).body, /<h1>Set a new password/);
    const done = await browser.submit(await browser.open(link), { password: fresh });
    const interaction = new URL(begin.url).searchParams.get("interaction");
    assert.ok(done.body.includes(`href="/sign-in?interaction=${interaction}"`));
    // In another browser, or where nothing waits any more, on to the account page.
    await browser.submit(await browser.open(href), { email });
    const other = await setByLink(server, linkTo(server, email));
    assert.match(other.body, /href="\/account"/);
    const hostile = new ABrowser(server);
    for (const id of ["x".repeat(5_000), "//evil.example", `"><a href="https://evil.example`]) {
      const page = await hostile.open(`/reset?${new URLSearchParams({ interaction: id })}`);
      assert.doesNotMatch(page.body, /name="interaction"/);
      await hostile.submit(page, { email, interaction: id });
      const secret = new URL(linkTo(server, email)).searchParams.get("link") ?? "";
      assert.deepEqual((await server.store.mailedProofs.findByLink(hashSecret(secret)))?.details, {});
    }
  });

  it("may be a first one, where people sign in with passwords", async (t) => {
    const server = await openedForReset(t);
    await server.person({ passwordHash: null });
    assert.equal((await setByLink(server, await resetLinkFor(server))).status, 200);
    assert.equal(await signsIn(server, fresh), true);
  });

  for (const { where, signIn, options } of [
    { where: "nobody has a password", signIn: { password: false }, options: {} },
    { where: "no mail can be sent", signIn: {}, options: { mail: "none" } },
  ] as const) {
    it(`has no page where ${where}`, async (t) => {
      const server = await openedForReset(t, signIn, options);
      const browser = new ABrowser(server);
      assert.doesNotMatch((await browser.open("/account")).body, /\/reset/);
      for (const path of ["/reset", "/reset?link=x"]) assert.equal((await browser.open(path)).status, 404);
    });
  }

  it("is asked for however the address is written", async (t) => {
    const server = await openedForReset(t);
    await server.person();
    await askedForLink(server, ` ${email.toUpperCase()} `);
    assert.ok(linkTo(server, email));
  });
});
