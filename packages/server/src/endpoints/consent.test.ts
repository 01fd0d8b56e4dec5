import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Client } from "../records/client.ts";
import { ABrowser, formOf, type Visit } from "../testing/a-browser.ts";
import { authorizationUrl, login, pkce, post, redeem } from "../testing/a-login.ts";
import {
  type AServer,
  api,
  aResource,
  aServer,
  callback,
  issuer,
  mcp,
  password,
} from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

type Asked = Readonly<Record<string, string | readonly string[] | undefined>>;

const wide = { scope: "openid tools:use notes:write" };

/** A person in front of the consent page of a client. */
async function atConsent(
  server: AServer,
  client: Pick<Client, "id">,
  asked: Asked = wide,
  email = "ada@example.com",
) {
  if (!(await server.store.accounts.findByEmail(email))) await server.person({ email });
  const { verifier, challenge } = pkce();
  const browser = new ABrowser(server);
  const url = authorizationUrl(server, client, { code_challenge: challenge, ...asked });
  const page = await browser.submit(await browser.open(url), { email, password });
  assert.match(page.url, /\/consent\?/, page.body);
  return { browser, page, verifier };
}

async function scopeOf(server: AServer, client: Pick<Client, "id">, visit: Visit, verifier: string) {
  const code = new URL(visit.url).searchParams.get("code") ?? "";
  return (await redeem(server, client, { code, verifier })).body.scope;
}

describe("the consent form", () => {
  for (const { given, ticked, scope } of [
    { given: "all", ticked: ["openid", "tools:use", "notes:write"], scope: "tools:use notes:write openid" },
    { given: "one", ticked: ["openid", "notes:write"], scope: "notes:write openid" },
    { given: "one, without openid, which is no choice", ticked: ["tools:use"], scope: "tools:use openid" },
    { given: "none", ticked: [], scope: "openid" },
    {
      given: "one that was not asked",
      ticked: ["tools:use", "email", "offline_access"],
      scope: "tools:use openid",
    },
    { given: "one of another resource", ticked: ["tools:use", "inference:read"], scope: "tools:use openid" },
    {
      given: "one that does not exist",
      ticked: ["tools:use", "*", "admin", "__proto__"],
      scope: "tools:use openid",
    },
    { given: "one twice", ticked: ["tools:use", "tools:use"], scope: "tools:use openid" },
    { given: "two in one box", ticked: ["tools:use notes:write"], scope: "openid" },
  ]) {
    spec(
      ["I2-CONSENT", "MCP-AS-27", "O21-AS-02"],
      `grants what is ticked and was offered: ${given}`,
      async (t) => {
        const server = await aServer();
        t.after(() => server.close());
        const client = await server.client();
        const { browser, page, verifier } = await atConsent(server, client);
        const end = await browser.submit(page, { decision: "allow", scope: ticked });
        assert.equal(await scopeOf(server, client, end, verifier), scope);
      },
    );
  }

  for (const { given, form } of [
    { given: "decision=deny", form: { decision: "deny" } },
    { given: "no decision", form: {} },
    { given: "a decision that is none", form: { decision: "ALLOW" } },
    { given: "nothing ticked and no identity", form: { decision: "allow", scope: [] } },
  ]) {
    it(`tells the client access_denied for ${given}, and keeps no grant`, async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      const client = await server.client({ kind: "self-registered" });
      const { browser, page } = await atConsent(server, client, { scope: "tools:use" });
      const answer = new URL((await browser.submit(page, form)).url);
      assert.deepEqual([...answer.searchParams.keys()], ["error", "error_description", "state", "iss"]);
      assert.equal(answer.searchParams.get("error"), "access_denied");
      assert.equal(server.audit.lastRefusal, "consent.denied");
      assert.equal(server.audit.events.at(-1)?.what, "consent.denied");
      const ada = await server.store.accounts.findByEmail("ada@example.com");
      assert.deepEqual(await server.store.grants.listOf(ada?.id ?? ""), []);
      // The page is spent: a second thought starts at the app.
      assert.equal((await browser.submit(page, { decision: "allow" })).status, 400);
    });
  }

  it("earns one code, however often it is sent at once", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const { browser, page } = await atConsent(server, await server.client());
    const all = await Promise.all(
      Array.from({ length: 20 }, () => browser.submit(page, { decision: "allow" })),
    );
    assert.equal(all.filter(({ url }) => url.includes("code=")).length, 1);
    assert.equal(all.filter(({ status }) => status === 400).length, 19);
    assert.equal(server.audit.lastRefusal, "interaction.unknown");
  });

  spec(["BCP-14", "O21-AS-34"], "answers with 303, which no browser repeats the form for", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const { browser, page } = await atConsent(server, await server.client());
    const { fields } = formOf(page);
    const response = await server.fetchHere(`${server.issuer}/consent`, {
      method: "POST",
      body: new URLSearchParams([...fields].map(([name, [value = ""]]) => [name, value] as [string, string])),
      headers: { cookie: [...browser.cookies].map((pair) => pair.join("=")).join("; ") },
    });
    assert.equal(response.status, 303);
  });

  for (const { given, spoil, refusal } of [
    {
      given: "another browser",
      spoil: async ({ other, page }: Scene) => other.submit(page, { decision: "allow" }),
      refusal: "interaction.unknown",
    },
    {
      given: "a browser without cookies",
      spoil: async ({ server, page }: Scene) => new ABrowser(server).submit(page, { decision: "allow" }),
      refusal: "interaction.unknown",
    },
    {
      given: "another browser with its own token",
      spoil: async ({ other, otherPage, page }: Scene) =>
        other.submit(page, { decision: "allow", form_token: tokenOf(otherPage) }),
      refusal: "interaction.unknown",
    },
    {
      given: "the session of another person",
      spoil: async ({ browser, other, page }: Scene) => {
        const name = "__Host-valetkey-session";
        browser.cookies.set(name, other.cookies.get(name) ?? "");
        return browser.submit(page, { decision: "allow" });
      },
      refusal: "request.form-token",
    },
    {
      given: "no token",
      spoil: async ({ browser, page }: Scene) => browser.submit(page, { decision: "allow", form_token: "" }),
      refusal: "request.form-token",
    },
    {
      given: "the token of another page",
      spoil: async ({ browser, page, signInToken }: Scene) =>
        browser.submit(page, { decision: "allow", form_token: signInToken }),
      refusal: "request.form-token",
    },
  ]) {
    spec("I2-CSRF", `is worth nothing with ${given}`, async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      const client = await server.client();
      const { browser, page } = await atConsent(server, client);
      const bob = await atConsent(server, client, wide, "bob@example.com");
      const signInToken = tokenOf(await browser.open(page.url.replace("/consent", "/sign-in")));
      const scene = { server, browser, page, other: bob.browser, otherPage: bob.page, signInToken };
      const answer = await spoil(scene);
      assert.deepEqual([answer.status, server.audit.lastRefusal], [400, refusal]);
      for (const account of await server.store.accounts.list()) {
        assert.deepEqual(await server.store.grants.listOf(account.id), []);
      }
    });
  }

  it("waits for the lifetime of an interaction and no longer", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const { browser, page } = await atConsent(server, await server.client());
    server.clock.advance(1_800);
    const answer = await browser.submit(page, { decision: "allow" });
    assert.deepEqual([answer.status, server.audit.lastRefusal], [400, "interaction.expired"]);
    // It is nobody's fault, so its author is told nothing.
    assert.match(answer.body, /This page waited too long\./);
    assert.doesNotMatch(answer.body, /For the author of the app/);
    assert.equal((await browser.open(page.url)).status, 400);
  });

  it("judges anew: a role that is gone, a client that is off, an account that is off", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const ada = await server.person({ roles: ["trainer"] });
    const client = await server.client();
    const asked = { resource: api, scope: "inference:read training:write" };
    const first = await atConsent(server, client, asked);
    await server.store.accounts.setRoles(ada.id, []);
    const anew = await first.browser.submit(first.page, { decision: "allow" });
    const narrowed = await first.browser.submit(anew, { decision: "allow" });
    assert.equal(await scopeOf(server, client, narrowed, first.verifier), "inference:read");

    const second = await atConsent(server, client, { ...asked, prompt: "consent" });
    await server.store.clients.replace({ ...client, disabledAt: server.clock.now() });
    assert.equal((await second.browser.submit(second.page, { decision: "allow" })).status, 400);
    assert.equal(server.audit.lastRefusal, "client.disabled");
    await server.store.clients.replace({ ...client, disabledAt: null });

    const third = await atConsent(server, client, { ...asked, prompt: "consent" });
    await server.store.accounts.setDisabled(ada.id, server.clock.now());
    assert.match((await third.browser.submit(third.page, { decision: "allow" })).url, /\/sign-in\?/);
  });

  spec("MCP-AS-23", "keeps scopes of one name at two resources apart", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const [one, two] = ["https://one.example.com", "https://two.example.com"] as const;
    for (const identifier of [one, two]) {
      const read = { name: "read", sentence: `Read at ${identifier}`, risk: "low", for: ["people"] } as const;
      await server.store.resources.add(aResource({ identifier, scopes: [read] }));
    }
    const allows = [one, two].map((resource) => ({ resource, scope: "read" }));
    await server.store.roles.put({ name: "everyone", description: "", allows });
    const client = await server.client();
    const { browser, page, verifier } = await atConsent(server, client, {
      resource: [one, two],
      scope: "read",
    });
    const groups = [...page.body.matchAll(/<div class="at" role="group"[\s\S]*?<bdi>(https:[^<]*)</g)];
    assert.deepEqual(
      groups.map(([, address]) => address),
      [one, two],
    );
    assert.deepEqual(formOf(page).fields.get("scope"), [`read ${one}`, `read ${two}`]);
    const end = await browser.submit(page, { decision: "allow", scope: [`read ${two}`] });
    const code = new URL(end.url).searchParams.get("code") ?? "";
    const form = { grant_type: "authorization_code", client_id: client.id, code, code_verifier: verifier };
    assert.equal((await post(server, "/token", { ...form, resource: one })).body.error, "invalid_target");
    assert.equal((await post(server, "/token", { ...form, resource: two })).body.scope, "read");
  });
});

interface Scene {
  readonly server: AServer;
  readonly browser: ABrowser;
  readonly page: Visit;
  readonly other: ABrowser;
  readonly otherPage: Visit;
  readonly signInToken: string;
}

function tokenOf(page: Visit): string {
  return formOf(page).fields.get("form_token")?.[0] ?? "";
}

describe("an earlier consent", () => {
  for (const { given, about, redirectUri, remembered } of [
    {
      given: "a registered client with a secret",
      about: { authMethods: ["client_secret_basic"] },
      remembered: true,
    },
    { given: "a registered public client on https", about: {}, remembered: true },
    {
      given: "a registered public client on loopback",
      about: { redirectUris: ["http://127.0.0.1/cb"] },
      redirectUri: "http://127.0.0.1:4000/cb",
      remembered: false,
    },
    {
      given: "a registered client that may prove itself, but need not, on loopback",
      about: { authMethods: ["none", "private_key_jwt"], redirectUris: ["http://127.0.0.1/cb"] },
      redirectUri: "http://127.0.0.1:4000/cb",
      remembered: false,
    },
    {
      given: "a registered public client with an app scheme",
      about: { redirectUris: ["cursor://anysphere.cursor-mcp/oauth/callback"] },
      redirectUri: "cursor://anysphere.cursor-mcp/oauth/callback",
      remembered: false,
    },
    { given: "a self-registered client", about: { kind: "self-registered" }, remembered: false },
  ] as readonly { given: string; about: Partial<Client>; redirectUri?: string; remembered: boolean }[]) {
    spec(
      ["O21-AS-32", "I2-CONSENT"],
      `${remembered ? "counts" : "does not count"} for ${given}`,
      async (t) => {
        const server = await aServer();
        t.after(() => server.close());
        const client = await server.client(about);
        const asked = { redirect_uri: redirectUri ?? callback, code_challenge: pkce().challenge };
        const { browser } = await login(server, client, asked);
        const again = await browser.open(authorizationUrl(server, client, asked));
        if (remembered) assert.ok(new URL(again.url).searchParams.get("code"));
        else assert.match(again.url, /\/consent\?/);
        const words = remembered ? /You already allow|not asked again/ : /you are asked again next time/;
        const page = await browser.open(authorizationUrl(server, client, { ...asked, prompt: "consent" }));
        assert.match(page.body, words);
      },
    );
  }

  for (const [redirectUri, remembered] of [
    ["https://apps.example.org/callback", true],
    ["http://localhost:3118/callback", false],
  ] as const) {
    spec(
      "O21-AS-32",
      `${remembered ? "counts" : "does not count"} for a document's client at ${redirectUri}`,
      async (t) => {
        const redirect_uris = ["https://apps.example.org/callback", "http://localhost/callback"];
        const fetchJson = async (url: string) => {
          const json = { client_id: url, client_name: "Apps", redirect_uris };
          return { status: "ok", json, bytes: 200, freshFor: 300, etag: undefined } as const;
        };
        const server = await aServer({ outbound: { fetchJson } });
        t.after(() => server.close());
        const client = { id: "https://apps.example.org/oauth/client.json" };
        const asked = { redirect_uri: redirectUri, code_challenge: pkce().challenge };
        const { browser } = await login(server, client, asked);
        const again = await browser.open(authorizationUrl(server, client, asked));
        assert.equal(again.url.startsWith(`${redirectUri}?code=`), remembered);
        assert.equal(again.url.includes("/consent?"), !remembered);
      },
    );
  }

  spec("O21-AS-32", "does not count where more is asked, or another resource", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const client = await server.client();
    const { browser } = await login(server, client, { scope: "tools:use" });
    for (const asked of [
      { scope: "tools:use notes:write" },
      { scope: "openid tools:use" },
      { scope: "inference:read", resource: api },
      { scope: "tools:use inference:read", resource: [mcp, api] },
    ]) {
      const visit = await browser.open(
        authorizationUrl(server, client, { code_challenge: pkce().challenge, ...asked }),
      );
      assert.match(visit.url, /\/consent\?/);
    }
  });

  spec(
    "O21-AS-32",
    "does not count for what the person unticked, for another person, or once it is withdrawn",
    async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      const client = await server.client();
      const { browser, page } = await atConsent(server, client);
      await browser.submit(page, { decision: "allow", scope: ["openid", "tools:use"] });
      const ask = (asked: Asked) =>
        browser.open(authorizationUrl(server, client, { code_challenge: pkce().challenge, ...asked }));
      assert.match((await ask(wide)).url, /\/consent\?/);
      assert.match((await ask({ scope: "openid tools:use" })).url, /code=/);

      await atConsent(server, client, { scope: "tools:use" }, "bob@example.com");

      const ada = await server.store.accounts.findByEmail("ada@example.com");
      const [grant] = await server.store.grants.listOf(ada?.id ?? "");
      await server.store.grants.end(grant?.id ?? 0, server.clock.now());
      assert.match((await ask({ scope: "openid tools:use" })).url, /\/consent\?/);
    },
  );

  // Nothing asked is nothing less to ask for: who the person is, is itself an answer.
  spec(
    ["O21-AS-32", "I2-CONSENT"],
    "is needed once for a request that asks for no scope at all",
    async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      const client = await server.client();
      const { browser } = await login(server, await server.client());
      const ask = (asked: Asked = {}) =>
        browser.open(
          authorizationUrl(server, client, {
            resource: issuer,
            code_challenge: pkce().challenge,
            ...asked,
          }),
        );
      const silent = await ask({ prompt: "none" });
      assert.equal(new URL(silent.url).searchParams.get("error"), "consent_required");
      const page = await ask();
      assert.match(page.url, /\/consent\?/);
      assert.match((await browser.submit(page, { decision: "deny" })).url, /error=access_denied/);
      assert.match((await browser.submit(await ask(), { decision: "allow" })).url, /code=/);
      assert.match((await ask({ prompt: "none" })).url, /code=/);
    },
  );
});
