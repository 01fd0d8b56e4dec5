import assert from "node:assert/strict";
import { describe } from "node:test";
import type { Client } from "../records/client.ts";
import { ABrowser } from "../testing/a-browser.ts";
import { authorizationUrl, login, pkce, redeem } from "../testing/a-login.ts";
import { type AServer, aServer, password } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

type Asked = Readonly<Record<string, string>>;

const ada = { email: "ada@example.com", password };

function urlOf(server: AServer, client: Pick<Client, "id">, asked: Asked): string {
  return authorizationUrl(server, client, { code_challenge: pkce().challenge, scope: "openid", ...asked });
}

async function idTokenOf(server: AServer, client: Client & { secret: string }, asked: Asked = {}) {
  const code = await login(server, client, { scope: "openid", ...asked });
  const { body } = await redeem(server, client, code);
  const claims = JSON.parse(Buffer.from(body.id_token.split(".")[1] ?? "", "base64url").toString("utf8"));
  return { browser: code.browser, idToken: body.id_token as string, claims };
}

describe("an OpenID Connect request", () => {
  spec("OIDC-01", "is answered with its nonce, its client and the time of the sign-in", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const client = await server.client();
    const { claims } = await idTokenOf(server, client, { nonce: "n-0S6_\u2713", max_age: "60" });
    assert.deepEqual(
      [claims.iss, claims.aud, claims.nonce, claims.auth_time, claims.amr],
      [server.issuer, client.id, "n-0S6_\u2713", server.clock.now(), ["pwd"]],
    );
    assert.equal("nonce" in (await idTokenOf(server, client)).claims, false);
  });

  for (const { given, asked, wait, asks } of [
    { given: "prompt=login", asked: { prompt: "login" }, wait: 0, asks: "sign-in" },
    { given: "prompt=select_account", asked: { prompt: "select_account" }, wait: 0, asks: "sign-in" },
    { given: "prompt=consent", asked: { prompt: "consent" }, wait: 0, asks: "consent" },
    { given: "prompt=login consent", asked: { prompt: "login consent" }, wait: 0, asks: "sign-in" },
    { given: "max_age=0", asked: { max_age: "0" }, wait: 0, asks: "sign-in" },
    { given: "max_age, older", asked: { max_age: "60" }, wait: 61, asks: "sign-in" },
    { given: "max_age, just within", asked: { max_age: "60" }, wait: 60, asks: undefined },
    { given: "no prompt", asked: {}, wait: 3_600, asks: undefined },
    { given: "the end of the session", asked: {}, wait: 43_200, asks: "sign-in" },
  ] as readonly { given: string; asked: Asked; wait: number; asks: string | undefined }[]) {
    spec("OIDC-01", `shows ${asks ?? "no page"} for ${given}, and then answers`, async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      const client = await server.client();
      const { browser } = await idTokenOf(server, client);
      server.clock.advance(wait);
      const visit = await browser.open(urlOf(server, client, asked));
      if (asks === undefined) assert.equal(visit.status, 0);
      else assert.match(visit.url, new RegExp(`/${asks}\\?`));

      // The page that was asked for is enough: nobody is sent round in a circle.
      const answer = asks === undefined ? new URL(visit.url) : await browser.approve(visit.url, ada);
      assert.ok(answer.searchParams.get("code"), answer.href);
      // With a person who signs in anew, the ID token says when.
      const silent = asks === "sign-in" ? { prompt: "none", max_age: "1" } : { prompt: "none" };
      const again = new URL((await browser.open(urlOf(server, client, silent))).url);
      assert.ok(again.searchParams.get("code"), again.href);
    });
  }

  for (const { given, about, asked, signedIn, wait, error, refusal } of [
    {
      given: "nobody is signed in",
      about: {},
      asked: {},
      signedIn: false,
      wait: 0,
      error: "login_required",
      refusal: "login.required",
    },
    {
      given: "the sign-in is too old",
      about: {},
      asked: { max_age: "60" },
      signedIn: true,
      wait: 61,
      error: "login_required",
      refusal: "login.required",
    },
    {
      given: "max_age is 0",
      about: {},
      asked: { max_age: "0" },
      signedIn: true,
      wait: 0,
      error: "login_required",
      refusal: "login.required",
    },
    {
      given: "more is asked than was granted",
      about: {},
      asked: { scope: "openid notes:write" },
      signedIn: true,
      wait: 0,
      error: "consent_required",
      refusal: "consent.required",
    },
    {
      given: "the client is not proven",
      about: { kind: "self-registered" },
      asked: {},
      signedIn: true,
      wait: 0,
      error: "consent_required",
      refusal: "consent.required",
    },
    {
      given: "the session ended",
      about: {},
      asked: {},
      signedIn: true,
      wait: 43_200,
      error: "login_required",
      refusal: "login.required",
    },
  ] as readonly {
    given: string;
    about: Partial<Client>;
    asked: Asked;
    signedIn: boolean;
    wait: number;
    error: string;
    refusal: string;
  }[]) {
    spec(["OIDC-01", "O21-AS-32"], `answers prompt=none with ${error} where ${given}`, async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      const client = await server.client(about);
      const visitor = (await idTokenOf(server, client)).browser;
      const browser = signedIn ? visitor : new ABrowser(server);
      server.clock.advance(wait);
      const visit = await browser.open(urlOf(server, client, { ...asked, prompt: "none" }));
      const answer = new URL(visit.url).searchParams;
      assert.deepEqual([visit.status, answer.get("error"), answer.get("iss")], [0, error, server.issuer]);
      assert.equal(server.audit.lastRefusal, refusal);
    });
  }

  spec(["OIDC-01", "CL-16"], "with the hint of the person who is signed in needs no page", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const client = await server.client();
    const { browser, idToken } = await idTokenOf(server, client);
    server.clock.advance(7_200);
    const visit = await browser.open(urlOf(server, client, { id_token_hint: idToken, prompt: "none" }));
    assert.ok(new URL(visit.url).searchParams.get("code"));
  });

  spec(["OIDC-01", "CL-16"], "with the hint of somebody else is answered for nobody but them", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const client = await server.client();
    const { idToken } = await idTokenOf(server, client);
    const { browser } = await login(server, client, { scope: "openid" }, "bob@example.com");
    const hinted = (asked: Asked) => urlOf(server, client, { id_token_hint: idToken, ...asked });

    const silent = new URL((await browser.open(hinted({ prompt: "none" }))).url);
    assert.equal(silent.searchParams.get("error"), "login_required");

    // Bob signs in once more on the page that waits for Ada.
    server.clock.advance(1);
    const page = await browser.open(hinted({}));
    assert.match(page.url, /\/sign-in\?/);
    const bob = await browser.submit(page, { email: "bob@example.com", password });
    assert.equal(new URL(bob.url).searchParams.get("error"), "login_required");
    assert.equal(server.audit.lastRefusal, "login.other");

    server.clock.advance(1);
    assert.ok((await browser.approve(hinted({}), ada)).searchParams.get("code"));
  });

  spec(
    ["OIDC-01", "O21-AS-39"],
    "takes a hint that nobody signed for no hint, and for nobody where no page may be shown",
    async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      const client = await server.client();
      const { browser, idToken } = await idTokenOf(server, client);
      for (const hint of ["x", "e30.e30.", `${idToken.slice(0, -4)}AAAA`]) {
        const visit = await browser.open(urlOf(server, client, { id_token_hint: hint }));
        assert.ok(new URL(visit.url).searchParams.get("code"), hint);
        // Without a page nobody can say that they are whom the app means.
        const silent = await browser.open(urlOf(server, client, { id_token_hint: hint, prompt: "none" }));
        assert.equal(new URL(silent.url).searchParams.get("error"), "login_required", hint);
      }
    },
  );

  spec("OIDC-01", "puts the login hint into the page, as text", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const client = await server.client();
    const hint = '"><script>alert(1)</script>\r\nX: y';
    const visit = await new ABrowser(server).open(urlOf(server, client, { login_hint: hint }));
    assert.match(visit.body, /value="&quot;&gt;&lt;script&gt;/);
    // The page's own script has an address; one that was brought along would have text.
    assert.doesNotMatch(visit.body, /<script>|alert\(1\)<\/script/);
  });
});
