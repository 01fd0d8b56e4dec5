import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { UpstreamPlan } from "../adapters/upstreams/plan.ts";
import { ABrowser } from "../testing/a-browser.ts";
import {
  type AServer,
  type AServerOptions,
  callback,
  issuer,
  password,
  usualSettings,
} from "../testing/a-server.ts";
import { ada, aScene, connected, type Scene, signInElsewhere } from "../testing/elsewhere.ts";
import { codeTo } from "../testing/mailed.ts";
import { spec } from "../testing/spec.ts";

async function sessionOf({ server }: Scene, accountId: string) {
  const [session, ...more] = await server.store.sessions.listOf(accountId);
  assert.deepEqual(more, []);
  return session;
}

async function onlyAccount({ server }: Scene) {
  const [account, ...more] = await server.store.accounts.list();
  assert.deepEqual(more, []);
  return account;
}

const usualSignIn = usualSettings(issuer).signIn;

describe("signing in elsewhere", () => {
  spec(
    "SBU-05",
    "asks who came from elsewhere for consent to the client that waits, and says the truth of how they came",
    async () => {
      await using scene = await aScene();
      const { server, browser } = scene;
      const account = await server.person();
      await server.store.identities.add({ ...connected, accountId: account.id });
      const consent = await signInElsewhere(scene, { ...ada, amr: ["pwd", "mfa"] });
      assert.match(consent.url, /\/consent\?/);
      const { url } = await browser.submit(consent, { decision: "allow" });
      assert.ok(url.startsWith(`${callback}?code=`), url);
      assert.deepEqual((await sessionOf(scene, account.id))?.amr, ["fed", "pwd"]);
      const [identity] = await server.store.identities.listOf(account.id);
      assert.deepEqual([identity?.email, identity?.lastUsedAt], ["ada@example.com", server.clock.now()]);
    },
  );

  it("shows each upstream that is open on the page, and none that is not", async () => {
    await using scene = await aScene({ isEnabled: false });
    const { body } = await scene.begin();
    assert.match(body, /name="upstream" value="home"/);
    assert.doesNotMatch(body, /value="work"/);
  });

  it("[I6-UPSTREAM-STRENGTH] asks who set one up for a second factor, and believes an upstream's only where it is trusted with that", async () => {
    for (const trustsMfa of [false, true]) {
      await using scene = await aScene({ trustsMfa });
      const { server } = scene;
      const account = await server.person();
      await server.store.identities.add({ ...connected, accountId: account.id });
      const secret = { accountId: account.id, sealedSecret: "", keyId: "", lastStep: 0, createdAt: 0 };
      await server.store.oneTimePasswords.add(secret);
      const { url } = await signInElsewhere(scene, { ...ada, amr: ["mfa"] });
      assert.match(url, trustsMfa ? /\/consent\?/ : /\/sign-in\?/);
      assert.equal((await server.store.sessions.listOf(account.id)).length, trustsMfa ? 1 : 0);
    }
  });

  it("[OIDC-RP-FRESH] passes on what the client expects", async () => {
    await using scene = await aScene();
    const parameters = { login_hint: "ada@example.com", prompt: "login", max_age: "60", ui_locales: "de" };
    const asked = new URL(await scene.leave(await scene.begin(parameters))).searchParams;
    for (const [name, value] of Object.entries(parameters)) assert.equal(asked.get(name), value);
  });

  it("[I6-DIRECT] goes straight there where the client says so, once", async () => {
    await using scene = await aScene();
    const left = await scene.begin({ direct_sign_in: "upstream:work" });
    assert.ok(left.url.startsWith(`${scene.work.issuer}/authorize?`), left.url);
    const back = scene.work.approve(left.url);
    back.searchParams.set("error", "access_denied");
    const page = await scene.browser.open(back.href);
    assert.match(page.body, /did not sign you in/);
    assert.equal((await scene.browser.open(page.url)).status, 200);
  });

  for (const wish of ["upstream:nowhere", "upstream:", "passkey", "work"]) {
    it(`shows the page where the client wishes for ${wish}`, async () => {
      await using scene = await aScene();
      assert.match((await scene.begin({ direct_sign_in: wish })).url, /\/sign-in\?/);
    });
  }

  it("takes an answer that came by a form of the upstream's own site, without any cookie, and goes on with it", async () => {
    await using scene = await aScene({ signsUp: true, trustsEmail: true });
    const location = await scene.leave(await scene.begin());
    const back = scene.work.approve(location, {
      sub: "ada-there",
      email: "ada@example.com",
      email_verified: true,
    });
    const body = new URLSearchParams(back.searchParams);
    body.set(
      "user",
      JSON.stringify({ name: { firstName: "Ada", lastName: "Lovelace" }, email: "eve@example.com" }),
    );
    body.set("other", "left behind");
    const bare = new ABrowser(scene.server);
    const init = { method: "POST", body, redirect: "manual" } as const;
    const response = await scene.server.fetchHere(back.origin + back.pathname, init);
    assert.equal(response.status, 303);
    assert.deepEqual(response.headers.getSetCookie(), []);
    const onwards = new URL(response.headers.get("location") ?? "", back);
    assert.deepEqual([...onwards.searchParams.keys()].sort(), ["code", "iss", "name", "state"]);
    assert.equal((await bare.open(onwards.href)).status, 400);
    assert.match((await scene.browser.open(onwards.href)).url, /\/consent\?/);
    const account = await onlyAccount(scene);
    assert.deepEqual([account?.name, account?.email], ["Ada Lovelace", "ada@example.com"]);
  });
});

describe("who comes from elsewhere for the first time", () => {
  const trusted = { trustsEmail: true } as const;
  const cases: readonly {
    given: string;
    about: Partial<UpstreamPlan>;
    options?: AServerOptions;
    person?: Record<string, unknown>;
    here?: Parameters<AServer["person"]>[0];
    others?: readonly string[];
    /** The sentence on the page; undefined for who comes in. */
    told: RegExp | undefined;
    accounts: number;
  }[] = [
    {
      given: "nobody has an account, and none is given",
      about: trusted,
      told: /No account here belongs/,
      accounts: 0,
    },
    {
      given: "one is given for a proven address",
      about: { ...trusted, signsUp: true },
      told: undefined,
      accounts: 1,
    },
    {
      given: "none is given for an address that nobody proved, and no mail can prove it",
      about: { signsUp: true },
      options: { mail: "none" },
      told: /did not name an email/,
      accounts: 0,
    },
    {
      given: "none is given without an address",
      about: { ...trusted, signsUp: true },
      person: { sub: "ada-there" },
      told: /did not name an email/,
      accounts: 0,
    },
    {
      given: "the address is taken here, and proves nothing by itself",
      about: { ...trusted, signsUp: true },
      here: {},
      told: /same email address/,
      accounts: 1,
    },
    {
      given: "the address is taken here, is unproven there, and nothing is told of it",
      about: { linksByEmail: true },
      here: {},
      told: /No account here belongs/,
      accounts: 1,
    },
    {
      given: "the operator lets the proven address find the account",
      about: { ...trusted, linksByEmail: true },
      here: {},
      told: undefined,
      accounts: 1,
    },
    {
      given: "nobody proved the address of the account here",
      about: { ...trusted, linksByEmail: true, signsUp: true },
      here: { emailVerified: false },
      told: /same email address/,
      accounts: 1,
    },
    {
      given: "the account here is switched off",
      about: { ...trusted, linksByEmail: true },
      here: { disabledAt: 1 },
      told: /switched off/,
      accounts: 1,
    },
    {
      given: "the account is another's at that upstream",
      about: { ...trusted, linksByEmail: true },
      here: {},
      others: ["eve-there"],
      told: /connected with another Work account/,
      accounts: 1,
    },
  ];
  for (const { given, about, options, person = ada, here, others = [], told, accounts } of cases) {
    it(`[I6-UPSTREAM-EMAIL I6-UPSTREAM-WORDS] ${told ? "stays outside" : "comes in"} where ${given}`, async () => {
      await using scene = await aScene(about, options);
      const { server } = scene;
      const account = here && (await server.person(here));
      for (const subject of others) {
        await server.store.identities.add({ ...connected, subject, accountId: account?.id ?? "" });
      }
      const visit = await signInElsewhere(scene, person);
      const all = await server.store.accounts.list();
      assert.equal(all.length, accounts);
      const identity = await server.store.identities.find("work", "ada-there");
      if (told) {
        assert.match(visit.body, told);
        assert.match(visit.url, /\/sign-in\?interaction=[\w-]+$/);
        assert.equal(identity, undefined);
        for (const { id } of all) assert.deepEqual(await server.store.sessions.listOf(id), []);
      } else {
        assert.match(visit.url, /\/consent\?/);
        assert.equal(identity?.accountId, all[0]?.id);
        assert.equal(all[0]?.emailVerified, true);
      }
    });
  }

  it("[OIDC-RP-SUBJECT] is found by the upstream's name for them, though the address is another's by now", async () => {
    await using scene = await aScene({ trustsEmail: true, linksByEmail: true });
    const { server } = scene;
    const account = await server.person();
    const other = await server.person({ email: "eve@example.com" });
    await server.store.identities.add({ ...connected, accountId: account.id });
    await signInElsewhere(scene, { ...ada, email: "eve@example.com" });
    assert.equal((await server.store.sessions.listOf(account.id)).length, 1);
    assert.deepEqual(await server.store.sessions.listOf(other.id), []);
  });

  it("[I6-UPSTREAM-WORDS] stays outside once their account here is switched off", async () => {
    await using scene = await aScene();
    const account = await scene.server.person({ disabledAt: 1 });
    await scene.server.store.identities.add({ ...connected, accountId: account.id });
    assert.match((await signInElsewhere(scene)).body, /switched off/);
  });

  it("gets the roles of who signs up, and is in the audit log", async () => {
    const signIn = { ...usualSignIn, signUpRoles: ["trainer"] };
    await using scene = await aScene({ trustsEmail: true, signsUp: true }, { settings: { signIn } });
    await signInElsewhere(scene);
    assert.deepEqual((await onlyAccount(scene))?.roles, ["trainer"]);
    const told = scene.server.audit.events.map(({ what }) => what);
    for (const what of ["account.signed-up", "identity.linked", "sign-in.done"])
      assert.ok(told.includes(what), what);
  });
});

describe("who comes from elsewhere with an address that nobody proved", () => {
  it("[I6-UPSTREAM-EMAIL] proves it by a mailed code, though nobody else may sign up, and is found from then on", async () => {
    await using scene = await aScene({ signsUp: true });
    const { server, browser } = scene;
    const page = await signInElsewhere(scene, { ...ada, email_verified: false, amr: ["mfa", "pwd"] });
    assert.match(page.body, /<h1>Check your email<\/h1>/);
    assert.doesNotMatch(page.body, /Send another code/);
    assert.deepEqual(await server.store.accounts.list(), []);
    const consent = await browser.submit(page, { code: codeTo(server, "ada@example.com") });
    assert.match(consent.url, /\/consent\?/);
    const account = await onlyAccount(scene);
    assert.deepEqual(
      [account?.email, account?.emailVerified, account?.name, account?.passwordHash],
      ["ada@example.com", true, "Ada Lovelace", null],
    );
    assert.deepEqual((await sessionOf(scene, account?.id ?? ""))?.amr, ["fed", "pwd", "email"]);
    assert.equal((await server.store.identities.find("work", "ada-there"))?.accountId, account?.id);
    browser.cookies.clear();
    assert.match((await signInElsewhere(scene, { sub: "ada-there" })).url, /\/consent\?/);
  });

  it("gets the same page for an address that has an account, which learns of it, and no code fits", async () => {
    await using scene = await aScene({ signsUp: true });
    const { server, browser } = scene;
    const account = await server.person();
    const page = await signInElsewhere(scene, { ...ada, email_verified: false });
    assert.match(page.body, /<h1>Check your email<\/h1>/);
    assert.doesNotMatch(server.mails.newestTo("ada@example.com")?.text ?? "", /[0-9]{4} ?[0-9]{4}/);
    for (const code of ["00000000", "12345678"]) {
      assert.match((await browser.submit(page, { code })).body, /code is wrong/);
    }
    assert.deepEqual(await server.store.identities.listOf(account.id), []);
    assert.deepEqual(await server.store.sessions.listOf(account.id), []);
  });

  it("makes no second account for who was connected meanwhile", async () => {
    await using scene = await aScene({ signsUp: true });
    const { server, browser } = scene;
    const page = await signInElsewhere(scene, { ...ada, email_verified: false });
    const other = await server.person({ email: "eve@example.com" });
    await server.store.identities.add({ ...connected, accountId: other.id });
    await browser.submit(page, { code: codeTo(server, "ada@example.com") });
    assert.deepEqual(
      (await server.store.accounts.list()).map(({ id }) => id),
      [other.id],
    );
    assert.deepEqual(await server.store.sessions.listOf(other.id), []);
  });

  it("opens no door for a sign-up of anybody else that is closed by now", async () => {
    await using scene = await aScene(
      { signsUp: true },
      { settings: { signIn: { ...usualSignIn, signUp: "open" } } },
    );
    const { server, browser } = scene;
    const form = await browser.open(`${(await scene.begin()).url}&way=sign-up`);
    const page = await browser.submit(form, { email: "new@example.com", name: "New", password });
    await using closed = await aScene({ signsUp: true }, { store: server.store });
    for (const [name, value] of browser.cookies) closed.browser.cookies.set(name, value);
    const code = codeTo(server, "new@example.com");
    assert.match((await closed.browser.submit(page, { code })).body, /code is wrong/);
    assert.deepEqual(await server.store.accounts.list(), []);
  });

  it("cannot have one mailbox flooded", async () => {
    await using scene = await aScene({ signsUp: true }, { limits: { mail: { limit: 1, window: 3_600 } } });
    await signInElsewhere(scene, { ...ada, email_verified: false });
    const page = await signInElsewhere(scene, { sub: "eve-there", email: "ada@example.com" });
    assert.equal(page.status, 429);
    assert.equal(scene.server.mails.sent.length, 1);
  });
});
