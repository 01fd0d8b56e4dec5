import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Client } from "../records/client.ts";
import { ABrowser, type Visit } from "../testing/a-browser.ts";
import { authorizationUrl, login, pkce, redeem, refresh } from "../testing/a-login.ts";
import { type AServer, aServer } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

const home = "https://app.example.com/bye";

async function signedIn(
  server: AServer,
  about: Partial<Client> = {},
  scope = "openid tools:use",
  email?: string,
) {
  const client = await server.client({ postLogoutRedirectUris: [home, `${home}?x=1`], ...about });
  const code = await login(server, client, { scope }, email);
  const { body } = await redeem(server, client, code);
  return {
    client,
    browser: code.browser,
    idToken: body.id_token as string,
    refreshToken: body.refresh_token as string,
  };
}

function endSession(browser: ABrowser, asked: Readonly<Record<string, string>>): Promise<Visit> {
  return browser.open(`/end-session?${new URLSearchParams(asked)}`);
}

async function isSignedIn(server: AServer, browser: ABrowser): Promise<boolean> {
  const asked = { code_challenge: pkce().challenge, prompt: "consent" };
  const visit = await browser.open(authorizationUrl(server, await server.client(), asked));
  return visit.url.includes("/consent?");
}

describe("signing out", () => {
  for (const state of [undefined, "s 1&x=\u2713", "a\r\nSet-Cookie: b=c"]) {
    spec(
      "OIDC-02",
      `happens at once with the ID token of the session, state ${JSON.stringify(state)}`,
      async (t) => {
        const server = await aServer();
        t.after(() => server.close());
        const { browser, idToken } = await signedIn(server);
        // The hint outlives its token: it says who means whom, no more.
        server.clock.advance(3_600);
        const asked = { id_token_hint: idToken, post_logout_redirect_uri: home, ...(state ? { state } : {}) };
        const end = new URL((await endSession(browser, asked)).url);
        assert.equal(`${end.origin}${end.pathname}`, home);
        assert.deepEqual([...end.searchParams], state === undefined ? [] : [["state", state]]);
        assert.equal(browser.cookies.has("__Host-valetkey-session"), false);
        assert.equal(await isSignedIn(server, browser), false);
      },
    );
  }

  spec("OIDC-02", "ends the session itself, not the cookie alone", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const { browser, idToken } = await signedIn(server);
    const copy = new ABrowser(server);
    for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
    await endSession(browser, { id_token_hint: idToken });
    assert.equal(await isSignedIn(server, copy), false);
  });

  for (const { given, asked } of [
    { given: "nothing", asked: async () => ({}) },
    { given: "a client alone", asked: async (scene: Scene) => ({ client_id: scene.client.id }) },
    { given: "a hint that nobody signed", asked: async () => ({ id_token_hint: "e30.e30." }) },
    {
      given: "the hint of another person's session",
      asked: async (scene: Scene) => ({ id_token_hint: scene.bobsToken }),
    },
    {
      given: "the hint of another session of the person",
      asked: async (scene: Scene) => ({ id_token_hint: scene.otherToken }),
    },
    {
      given: "an access token as hint",
      asked: async (scene: Scene) => ({ id_token_hint: scene.accessToken }),
    },
    { given: "a decision but no token", asked: async () => ({ decision: "sign_out" }) },
  ]) {
    spec("OIDC-02", `is asked about with ${given}, and the person may stay`, async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      const { browser, client } = await signedIn(server);
      const bobsToken = (await signedIn(server, {}, "openid", "bob@example.com")).idToken;
      const second = await signedIn(server, {}, "openid tools:use");
      const code = await login(server, client, { scope: "openid tools:use" });
      const accessToken = (await redeem(server, client, code)).body.access_token;
      const page = await endSession(
        browser,
        await asked({ client, bobsToken, otherToken: second.idToken, accessToken }),
      );
      assert.match(page.body, /Sign out\?/);
      await browser.submit(page, { decision: "stay" });
      assert.equal(await isSignedIn(server, browser), true);
      const end = await browser.submit(page, { decision: "sign_out" });
      assert.deepEqual([end.status, /Signed out|signed out/.test(end.body)], [200, true]);
      assert.equal(await isSignedIn(server, browser), false);
    });
  }

  spec("OIDC-02", "returns to the app after the page, with its state", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const { browser, client } = await signedIn(server);
    const page = await endSession(browser, {
      client_id: client.id,
      post_logout_redirect_uri: `${home}?x=1`,
      state: "s",
    });
    assert.doesNotMatch(page.headers.get("content-security-policy") ?? "", /form-action/);
    assert.equal((await browser.submit(page, { decision: "sign_out" })).url, `${home}?x=1&state=s`);
  });

  for (const { given, asked, about, refusal } of [
    {
      given: "another address",
      asked: { post_logout_redirect_uri: `${home}/evil` },
      refusal: "logout.redirect-uri",
    },
    {
      given: "an added query",
      asked: { post_logout_redirect_uri: `${home}?y=1` },
      refusal: "logout.redirect-uri",
    },
    {
      given: "a slash too many",
      asked: { post_logout_redirect_uri: `${home}/` },
      refusal: "logout.redirect-uri",
    },
    {
      given: "another case",
      asked: { post_logout_redirect_uri: "https://APP.example.com/bye" },
      refusal: "logout.redirect-uri",
    },
    {
      given: "a line break",
      asked: { post_logout_redirect_uri: `${home}\r\nX: y` },
      refusal: "logout.redirect-uri",
    },
    {
      given: "the redirect of the sign-in",
      asked: { post_logout_redirect_uri: "https://app.example.com/callback" },
      refusal: "logout.redirect-uri",
    },
    {
      given: "a script",
      asked: { post_logout_redirect_uri: "javascript:alert(1)" },
      refusal: "logout.redirect-uri",
    },
    {
      given: "no client",
      asked: { post_logout_redirect_uri: home, client_id: "" },
      refusal: "logout.redirect-uri",
    },
    {
      given: "an unknown client",
      asked: { post_logout_redirect_uri: home, client_id: "client_x" },
      refusal: "client.unknown",
    },
    {
      given: "a client that is switched off",
      asked: { post_logout_redirect_uri: home },
      about: { disabledAt: 1 },
      refusal: "client.disabled",
    },
  ] as readonly {
    given: string;
    asked: Readonly<Record<string, string>>;
    about?: Partial<Client>;
    refusal: string;
  }[]) {
    spec(["OIDC-02", "BCP-01"], `goes nowhere with ${given}`, async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      const { browser, client } = await signedIn(server);
      if (about) await server.store.clients.replace({ ...client, ...about });
      for (const visitor of [browser, new ABrowser(server)]) {
        const visit = await endSession(visitor, { client_id: client.id, ...asked });
        assert.deepEqual([visit.status, server.audit.lastRefusal], [400, refusal]);
      }
      assert.equal(await isSignedIn(server, browser), true);
    });
  }

  spec("OIDC-02", "refuses a hint of one client beside the name of another", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const { browser, idToken } = await signedIn(server);
    const other = await server.client();
    const visit = await endSession(browser, { id_token_hint: idToken, client_id: other.id });
    assert.deepEqual([visit.status, server.audit.lastRefusal], [400, "logout.redirect-uri"]);
  });

  for (const { kind, leaves } of [
    { kind: "registered", leaves: true },
    { kind: "self-registered", leaves: false },
  ] as const) {
    spec(
      ["BCP-01", "OIDC-02"],
      `of nobody ${leaves ? "follows" : "does not follow"} the address of a ${kind} client`,
      async (t) => {
        const server = await aServer();
        t.after(() => server.close());
        const { client, idToken } = await signedIn(server, { kind });
        for (const hint of [{}, { id_token_hint: idToken }]) {
          const asked = { client_id: client.id, post_logout_redirect_uri: home, ...hint };
          const visit = await endSession(new ABrowser(server), asked);
          assert.equal(visit.url === home, leaves);
          assert.equal(visit.status, leaves ? 0 : 200);
        }
      },
    );
  }

  it("by a form of another site, which brings no cookie, becomes the GET that does", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const { browser, idToken } = await signedIn(server);
    const response = await server.fetchHere(`${server.issuer}/end-session`, {
      method: "POST",
      headers: { origin: "https://app.example.com", "sec-fetch-site": "cross-site" },
      body: new URLSearchParams({ id_token_hint: idToken, post_logout_redirect_uri: home, state: "\u2713" }),
    });
    assert.equal(response.status, 303);
    const end = await browser.open(response.headers.get("location") ?? "");
    assert.equal(end.url, `${home}?state=%E2%9C%93`);
    assert.equal(await isSignedIn(server, browser), false);
  });

  it("ends what the client began in this session, and nothing that the person let in for longer", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const { client, browser, idToken, refreshToken } = await signedIn(server);
    const more = async (asked: Readonly<Record<string, string>>, app = client) => {
      const { verifier, challenge } = pkce();
      const url = authorizationUrl(server, app, { code_challenge: challenge, ...asked });
      const code = (await browser.approve(url, { email: "", password: "" })).searchParams.get("code") ?? "";
      return (await redeem(server, app, { code, verifier })).body.refresh_token as string;
    };
    const lasting = await more({ scope: "openid tools:use offline_access" });
    const otherApp = await server.client();
    const other = await more({ scope: "tools:use" }, otherApp);
    const elsewhere = await login(server, client, { scope: "openid tools:use" });
    const device = (await redeem(server, client, elsewhere)).body.refresh_token;

    await endSession(browser, { id_token_hint: idToken });
    assert.equal((await refresh(server, client, refreshToken)).body.error, "invalid_grant");
    assert.equal(server.audit.lastRefusal, "refresh.ended");
    assert.equal((await refresh(server, client, lasting)).status, 200);
    assert.equal((await refresh(server, otherApp, other)).status, 200);
    assert.equal((await refresh(server, client, device)).status, 200);
  });
});

interface Scene {
  readonly client: Client;
  readonly bobsToken: string;
  readonly otherToken: string;
  readonly accessToken: string;
}
