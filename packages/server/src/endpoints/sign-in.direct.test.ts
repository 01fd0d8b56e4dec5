import assert from "node:assert/strict";
import { describe } from "node:test";
import { ABrowser, type Visit } from "../testing/a-browser.ts";
import { authorizationUrl, login, pkce } from "../testing/a-login.ts";
import { type AServer, aServer, callback, issuer, password, usualSettings } from "../testing/a-server.ts";
import { ASignIn } from "../testing/a-sign-in.ts";
import { codeTo } from "../testing/mailed.ts";
import { spec } from "../testing/spec.ts";

const usual = usualSettings(issuer).signIn;
const open = { settings: { signIn: { ...usual, signUp: "open" } } } as const;

async function url(server: AServer, asked: Readonly<Record<string, string>>): Promise<string> {
  return authorizationUrl(server, await server.client(), { code_challenge: pkce().challenge, ...asked });
}

async function begin(server: AServer, asked: Readonly<Record<string, string>>) {
  const browser = new ABrowser(server);
  return { browser, page: await browser.open(await url(server, asked)) };
}

function waysOn({ body }: Visit) {
  return {
    passkey: body.includes('data-passkey="get"'),
    password: body.includes('autocomplete="current-password"'),
    email: body.includes('name="action" value="email"'),
    others: body.includes("way=any"),
  };
}

const all = { passkey: true, password: true, email: true, others: false };
const none = { passkey: false, password: false, email: false, others: true };

describe("the way that a client has the sign-in begin with", () => {
  for (const { wish, shown, off = {} } of [
    { wish: "passkey", shown: { ...none, passkey: true } },
    { wish: "email", shown: { ...none, email: true } },
    { wish: "password", shown: { ...none, password: true } },
    { wish: "upstream:nowhere", shown: all },
    { wish: "sign-up", shown: all },
    { wish: "sign-up", off: { signUp: "open" } as const, shown: all },
    { wish: "passkey email", shown: all },
    { wish: "passkey", off: { passkeys: false }, shown: { ...all, passkey: false } },
    { wish: "email", off: { email: false }, shown: { ...all, email: false } },
  ]) {
    const without = Object.keys(off).map((name) => `, where ${name} is off`);
    spec(
      "I6-DIRECT",
      `is shown alone with a link to the others, if it is offered: ${wish}${without}`,
      async () => {
        const server = await aServer({ settings: { signIn: { ...usual, ...off } } });
        const { browser, page } = await begin(server, {
          direct_sign_in: wish,
          login_hint: "ada@example.com",
        });
        assert.deepEqual(waysOn(page), shown);
        const signIn = await ASignIn.begin(server, await url(server, { direct_sign_in: wish }));
        const isGranted = Object.values(shown).includes(true) && shown.others;
        assert.equal((await signIn.state()).begin_with, isGranted ? wish : undefined);
        if (!shown.others) return await server.close();
        const href = /href="([^"]*way=any)"/.exec(page.body)?.[1] ?? "";
        const others = await browser.open(href.replaceAll("&amp;", "&"));
        assert.deepEqual(waysOn(others), all);
        assert.match(others.body, /value="ada@example\.com"/);
        await server.close();
      },
    );
  }

  spec(
    "I6-DIRECT",
    "is no way around another: what comes back wrong shows all ways, and nobody is mailed by a GET",
    async () => {
      const server = await aServer();
      await server.person();
      const { browser, page } = await begin(server, { direct_sign_in: "password" });
      const again = await browser.submit(page, { email: "ada@example.com", password: "wrong horse" });
      assert.deepEqual([again.status, waysOn(again)], [400, all]);
      await begin(server, { direct_sign_in: "email", login_hint: "ada@example.com" });
      assert.deepEqual(server.mails.sent, []);
      await server.close();
    },
  );
});

describe("a client that wants a new account (prompt=create)", () => {
  spec("I6-PROMPT-CREATE", "has the page to sign up come first, also for who is signed in", async () => {
    const server = await aServer(open);
    const client = await server.client({ authMethods: ["client_secret_post"] });
    const { browser } = await login(server, client);
    for (const one of [new ABrowser(server), browser]) {
      const page = await one.open(await url(server, { prompt: "create", login_hint: "new@example.com" }));
      assert.match(page.body, /autocomplete="new-password"/);
      assert.match(page.body, /value="new@example\.com"/);
      const given = { email: "new@example.com", name: "New", password };
      const asked = await one.submit(
        page,
        one === browser ? { ...given, email: "other@example.com" } : given,
      );
      const code = codeTo(server, one === browser ? "other@example.com" : "new@example.com");
      const consent = await one.submit(asked, { code });
      assert.match(consent.url, /\/consent\?/);
      const { url: end } = await one.submit(consent, { decision: "allow" });
      assert.ok(end.startsWith(`${callback}?code=`), end);
    }
    await server.close();
  });

  spec(
    "I6-PROMPT-CREATE",
    "is told of it by the interaction API, and lets who has an account sign in",
    async () => {
      const server = await aServer(open);
      await server.person();
      const signIn = await ASignIn.begin(server, await url(server, { prompt: "create" }));
      assert.equal((await signIn.state()).begin_with, "sign-up");
      const { browser, page } = await begin(server, { prompt: "create" });
      const href = /href="([^"]*way=any)"/.exec(page.body)?.[1] ?? "";
      const ways = await browser.open(href.replaceAll("&amp;", "&"));
      assert.deepEqual(waysOn(ways), all);
      assert.match((await browser.submit(ways, { email: "ada@example.com", password })).url, /\/consent\?/);
      await server.close();
    },
  );

  for (const { given, signIn, mail } of [
    { given: "is closed", signIn: {}, mail: "smtp" },
    { given: "goes by invitation", signIn: { signUp: "invitation" }, mail: "smtp" },
    { given: "is open, and no mail can be sent", signIn: { signUp: "open" }, mail: "none" },
  ] as const) {
    spec("I6-PROMPT-CREATE", `is refused where sign-up ${given}, and no metadata promises it`, async () => {
      const server = await aServer({ mail, settings: { signIn: { ...usual, ...signIn } } });
      const client = await server.client({ authMethods: ["client_secret_post"] });
      const { browser } = await login(server, client);
      const asked = { code_challenge: pkce().challenge, prompt: "create" };
      const { url: end } = await browser.open(authorizationUrl(server, client, asked));
      assert.equal(new URL(end).searchParams.get("error"), "invalid_request");
      assert.equal(server.audit.lastRefusal, "parameter.malformed");
      assert.equal((await promptsOf(server)).includes("create"), false);
      await server.close();
    });
  }

  spec(
    "I6-PROMPT-CREATE",
    "finds it in the metadata where sign-up is open, and not beside prompt=none",
    async () => {
      const server = await aServer(open);
      assert.ok((await promptsOf(server)).includes("create"));
      const { page } = await begin(server, { prompt: "none create" });
      assert.equal(server.audit.lastRefusal, "parameter.malformed");
      assert.doesNotMatch(page.url, /sign-in/);
      await server.close();
    },
  );
});

async function promptsOf(server: AServer): Promise<readonly string[]> {
  const answer = await server.fetchHere(`${server.issuer}/.well-known/openid-configuration`);
  return ((await answer.json()) as { prompt_values_supported: readonly string[] }).prompt_values_supported;
}
