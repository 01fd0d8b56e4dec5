import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sqliteStore } from "../adapters/sqlite/store.ts";
import { newMailedLink } from "../operations/mailed-link.ts";
import type { Account } from "../records/account.ts";
import { ABrowser } from "../testing/a-browser.ts";
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
import { type AServer, aServer, password } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";
import { hashRecoveryCode, readRecoveryCode } from "../tokens/recovery-code.ts";
import { hashSecret } from "../tokens/secret.ts";

const code = "aaaa-aaaa-aaaa-aaaa";

describe("a forgotten password, attacked", () => {
  for (const { given, spoil } of [
    { given: "after half an hour", spoil: async (server: AServer) => server.clock.advance(1_800) },
    {
      given: "when a newer one was mailed",
      spoil: async (server: AServer) => void (await resetLinkFor(server)),
    },
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
      const server = await openedForReset(t);
      const ada = await server.person();
      const link = await resetLinkFor(server);
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
      const server = await openedForReset(t);
      const visit = await new ABrowser(server).open(`/reset?${new URLSearchParams({ link })}`);
      assert.ok([410, 414, 431].includes(visit.status), String(visit.status));
    });
  }

  it("is not set by a link that was mailed to an address that the account has no more", async (t) => {
    const server = await openedForReset(t);
    const ada = await server.person();
    // As if it had been written at the moment of the change, which ends all others.
    const about = { purpose: "reset-password", email: "old@example.com", accountId: ada.id } as const;
    const given = { ...about, details: {}, lifetime: 1_800 };
    const secret = await newMailedLink(server.store, given, server.clock.now());
    assert.equal((await new ABrowser(server).open(`/reset?link=${secret}`)).status, 410);
  });

  it("is not set by what was mailed for something else", async (t) => {
    const server = await openedForReset(t);
    const ada = await server.person();
    const secret = /link=(.*)/.exec(await resetLinkFor(server))?.[1] ?? "";
    const proof = (await server.store.mailedProofs.findByLink(hashSecret(secret))) ?? assert.fail();
    await server.store.mailedProofs.spend(proof.id);
    await server.store.mailedProofs.put({ ...proof, purpose: "verify-email" });
    assert.equal((await new ABrowser(server).open(`/reset?link=${secret}`)).status, 410);
    assert.deepEqual(await server.store.accounts.find(ada.id), ada);
  });

  spec("I6-RESET", "is set by one of twenty forms that come at once", async (t) => {
    const server = await openedForReset(t);
    await server.person();
    const link = await resetLinkFor(server);
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

  it("is set by no form of another site or browser", async (t) => {
    const server = await openedForReset(t);
    const ada = await server.person();
    const link = await resetLinkFor(server);
    const [browser, other] = [new ABrowser(server), new ABrowser(server)];
    const page = await browser.open(link);
    const theirs = await other.open(link);
    const token = /name="form_token" value="([^"]*)"/.exec(theirs.body)?.[1] ?? "";
    assert.equal((await browser.submit(page, { password: fresh, form_token: token })).status, 400);
    assert.equal(server.audit.lastRefusal, "request.form-token");
    // The token of one link is none for another.
    await server.person({ email: "bob@example.com" });
    const second = await browser.open(await resetLinkFor(server, "bob@example.com"));
    const mine = /name="form_token" value="([^"]*)"/.exec(second.body)?.[1] ?? "";
    assert.equal((await browser.submit(page, { password: fresh, form_token: mine })).status, 400);
    assert.deepEqual(await server.store.accounts.find(ada.id), ada);
    const ask = await browser.open("/reset");
    assert.equal((await other.submit(ask, { email })).status, 400);
  });

  spec("I6-RESET", "ends a sign-in under way with the old password, whatever it waits for", async (t) => {
    for (const secondFactor of ["required", "optional"] as const) {
      const server = await openedForReset(t, { secondFactor });
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
      await setByLink(server, await resetLinkFor(server));
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

  it("is asked for with one address and nothing that a mail's header would read as more", async (t) => {
    const server = await openedForReset(t);
    await server.person();
    for (const typed of [
      "",
      "ada",
      `${email}\r\nBcc: x@y.example`,
      `${email},x@y.example`,
      "x".repeat(40_000),
    ]) {
      const visit = await askedForLink(server, typed);
      assert.deepEqual([visit.status, alertIn(visit)], [400, "Give an email address."], typed.slice(0, 40));
    }
    assert.equal(server.mails.sent.length, 0);
  });

  it("is mailed for a few times only, for an address without an account too", async (t) => {
    const server = await openedForReset(t, {}, { limits: { mail: { limit: 3, window: 3_600 } } });
    await server.person();
    await server.person({ email: "off@example.com", disabledAt: 1 });
    for (const to of [email, "nobody@example.com", "off@example.com"]) {
      for (let n = 0; n < 3; n++) assert.equal((await askedForLink(server, to)).status, 200);
      const { status, headers } = await askedForLink(server, to);
      assert.equal(status, 429);
      assert.ok(Number(headers.get("retry-after")) > 0);
    }
    assert.equal(server.mails.sent.length, 3);
    const narrow = await openedForReset(t, {}, { limits: { mail_address: { limit: 3, window: 3_600 } } });
    for (let n = 0; n < 3; n++) assert.equal((await askedForLink(narrow, `${n}@example.com`)).status, 200);
    assert.equal((await askedForLink(narrow)).status, 429);
  });

  it("is told to the operator without the link, and mailed without the password", async (t) => {
    const server = await openedForReset(t);
    await server.person();
    const link = await resetLinkFor(server);
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
