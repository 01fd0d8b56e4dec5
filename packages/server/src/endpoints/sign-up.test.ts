import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ABrowser } from "../testing/a-browser.ts";
import { password } from "../testing/a-server.ts";
import { ASignIn } from "../testing/a-sign-in.ts";
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
import { AnAuthenticator } from "../testing/an-authenticator.ts";
import { codeTo } from "../testing/mailed.ts";
import { spec } from "../testing/spec.ts";

describe("signing up", () => {
  spec("I6-SIGN-UP", "makes the account when the mailed code comes back, and not before", async (t) => {
    const server = await openedForAll(t, { signUpRoles: ["trainer"] });
    const { browser, page } = await asked(server, { ...person, email: ` New@Example.com ` });
    assert.match(page.body, /<h1>Check your email<\/h1>/);
    assert.equal(await accountOf(server), undefined);
    const end = await browser.submit(page, { code: codeTo(server, email) });
    assert.equal(end.url, "https://auth.example.com/account");
    const account = await accountOf(server);
    assert.deepEqual(
      { ...account, id: "", passwordHash: "" },
      {
        ...{ id: "", passwordHash: "", email, name: "New Person", emailVerified: true },
        ...{ roles: ["trainer"], createdAt: server.clock.now(), disabledAt: null },
      },
    );
    assert.match(account?.passwordHash ?? "", /^\$argon2id\$/);
    const [session] = await server.store.sessions.listOf(account?.id ?? "");
    assert.deepEqual(session?.amr, ["email", "pwd"]);
    const again = new ABrowser(server);
    const signedIn = await again.submit(await again.open("/account"), { email, password });
    assert.equal(signedIn.url, "https://auth.example.com/account");
  });

  it("goes without a password where a code by mail signs in, and offers a passkey in its place", async (t) => {
    const server = await openedForAll(t);
    const { browser, page } = await asked(server, { email, name: "New", password: "" });
    const offer = await browser.submit(page, { code: codeTo(server, email) });
    const account = await accountOf(server);
    assert.equal(account?.passwordHash, null);
    assert.match(offer.body, /<h1>Create a passkey<[\s\S]* data-passkey="create"/);
    assert.equal(isIn(browser), false);
    const end = await browser.submit(offer, { action: "no-passkey" });
    assert.equal(end.url, "https://auth.example.com/account");
    const [session] = await server.store.sessions.listOf(account?.id ?? "");
    assert.deepEqual(session?.amr, ["email"]);
  });

  it("keeps no password while the mail is on its way, and puts none into mail, trace or audit", async (t) => {
    const server = await openedForAll(t);
    const { browser, page } = await asked(server);
    const interaction = new URL(page.url).searchParams.get("interaction") ?? "";
    const proof = await server.store.mailedProofs.findFor(interaction, "sign-up");
    const code = codeTo(server, email);
    await browser.submit(page, { code: "00000000" });
    await browser.submit(page, { code });
    const kept = JSON.stringify([proof, await server.store.interactions.find(interaction)]);
    assert.ok(!kept.includes(password));
    assert.ok(!kept.includes(code));
    const written = server.audit.text;
    for (const secret of [password, code]) assert.ok(!written.includes(secret));
    assert.ok(!JSON.stringify(server.mails.sent).includes(password));
  });

  for (const { given, values, says } of [
    { given: "no address", values: { email: "" }, says: "Give an email address." },
    { given: "half an address", values: { email: "new@" }, says: "Give an email address." },
    { given: "two addresses", values: { email: "a@b.example,c@d.example" }, says: "Give an email address." },
    {
      given: "an address that a header would split",
      values: { email: "a,b@c.example" },
      says: "Give an email address.",
    },
    {
      given: "an address with a line break",
      values: { email: "a@b.example\r\nBcc: c@d.example" },
      says: "Give an email address.",
    },
    { given: "an address in brackets", values: { email: "x<y@c.example>" }, says: "Give an email address." },
    {
      given: "an endless address",
      values: { email: `${"a".repeat(50_000)}@b.example` },
      says: "Give an email address.",
    },
    { given: "no name", values: { name: "" }, says: "Give a name." },
    { given: "a blank name", values: { name: " \r\n " }, says: "Give a name." },
    {
      given: "a short password",
      values: { password: "short" },
      says: "The password must have at least 12 characters.",
    },
    {
      given: "a long password",
      values: { password: "a ".repeat(600) },
      says: "The password must be shorter than 1024 bytes.",
    },
    {
      given: "a leaked password",
      values: { password: "leaked password 1" },
      says: "This password appears in collections of leaked passwords. Choose another one.",
    },
    {
      given: "a weak password",
      values: { password: "new person new person" },
      says: "This password is too easy to guess: it contains a name or an address. Choose another one.",
    },
  ]) {
    it(`shows the page again for ${given}, mails nothing, and gives back what was typed but the password`, async (t) => {
      const server = await openedForAll(
        t,
        {},
        {
          leaked: { "leaked password 1": 12 },
          strength: {
            estimate: async (text) =>
              text.startsWith("new person") ? { score: 1, because: "personal" } : { score: 4, because: null },
          },
        },
      );
      const { page } = await asked(server, { ...person, ...values });
      assert.equal(page.status, 400);
      assert.equal(alertIn(page), says);
      assert.match(page.body, /<h1>Create an account<\/h1>/);
      const typed = { ...person, ...values };
      if (typed.name.trim() !== "") assert.match(page.body, /name="name"[^>]* value="New Person"/);
      assert.doesNotMatch(page.body, /name="password"[^>]* value=/);
      assert.equal(server.mails.sent.length, 0);
    });
  }

  it("puts a name on one line, and cuts one that is endless", async (t) => {
    const server = await openedForAll(t);
    const { browser, page } = await asked(server, { ...person, name: `A\r\nB\u2028${"c".repeat(10_000)}` });
    await browser.submit(page, { code: codeTo(server, email) });
    const { name = "" } = (await accountOf(server)) ?? {};
    assert.equal(name.length, 200);
    assert.match(name, /^A B c+$/);
  });

  for (const { where, given, options } of [
    { where: "sign-up is closed", given: { signUp: "closed" }, options: {} },
    { where: "only invited people may", given: { signUp: "invitation" }, options: {} },
    { where: "no mail can be sent", given: {}, options: { mail: "none" } },
    { where: "only passkeys sign in", given: { password: false, email: false }, options: {} },
  ] as const) {
    it(`is neither offered nor possible where ${where}`, async (t) => {
      const server = await openedForAll(t, given, options);
      const browser = new ABrowser(server);
      const begin = await browser.open("/account");
      assert.doesNotMatch(begin.body, /way=sign-up/);
      const page = await browser.open(`${begin.url}&way=sign-up`);
      assert.doesNotMatch(page.body, /Create an account/);
      for (const action of ["sign-up", "sign-up-code"]) {
        const answer = await browser.open("/sign-in", {
          method: "POST",
          body: new URLSearchParams({
            ...person,
            action,
            interaction: new URL(begin.url).searchParams.get("interaction") ?? "",
            form_token: /name="form_token" value="([^"]*)"/.exec(begin.body)?.[1] ?? "",
          }),
        });
        assert.equal(answer.status, 400);
      }
      assert.equal(server.mails.sent.length, 0);
    });
  }

  it("asks for a password where no mailed code signs in, and for none where nobody has one", async (t) => {
    const needing = await openedForAll(t, { email: false });
    const { page } = await asked(needing, { ...person, password: "" });
    assert.equal(alertIn(page), "The password must have at least 12 characters.");
    const without = await openedForAll(t, { password: false });
    const { browser, page: form } = await atSignUp(without);
    assert.doesNotMatch(form.body, /type="password"/);
    const mailed = await browser.submit(form, person);
    await browser.submit(mailed, { code: codeTo(without, email) });
    assert.equal((await accountOf(without))?.passwordHash, null);
  });

  it("sends another code for what was typed", async (t) => {
    const server = await openedForAll(t);
    const { browser, page } = await asked(server);
    const first = codeTo(server, email);
    const again = await browser.submit(page, { action: "sign-up", code: "" });
    assert.notEqual(codeTo(server, email), first);
    await browser.submit(again, { code: codeTo(server, email) });
    const account = await accountOf(server);
    assert.equal(account?.name, "New Person");
    assert.ok(account?.passwordHash);
  });

  it("is not done by opening the link of the mail, which only fills the code in", async (t) => {
    const server = await openedForAll(t);
    const { browser } = await asked(server);
    const code = codeTo(server, email);
    const link = /https:\S+code=\S+/.exec(server.mails.newestTo(email)?.text ?? "")?.[0] ?? "";
    assert.equal((await new ABrowser(server).open(link)).status, 400);
    const page = await browser.open(link);
    assert.ok(page.body.includes(`value="${code}"`));
    assert.equal(await accountOf(server), undefined);
    assert.equal(isIn(browser), false);
    await browser.submit(page, {});
    assert.ok(await accountOf(server));
  });

  it("asks for a second factor where everybody must have one", async (t) => {
    const server = await openedForAll(t, { secondFactor: "required" });
    const { browser, page } = await asked(server);
    const next = await browser.submit(page, { code: codeTo(server, email) });
    assert.match(next.body, /Set up a second step/);
    assert.equal(isIn(browser), false);
  });

  spec("I6-SIGN-UP", "lets who has no password make a passkey at once, and sign in with it", async (t) => {
    const server = await openedForAll(t);
    const account = "https://auth.example.com/account";
    const signIn = await ASignIn.begin(server, account);
    await signIn.act("sign-up", { email, name: "New" });
    const offer = await signIn.act("sign-up-code", { code: codeTo(server, email) });
    assert.deepEqual([offer.step, offer.actions], ["offered-passkey", ["no-passkey", "new-passkey"]]);
    const authenticator = new AnAuthenticator({ origin: "https://auth.example.com" });
    const credential = authenticator.create(offer.passkey_creation ?? {});
    assert.equal((await signIn.act("new-passkey", { credential })).step, "done");
    const { id = "" } = (await accountOf(server)) ?? {};
    const [session] = await server.store.sessions.listOf(id);
    assert.deepEqual(session?.amr, ["email", "swk", "user", "mfa"]);
    const again = await ASignIn.begin(server, account);
    const { passkey_request: request = {} } = await again.state();
    assert.equal((await again.act("passkey", { credential: authenticator.get(request) })).step, "done");
  });

  spec("I6-SIGN-UP", "works by the interaction API alike", async (t) => {
    const server = await openedForAll(t);
    const browser = new ABrowser(server);
    const { url } = await browser.open("/account");
    const id = new URL(url).searchParams.get("interaction") ?? "";
    const begin = JSON.parse((await browser.open(`/interaction/v1?interaction=${id}`)).body);
    assert.ok(begin.actions.includes("sign-up"));
    async function step(action: string, values: Record<string, string>, form_token: string) {
      const visit = await browser.open("/interaction/v1", {
        method: "POST",
        headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
        body: JSON.stringify({ interaction: id, form_token, action, ...values }),
      });
      return JSON.parse(visit.body);
    }
    const wrong = await step("sign-up", { ...person, password: "short" }, begin.form_token);
    assert.equal(wrong.fault, "password.short");
    const mailed = await step("sign-up", person, wrong.form_token);
    assert.deepEqual(
      [mailed.step, mailed.actions, mailed.email],
      ["sign-up-code", ["sign-up", "sign-up-code"], email],
    );
    const done = await step("sign-up-code", { code: codeTo(server, email) }, mailed.form_token);
    assert.equal(done.step, "done");
    assert.equal((await accountOf(server))?.emailVerified, true);
  });
});
