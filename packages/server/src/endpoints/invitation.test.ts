import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { newInvitation } from "../operations/invitation.ts";
import type { SignInSettings } from "../ports/settings.ts";
import { ABrowser, type Visit } from "../testing/a-browser.ts";
import { login } from "../testing/a-login.ts";
import { type AServer, type AServerOptions, aServer, password, usualSettings } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

const email = "new@example.com";
const typed = { name: "New Person", password };

async function opened(t: TestContext, signIn: Partial<SignInSettings> = {}, options: AServerOptions = {}) {
  const usual = usualSettings("https://auth.example.com").signIn;
  const settings = { signIn: { ...usual, signUp: "invitation", ...signIn } } as const;
  const server = await aServer({ ...options, settings });
  t.after(() => server.close());
  return server;
}

async function invited(server: AServer, about: { name?: string; roles?: readonly string[] } = {}) {
  const given = { email, name: "", roles: ["trainer"], ...about };
  const { link } = await newInvitation(server.store, server.issuer, given, server.clock.now());
  return link;
}

async function accepted(server: AServer, link: string, values: Record<string, string> = typed) {
  const browser = new ABrowser(server);
  return { browser, visit: await browser.submit(await browser.open(link), values) };
}

const accountOf = (server: AServer) => server.store.accounts.findByEmail(email);
const isIn = (browser: ABrowser) => [...browser.cookies.keys()].some((name) => name.endsWith("session"));
const heading = ({ body }: Visit) => /<h1>([^<]*)</.exec(body)?.[1];
const alertIn = ({ body }: Visit) => /role="alert">([^<]*)</.exec(body)?.[1];

async function refuses(server: AServer, link: string): Promise<void> {
  const visit = await new ABrowser(server).open(link);
  assert.deepEqual([visit.status, heading(visit)], [410, "This invitation no longer works"]);
}

describe("an invitation", () => {
  for (const signUp of ["invitation", "open"] as const) {
    spec(
      "I6-INVITATION",
      `makes one account with its roles and signs in, where sign-up is ${signUp}`,
      async (t) => {
        const server = await opened(t, { signUp });
        const link = await invited(server);
        assert.match(link, /^https:\/\/auth\.example\.com\/invitation\?link=vku_[\w-]{40,}$/);
        const { browser, visit } = await accepted(server, link);
        assert.equal(visit.url, "https://auth.example.com/account");
        assert.equal(visit.status, 200);
        const account = await accountOf(server);
        assert.deepEqual(
          [account?.name, account?.roles, account?.emailVerified, account?.passwordHash?.slice(0, 9)],
          ["New Person", ["trainer"], true, "$argon2id"],
        );
        const [session] = await server.store.sessions.listOf(account?.id ?? "");
        assert.deepEqual(session?.amr, ["pwd"]);
        assert.equal(isIn(browser), true);
        await refuses(server, link);
        // It stays spent when the account goes.
        await server.store.accounts.remove(account?.id ?? "", 1);
        await refuses(server, link);
        assert.ok(!server.audit.text.includes(link.slice(-40)));
      },
    );
  }

  spec("I6-INVITATION", "is not spent by who opens it, however often and wherever", async (t) => {
    const server = await opened(t);
    const link = await invited(server, { name: "Grace" });
    for (let n = 0; n < 3; n++) {
      const page = await new ABrowser(server).open(link);
      assert.deepEqual([page.status, heading(page)], [200, "You are invited"]);
      assert.match(page.body, /name="name"[^>]* value="Grace"/);
      assert.equal(page.headers.get("referrer-policy"), "no-referrer");
    }
    assert.equal(await accountOf(server), undefined);
    assert.equal((await accepted(server, link)).visit.status, 200);
  });

  for (const { given, spoil } of [
    { given: "after seven days", spoil: async (server: AServer) => server.clock.advance(7 * 86_400) },
    { given: "when there is a newer one", spoil: async (server: AServer) => void (await invited(server)) },
    {
      given: "when the address has an account",
      spoil: async (server: AServer) => void (await server.person({ email })),
    },
  ]) {
    spec("I6-INVITATION", `does nothing ${given}, whether its page was open or not`, async (t) => {
      const server = await opened(t);
      const link = await invited(server);
      const browser = new ABrowser(server);
      const page = await browser.open(link);
      await spoil(server);
      const before = await server.store.accounts.list();
      assert.equal((await browser.submit(page, typed)).status, 410);
      await refuses(server, link);
      assert.deepEqual(await server.store.accounts.list(), before);
    });
  }

  spec("I6-INVITATION", "does nothing while sign-up is closed", async (t) => {
    const server = await opened(t, { signUp: "closed" });
    await refuses(server, await invited(server));
    assert.equal(await accountOf(server), undefined);
  });

  spec("I6-INVITATION", "makes one account of twenty forms that come at once", async (t) => {
    const server = await opened(t);
    const link = await invited(server);
    const pages = await Promise.all(
      Array.from({ length: 20 }, async (_, n) => {
        const browser = new ABrowser(server);
        return { browser, page: await browser.open(link), name: `Person ${n}` };
      }),
    );
    const ends = await Promise.all(
      pages.map(({ browser, page, name }) => browser.submit(page, { ...typed, name })),
    );
    assert.equal(ends.filter(({ status }) => status === 200).length, 1);
    assert.equal(ends.filter(({ status }) => status === 410).length, 19);
    assert.equal((await server.store.accounts.list()).length, 1);
    assert.equal(pages.filter(({ browser }) => isIn(browser)).length, 1);
  });

  for (const { given, values, says } of [
    { given: "no name", values: { name: " " }, says: "Give a name." },
    {
      given: "a short password",
      values: { password: "short" },
      says: "The password must have at least 12 characters.",
    },
    {
      given: "a leaked password",
      values: { password: "leaked password 1" },
      says: "This password appears in collections of leaked passwords. Choose another one.",
    },
  ]) {
    it(`shows its page again for ${given}, and stays good`, async (t) => {
      const server = await opened(t, {}, { leaked: { "leaked password 1": 9 } });
      const link = await invited(server);
      const { visit, browser } = await accepted(server, link, { ...typed, ...values });
      assert.deepEqual([visit.status, alertIn(visit)], [400, says]);
      assert.equal(await accountOf(server), undefined);
      assert.equal((await browser.submit(visit, typed)).status, 200);
      assert.ok(await accountOf(server));
    });
  }

  it("leads to where a password or passkey is set up, where it was accepted without", async (t) => {
    const server = await opened(t);
    const { visit } = await accepted(server, await invited(server), { name: "New", password: "" });
    assert.match(visit.url, /\/account\/security$/);
    const account = await accountOf(server);
    assert.equal(account?.passwordHash, null);
    const [session] = await server.store.sessions.listOf(account?.id ?? "");
    assert.deepEqual(session?.amr, ["email"]);
  });

  it("asks for a password where no mailed code signs in", async (t) => {
    for (const [signIn, options] of [
      [{ email: false }, {}],
      [{}, { mail: "none" }],
    ] as const) {
      const server = await opened(t, signIn, options);
      const { visit } = await accepted(server, await invited(server), { name: "New", password: "" });
      assert.equal(alertIn(visit), "The password must have at least 12 characters.");
    }
  });

  it("asks for a second factor where everybody must have one", async (t) => {
    const server = await opened(t, { secondFactor: "required" });
    const { visit, browser } = await accepted(server, await invited(server));
    assert.equal(heading(visit), "Set up a second step");
    assert.equal(isIn(browser), false);
  });

  it("puts the new person in the place of whoever was signed in there", async (t) => {
    const server = await opened(t);
    const { browser } = await login(server, await server.client());
    const ada = await server.store.accounts.findByEmail("ada@example.com");
    await browser.submit(await browser.open(await invited(server)), typed);
    assert.deepEqual(await server.store.sessions.listOf(ada?.id ?? ""), []);
    assert.match((await browser.open("/account")).body, /new@example\.com/);
  });

  it("takes no form of another site, browser or link", async (t) => {
    const server = await opened(t);
    const [link, browser, other] = [await invited(server), new ABrowser(server), new ABrowser(server)];
    const page = await browser.open(link);
    const token = /name="form_token" value="([^"]*)"/.exec((await other.open(link)).body)?.[1] ?? "";
    assert.equal((await browser.submit(page, { ...typed, form_token: token })).status, 400);
    assert.equal(server.audit.lastRefusal, "request.form-token");
    assert.equal((await browser.submit(page, { ...typed, link: `${link.slice(0, -3)}abc` })).status, 400);
    assert.equal(await accountOf(server), undefined);
  });
});
