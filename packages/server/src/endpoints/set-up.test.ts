import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Strength } from "../ports/strength.ts";
import { ABrowser, formOf } from "../testing/a-browser.ts";
import { authorizationUrl, pkce } from "../testing/a-login.ts";
import { type AServer, aServer, password } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";
import { hashSecret, newName } from "../tokens/secret.ts";

const root = { email: "Root@Example.com ", name: "Root", password };

async function aLink(server: AServer): Promise<string> {
  const link = newName(32);
  const now = server.clock.now();
  await server.store.setUpLinks.put({ hash: hashSecret(link), createdAt: now, expiresAt: now + 3_600 });
  return `/set-up?link=${link}`;
}

const judging: Strength = {
  estimate: async (password) =>
    password === "a weak password" ? { score: 1, because: "personal" } : { score: 4, because: null },
};

describe("the set-up link", () => {
  it("makes the first administrator, who can sign in", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const browser = new ABrowser(server);
    const done = await browser.submit(await browser.open(await aLink(server)), root);
    assert.equal(done.status, 200);
    assert.match(done.body, /first administrator is made[\s\S]*root@example\.com/);
    // No session was begun, so the page must not say so.
    assert.doesNotMatch(done.body, /signed in/i);
    const [account, ...others] = await server.store.accounts.list();
    assert.deepEqual([account?.email, account?.roles, others], ["root@example.com", ["administrator"], []]);
    const url = authorizationUrl(server, await server.client(), { code_challenge: pkce().challenge });
    const visitor = new ABrowser(server);
    assert.ok((await visitor.approve(url, { email: "root@example.com", password })).searchParams.get("code"));
    assert.equal(server.audit.text.includes(password), false);
  });

  it("works once, though fifty use it at once", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const path = await aLink(server);
    const browser = new ABrowser(server);
    const page = await browser.open(path);
    const all = await Promise.all(
      Array.from({ length: 50 }, (_, i) => browser.submit(page, { ...root, email: `root${i}@example.com` })),
    );
    assert.equal(all.filter(({ status }) => status === 200).length, 1);
    assert.equal(all.filter(({ status }) => status === 410).length, 49);
    assert.equal((await server.store.accounts.list()).length, 1);
    assert.equal((await browser.open(path)).status, 410);
  });

  it("ends with its time, before the page and behind it", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const path = await aLink(server);
    const browser = new ABrowser(server);
    const page = await browser.open(path);
    server.clock.advance(3_600);
    assert.equal((await browser.submit(page, root)).status, 410);
    assert.equal((await browser.open(path)).status, 410);
    assert.deepEqual(await server.store.accounts.list(), []);
  });

  for (const [given, link] of [
    ["no link", "/set-up"],
    ["an empty link", "/set-up?link="],
    ["a made-up link", `/set-up?link=${newName(32)}`],
    ["the link __proto__", "/set-up?link=__proto__"],
  ] as const) {
    it(`shows for ${given} what it shows for a spent one`, async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      const visit = await new ABrowser(server).open(link);
      assert.deepEqual([visit.status, visit.body.includes("This link no longer works")], [410, true]);
      assert.equal(visit.body.includes("<form"), false);
    });
  }

  for (const [given, form, says] of [
    ["no email", { email: "" }, "Give an email address."],
    ["an email that is none", { email: "root" }, "Give an email address."],
    ["a short password", { password: "elevenchars" }, "at least 12 characters"],
    ["an overlong password", { password: "x".repeat(1_025) }, "The password must be shorter than"],
    [
      "a password that grows when it is normalised",
      { password: "\ufdfa".repeat(60) },
      "The password must be shorter than",
    ],
    ["a password that leaked", { password: "a leaked password" }, "in collections of leaked passwords"],
    ["a password that is easy to guess", { password: "a weak password" }, "it contains a name or an address"],
    ["the email of somebody", { email: "ada@example.com" }, "This email is taken."],
  ] as const) {
    it(`is not spent by ${given}, and the page keeps what was typed`, async (t) => {
      const server = await aServer({ leaked: { "a leaked password": 3 }, strength: judging });
      t.after(() => server.close());
      await server.person();
      const browser = new ABrowser(server);
      const page = await browser.open(await aLink(server));
      const again = await browser.submit(page, { ...root, ...form });
      assert.deepEqual([again.status, again.body.includes(says)], [400, true]);
      assert.equal(formOf(again).fields.get("name")?.[0], "Root");
      assert.equal(again.body.includes(password), false);
      assert.equal((await browser.submit(again, root)).status, 200);
    });
  }

  for (const [given, form, headers] of [
    ["no token", { form_token: "" }, {}],
    ["the token of another link's page", "other", {}],
    ["another site", {}, { "sec-fetch-site": "cross-site" }],
  ] as const) {
    spec("I2-CSRF", `is not spent by a form with ${given}`, async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      const browser = new ABrowser(server);
      const other = formOf(await browser.open(await aLink(server))).fields.get("form_token")?.[0] ?? "";
      const page = await browser.open(await aLink(server));
      const changed = form === "other" ? { form_token: other } : form;
      const refused = await browser.submit(page, { ...root, ...changed }, headers);
      assert.equal(refused.status, 400);
      assert.match(server.audit.lastRefusal ?? "", /^request\.(form-token|cross-site)$/);
      assert.deepEqual(await server.store.accounts.list(), []);
      assert.equal((await browser.submit(page, root)).status, 200);
    });
  }

  it("is worth nothing once somebody became administrator, by another link or by the command line", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const links = [await aLink(server), await aLink(server)] as const;
    const waiting = new ABrowser(server);
    const page = await waiting.open(links[1]);
    const first = new ABrowser(server);
    assert.equal((await first.submit(await first.open(links[0]), root)).status, 200);
    const second = await waiting.submit(page, { ...root, email: "second@example.com" });
    assert.equal(second.status, 410);
    assert.equal(await server.store.accounts.findByEmail("second@example.com"), undefined);
    assert.equal((await waiting.open(await aLink(server))).status, 410);
  });
});
