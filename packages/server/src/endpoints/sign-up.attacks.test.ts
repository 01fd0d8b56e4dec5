import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ABrowser, type Visit } from "../testing/a-browser.ts";
import {
  accountOf,
  alertIn,
  asked,
  atSignUp,
  email,
  isIn,
  openedForAll,
  person,
} from "../testing/a-sign-up.ts";
import { codeTo } from "../testing/mailed.ts";
import { spec } from "../testing/spec.ts";

describe("signing up, attacked", () => {
  it("takes a code once, five guesses, fifteen minutes, and in its own browser alone", async (t) => {
    const server = await openedForAll(t);
    for (const { given, spoil } of [
      {
        given: "five wrong guesses",
        spoil: async (browser: ABrowser, page: Visit) => {
          for (let n = 0; n < 5; n++) await browser.submit(page, { code: `9999999${n}` });
        },
      },
      {
        given: "another code was sent",
        spoil: async (browser: ABrowser, page: Visit) => {
          const sent = await browser.submit(page, { action: "sign-up" });
          assert.equal(sent.status, 200);
        },
      },
      { given: "fifteen minutes", spoil: async () => server.clock.advance(900) },
      {
        given: "the person began again",
        spoil: async (browser: ABrowser, page: Visit) => {
          await browser.submit(page, { action: "restart" });
        },
      },
    ]) {
      const { browser, page } = await asked(server);
      const code = codeTo(server, email);
      await spoil(browser, page);
      const end = await browser.submit(page, { action: "sign-up-code", code });
      assert.equal(end.status, 400, given);
      assert.equal(isIn(browser), false, given);
      assert.equal(await accountOf(server), undefined, given);
    }
    const { browser, page } = await asked(server);
    const code = codeTo(server, email);
    const thief = await asked(server, { ...person, email: "thief@example.com" });
    assert.equal((await thief.browser.submit(thief.page, { code })).status, 400);
    assert.equal((await new ABrowser(server).submit(page, { code })).status, 400);
    assert.equal(await accountOf(server), undefined);
    assert.equal((await browser.submit(page, { code })).status, 200);
    assert.equal((await browser.submit(page, { code })).status, 400);
  });

  it("sends no further code once what was typed is forgotten", async (t) => {
    const server = await openedForAll(t);
    const { browser, page } = await asked(server);
    const interaction = new URL(page.url).searchParams.get("interaction") ?? "";
    const proof = await server.store.mailedProofs.findFor(interaction, "sign-up");
    await server.store.mailedProofs.spend(proof?.id ?? "");
    const again = await browser.submit(page, { action: "sign-up", code: "" });
    assert.deepEqual(
      [again.status, alertIn(again)],
      [400, "This page is no longer up to date. Start again here."],
    );
    const begin = await browser.submit(again, { action: "restart", code: "" });
    assert.match(begin.body, /<h1>Sign in<\/h1>/);
  });

  it("takes no form of another site or browser", async (t) => {
    const server = await openedForAll(t);
    const { browser, page } = await atSignUp(server);
    const other = await atSignUp(server);
    const token = /name="form_token" value="([^"]*)"/.exec(other.page.body)?.[1] ?? "";
    const refused = await browser.submit(page, { ...person, form_token: token });
    assert.equal(refused.status, 400);
    assert.equal(server.audit.lastRefusal, "request.form-token");
    assert.equal(server.mails.sent.length, 0);
  });

  spec("I6-SIGN-UP", "gives an address to one of twenty who bring its codes back at once", async (t) => {
    const server = await openedForAll(t);
    const people = [];
    for (let n = 0; n < 20; n++) {
      const one = await asked(server, { ...person, name: `Person ${n}` });
      people.push({ ...one, code: codeTo(server, email) });
    }
    const ends = await Promise.all(people.map(({ browser, page, code }) => browser.submit(page, { code })));
    assert.equal(ends.filter(({ status }) => status === 200).length, 1);
    assert.equal(people.filter(({ browser }) => isIn(browser)).length, 1);
    const accounts = await server.store.accounts.list();
    assert.deepEqual(
      accounts.map((account) => account.email),
      [email],
    );
    const mails = server.mails.sent.filter(({ subject }) => /already/.test(subject));
    assert.equal(mails.length, 19);
  });

  it("makes one account of one code that is sent twenty times at once", async (t) => {
    const server = await openedForAll(t);
    const { browser, page } = await asked(server);
    const code = codeTo(server, email);
    const ends = await Promise.all(Array.from({ length: 20 }, () => browser.submit(page, { code })));
    assert.ok(ends.filter(({ status }) => status === 200).length >= 1);
    const account = await accountOf(server);
    assert.equal((await server.store.sessions.listOf(account?.id ?? "")).length, 1);
  });

  spec("I6-ENUMERATION", "makes nobody of any code for an address that has an account", async (t) => {
    const server = await openedForAll(t);
    const ada = await server.person();
    const { browser, page } = await asked(server, { ...person, email: ada.email });
    assert.deepEqual(
      server.mails.sent.map(({ to, subject }) => [to, subject]),
      [[ada.email, "You already have an account at Valetkey"]],
    );
    assert.doesNotMatch(server.mails.sent[0]?.text ?? "", /\d{4} ?\d{4}\s*$/m);
    const interaction = new URL(page.url).searchParams.get("interaction") ?? "";
    // What chance could do: the right code, and the account is gone meanwhile.
    const proof = await server.store.mailedProofs.findFor(interaction, "sign-up");
    assert.equal(proof?.accountId, null);
    // The password was hashed, as for an address without an account: that takes the longest of all.
    assert.match(String(proof?.details.passwordHash), /^\$argon2id\$/);
    const other = await asked(server);
    const right = await server.store.mailedProofs.findFor(
      new URL(other.page.url).searchParams.get("interaction") ?? "",
      "sign-up",
    );
    await server.store.mailedProofs.spend(right?.id ?? "");
    await server.store.mailedProofs.put({
      ...(right ?? assert.fail()),
      interactionId: interaction,
      email: ada.email,
      details: proof?.details ?? {},
    });
    await server.store.accounts.remove(ada.id, 1);
    const end = await browser.submit(page, { code: codeTo(server, email) });
    assert.equal(end.status, 400);
    assert.equal(isIn(browser), false);
    assert.deepEqual(await server.store.accounts.list(), []);
  });

  it("is limited by network address, weak passwords included, and by the address that is mailed to", async (t) => {
    const few = { limit: 3, window: 3_600 };
    const server = await openedForAll(t, {}, { limits: { sign_up: few } });
    for (let n = 0; n < 3; n++)
      await asked(server, { ...person, email: `${n}@example.com`, password: "short" });
    const { page } = await asked(server);
    assert.equal(page.status, 429);
    assert.ok(Number(page.headers.get("retry-after")) > 0);
    server.clock.advance(7_200);
    assert.equal((await asked(server)).page.status, 200);
    const mailed = await openedForAll(t, {}, { limits: { mail: few } });
    const ada = await mailed.person();
    for (const to of [email, ada.email]) {
      for (let n = 0; n < 3; n++) await asked(mailed, { ...person, email: to });
      assert.equal((await asked(mailed, { ...person, email: to })).page.status, 429);
    }
    assert.equal(mailed.mails.sent.length, 6);
    const { browser, page: form } = await asked(mailed, { ...person, email: "third@example.com" });
    for (let n = 0; n < 2; n++) await browser.submit(form, { action: "sign-up", code: "" });
    assert.equal((await browser.submit(form, { action: "sign-up", code: "" })).status, 429);
  });
});
