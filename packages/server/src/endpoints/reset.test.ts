import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { sqliteStore } from "../adapters/sqlite/store.ts";
import { newMailedLink } from "../operations/mailed-link.ts";
import type { SignInSettings } from "../ports/settings.ts";
import type { Account } from "../records/account.ts";
import { ABrowser, type Visit } from "../testing/a-browser.ts";
import { login, redeem, refresh } from "../testing/a-login.ts";
import { type AServer, type AServerOptions, aServer, password, usualSettings } from "../testing/a-server.ts";
import { linkTo } from "../testing/mailed.ts";
import { spec } from "../testing/spec.ts";
import { hashRecoveryCode, readRecoveryCode } from "../tokens/recovery-code.ts";
import { hashSecret } from "../tokens/secret.ts";

const email = "ada@example.com";
const fresh = "a new long password";
const code = "aaaa-aaaa-aaaa-aaaa";

async function opened(t: TestContext, signIn: Partial<SignInSettings> = {}, options: AServerOptions = {}) {
  const usual = usualSettings("https://auth.example.com").signIn;
  const server = await aServer({ ...options, settings: { signIn: { ...usual, ...signIn } } });
  t.after(() => server.close());
  return server;
}

async function asked(server: AServer, to = email, browser = new ABrowser(server)): Promise<Visit> {
  return await browser.submit(await browser.open("/reset"), { email: to });
}

async function linkFor(server: AServer, to = email): Promise<string> {
  assert.equal((await asked(server, to)).status, 200);
  return linkTo(server, to);
}

/** Fills in the page behind the link as it is: "sign out" ticked, "end access" not. */
async function set(server: AServer, link: string, values: Record<string, string | readonly string[]> = {}) {
  const browser = new ABrowser(server);
  return await browser.submit(await browser.open(link), { password: fresh, ...values });
}

async function signsIn(server: AServer, typed: string, to = email): Promise<boolean> {
  const browser = new ABrowser(server);
  const end = await browser.submit(await browser.open("/account"), { email: to, password: typed });
  return end.url.endsWith("/account");
}

const heading = ({ body }: Visit) => /<h1>([^<]*)</.exec(body)?.[1];
const alertIn = ({ body }: Visit) => /role="alert">([^<]*)</.exec(body)?.[1];
const spentHeading = "This link no longer works";

describe("a forgotten password", () => {
  spec("I6-RESET", "is set anew by a mailed link, in any browser, once", async (t) => {
    const server = await opened(t);
    const ada = await server.person({ emailVerified: false });
    const link = await linkFor(server);
    assert.match(link, /^https:\/\/auth\.example\.com\/reset\?link=vku_[\w-]{40,}$/);
    const done = await set(server, link);
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
    const server = await opened(t);
    const ada = await server.person();
    const link = await linkFor(server);
    for (let n = 0; n < 3; n++) {
      const page = await new ABrowser(server).open(link);
      assert.equal(page.status, 200);
      assert.equal(page.headers.get("referrer-policy"), "no-referrer");
      assert.equal(page.headers.get("cache-control"), "no-store");
    }
    assert.deepEqual(await server.store.accounts.find(ada.id), ada);
    assert.equal((await set(server, link)).status, 200);
  });

  spec("I6-RESET", "signs nobody in, and takes no second factor away", async (t) => {
    const server = await opened(t);
    const ada = await server.person();
    await server.store.oneTimePasswords.add({
      ...{ accountId: ada.id, sealedSecret: "sealed", keyId: "key", lastStep: 0, createdAt: 1 },
    });
    const browser = new ABrowser(server);
    const done = await browser.submit(await browser.open(await linkFor(server)), { password: fresh });
    assert.equal(done.status, 200);
    assert.deepEqual([...browser.cookies.keys()], ["__Host-valetkey-browser"]);
    assert.deepEqual(await server.store.sessions.listOf(ada.id), []);
    const next = await browser.submit(await browser.open("/account"), { email, password: fresh });
    assert.equal(heading(next), "One more step");
  });

  for (const { given, spoil } of [
    { given: "after half an hour", spoil: async (server: AServer) => server.clock.advance(1_800) },
    { given: "when a newer one was mailed", spoil: async (server: AServer) => void (await linkFor(server)) },
    {
      given: "when the password changed meanwhile",
      spoil: async (server: AServer, { id }: Account) =>
        void (await server.store.accounts.setPassword(id, "$x")),
    },
    {
      given: "when the account has another address",
      spoil: async (server: AServer, { id }: Account) =>
        void (await server.store.accounts.setEmail(id, "other@example.com", email)),
    },
    {
      given: "when the account is off",
      spoil: async (server: AServer, { id }: Account) =>
        void (await server.store.accounts.setDisabled(id, 1)),
    },
    {
      given: "when the account is gone",
      spoil: async (server: AServer, { id }: Account) => void (await server.store.accounts.remove(id, 1)),
    },
  ]) {
    spec("I6-RESET", `is not set by the link ${given}, whether its page was open or not`, async (t) => {
      const server = await opened(t);
      const ada = await server.person();
      const link = await linkFor(server);
      const browser = new ABrowser(server);
      const page = await browser.open(link);
      await spoil(server, ada);
      const before = await server.store.accounts.find(ada.id);
      for (const visit of [await browser.submit(page, { password: fresh }), await browser.open(link)])
        assert.deepEqual([visit.status, heading(visit)], [410, spentHeading]);
      assert.deepEqual(await server.store.accounts.find(ada.id), before);
    });
  }

  for (const { given, link } of [
    { given: "none of ours", link: "vku_nothing" },
    { given: "endless", link: "x".repeat(50_000) },
    { given: "with a line break", link: "vku_a\r\nb" },
  ]) {
    it(`is not set by a link that is ${given}`, async (t) => {
      const server = await opened(t);
      const visit = await new ABrowser(server).open(`/reset?${new URLSearchParams({ link })}`);
      assert.ok([410, 414, 431].includes(visit.status), String(visit.status));
    });
  }

  it("is not set by a link that was mailed to an address that the account has no more", async (t) => {
    const server = await opened(t);
    const ada = await server.person();
    // As if it had been written at the moment of the change, which ends all others.
    const about = { purpose: "reset-password", email: "old@example.com", accountId: ada.id } as const;
    const given = { ...about, details: {}, lifetime: 1_800 };
    const secret = await newMailedLink(server.store, given, server.clock.now());
    assert.equal((await new ABrowser(server).open(`/reset?link=${secret}`)).status, 410);
  });

  it("is not set by what was mailed for something else", async (t) => {
    const server = await opened(t);
    const ada = await server.person();
    const secret = /link=(.*)/.exec(await linkFor(server))?.[1] ?? "";
    const proof = (await server.store.mailedProofs.findByLink(hashSecret(secret))) ?? assert.fail();
    await server.store.mailedProofs.spend(proof.id);
    await server.store.mailedProofs.put({ ...proof, purpose: "verify-email" });
    assert.equal((await new ABrowser(server).open(`/reset?link=${secret}`)).status, 410);
    assert.deepEqual(await server.store.accounts.find(ada.id), ada);
  });

  spec("I6-RESET", "is set by one of twenty forms that come at once", async (t) => {
    const server = await opened(t);
    await server.person();
    const link = await linkFor(server);
    const typed = Array.from({ length: 20 }, (_, n) => `a new long password ${n}`);
    const pages = await Promise.all(
      typed.map(async (one) => {
        const browser = new ABrowser(server);
        return { browser, page: await browser.open(link), one };
      }),
    );
    const ends = await Promise.all(
      pages.map(({ browser, page, one }) => browser.submit(page, { password: one })),
    );
    assert.equal(ends.filter(({ status }) => status === 200).length, 1);
    assert.equal(ends.filter(({ status }) => status === 410).length, 19);
    const winner = typed[ends.findIndex(({ status }) => status === 200)] ?? "";
    assert.equal(await signsIn(server, winner), true);
    assert.equal(server.mails.sent.length, 2);
  });

  for (const { given, typed, says } of [
    { given: "short", typed: "short", says: "The password must have at least 12 characters." },
    { given: "long", typed: "a ".repeat(600), says: "The password must be shorter than 1024 bytes." },
    {
      given: "leaked",
      typed: "leaked password 1",
      says: "This password stands in collections of leaked passwords. Choose another one.",
    },
    { given: "missing", typed: "", says: "The password must have at least 12 characters." },
  ]) {
    it(`is asked for again when it is ${given}, with the choices as they were, and the link stays good`, async (t) => {
      const server = await opened(t, {}, { leaked: { "leaked password 1": 3 } });
      const ada = await server.person();
      const link = await linkFor(server);
      const again = await set(server, link, { password: typed, sign_out: [], end_access: "on" });
      assert.deepEqual([again.status, alertIn(again)], [400, says]);
      assert.match(again.body, /id="sign_out" name="sign_out" value="on" aria/);
      assert.match(again.body, /id="end_access" name="end_access" value="on" checked/);
      assert.deepEqual(await server.store.accounts.find(ada.id), ada);
      assert.equal((await set(server, link)).status, 200);
    });
  }

  it("is set by no form of another site or browser", async (t) => {
    const server = await opened(t);
    const ada = await server.person();
    const link = await linkFor(server);
    const [browser, other] = [new ABrowser(server), new ABrowser(server)];
    const page = await browser.open(link);
    const theirs = await other.open(link);
    const token = /name="form_token" value="([^"]*)"/.exec(theirs.body)?.[1] ?? "";
    assert.equal((await browser.submit(page, { password: fresh, form_token: token })).status, 400);
    assert.equal(server.audit.lastRefusal, "request.form-token");
    // The token of one link is none for another.
    await server.person({ email: "bob@example.com" });
    const second = await browser.open(await linkFor(server, "bob@example.com"));
    const mine = /name="form_token" value="([^"]*)"/.exec(second.body)?.[1] ?? "";
    assert.equal((await browser.submit(page, { password: fresh, form_token: mine })).status, 400);
    assert.deepEqual(await server.store.accounts.find(ada.id), ada);
    const ask = await browser.open("/reset");
    assert.equal((await other.submit(ask, { email })).status, 400);
  });

  spec("I6-RESET", "ends the sessions and the access of apps as the person chooses", async (t) => {
    for (const { values, sessions, access } of [
      { values: {}, sessions: 0, access: true },
      { values: { sign_out: [] }, sessions: 1, access: true },
      { values: { end_access: "on" }, sessions: 0, access: false },
      { values: { sign_out: [], end_access: "on" }, sessions: 1, access: false },
    ]) {
      const server = await opened(t);
      const ada = await server.person();
      await server.person({ email: "bob@example.com" });
      const client = await server.client();
      const first = await login(server, client, { scope: "openid tools:use offline_access" });
      const tokens = (await redeem(server, client, first)).body;
      await login(server, client, {}, "bob@example.com");
      const done = await set(server, await linkFor(server), values);
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

  spec("I6-RESET", "ends a sign-in under way with the old password, whatever it waits for", async (t) => {
    for (const secondFactor of ["required", "optional"] as const) {
      const server = await opened(t, { secondFactor });
      const ada = await server.person();
      if (secondFactor === "optional") {
        await server.store.oneTimePasswords.add({
          ...{ accountId: ada.id, sealedSecret: "sealed", keyId: "key", lastStep: 0, createdAt: 1 },
        });
        await server.store.recoveryCodes.replace(ada.id, [
          hashRecoveryCode(ada.id, readRecoveryCode(code) ?? ""),
        ]);
      }
      const thief = new ABrowser(server);
      const waiting = await thief.submit(await thief.open("/account"), { email, password });
      await set(server, await linkFor(server));
      const action = secondFactor === "required" ? "new-one-time-password" : "recovery-code";
      const end = await thief.submit(waiting, { action, code });
      assert.deepEqual(
        [end.status, alertIn(end)],
        [400, "This page is no longer up to date. Start again here."],
      );
      assert.deepEqual([...thief.cookies.keys()], ["__Host-valetkey-browser"]);
      assert.deepEqual(await server.store.sessions.listOf(ada.id), []);
    }
  });

  spec("I6-RESET", "leaves no session of an old password that was being judged at that moment", async (t) => {
    const store = await sqliteStore(":memory:");
    let begun = async () => {};
    const server = await aServer({
      store: {
        ...store,
        sessions: {
          ...store.sessions,
          begin: async (session) => {
            await begun();
            await store.sessions.begin(session);
          },
        },
      },
    });
    t.after(() => server.close());
    const ada = await server.person();
    begun = async () => void (await server.store.accounts.setPassword(ada.id, "$new"));
    const browser = new ABrowser(server);
    const end = await browser.submit(await browser.open("/account"), { email, password });
    assert.equal(end.status, 400);
    assert.deepEqual(await server.store.sessions.listOf(ada.id), []);
    assert.deepEqual([...browser.cookies.keys()], ["__Host-valetkey-browser"]);
  });

  it("leads back to the app's sign-in in the browser that waits, and nobody else there", async (t) => {
    const server = await opened(t);
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
    const other = await set(server, linkTo(server, email));
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
    const server = await opened(t);
    await server.person({ passwordHash: null });
    assert.equal((await set(server, await linkFor(server))).status, 200);
    assert.equal(await signsIn(server, fresh), true);
  });

  for (const { where, signIn, options } of [
    { where: "nobody has a password", signIn: { password: false }, options: {} },
    { where: "no mail can be sent", signIn: {}, options: { mail: "none" } },
  ] as const) {
    it(`has no page where ${where}`, async (t) => {
      const server = await opened(t, signIn, options);
      const browser = new ABrowser(server);
      assert.doesNotMatch((await browser.open("/account")).body, /\/reset/);
      for (const path of ["/reset", "/reset?link=x"]) assert.equal((await browser.open(path)).status, 404);
    });
  }

  it("is asked for with one address and nothing that a mail's header would read as more", async (t) => {
    const server = await opened(t);
    await server.person();
    for (const typed of [
      "",
      "ada",
      `${email}\r\nBcc: x@y.example`,
      `${email},x@y.example`,
      "x".repeat(40_000),
    ]) {
      const visit = await asked(server, typed);
      assert.deepEqual([visit.status, alertIn(visit)], [400, "Give an e-mail address."], typed.slice(0, 40));
    }
    assert.equal(server.mails.sent.length, 0);
  });

  it("is asked for however the address is written", async (t) => {
    const server = await opened(t);
    await server.person();
    await asked(server, ` ${email.toUpperCase()} `);
    assert.ok(linkTo(server, email));
  });

  it("is mailed for a few times only, for an address without an account too", async (t) => {
    const server = await opened(t, {}, { limits: { mail: { limit: 3, window: 3_600 } } });
    await server.person();
    await server.person({ email: "off@example.com", disabledAt: 1 });
    for (const to of [email, "nobody@example.com", "off@example.com"]) {
      for (let n = 0; n < 3; n++) assert.equal((await asked(server, to)).status, 200);
      const { status, headers } = await asked(server, to);
      assert.equal(status, 429);
      assert.ok(Number(headers.get("retry-after")) > 0);
    }
    assert.equal(server.mails.sent.length, 3);
    const narrow = await opened(t, {}, { limits: { mail_address: { limit: 3, window: 3_600 } } });
    for (let n = 0; n < 3; n++) assert.equal((await asked(narrow, `${n}@example.com`)).status, 200);
    assert.equal((await asked(narrow)).status, 429);
  });

  it("is told to the operator without the link, and mailed without the password", async (t) => {
    const server = await opened(t);
    await server.person();
    const link = await linkFor(server);
    const browser = new ABrowser(server);
    const page = await browser.open(link);
    for (const one of ["short", fresh, fresh]) await browser.submit(page, { password: one });
    const secret = new URL(link).searchParams.get("link") ?? assert.fail();
    assert.ok(!server.audit.text.includes(secret));
    assert.ok(!server.audit.text.includes(fresh));
    assert.ok(!JSON.stringify(server.mails.sent).includes(fresh));
    assert.equal(await server.store.mailedProofs.findByLink(hashSecret(secret)), undefined);
    assert.deepEqual(
      server.audit.events.map(({ what }) => what),
      ["password.reset-asked", "account.password-reset"],
    );
  });
});
