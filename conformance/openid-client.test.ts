import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import * as client from "openid-client";
import { ABrowser } from "../packages/server/src/testing/a-browser.ts";
import {
  type AServer,
  api,
  aServer,
  callback,
  mcp,
  password,
} from "../packages/server/src/testing/a-server.ts";
import { type ADemonstration, aDemonstration } from "./a-demonstration.ts";

const scope = "openid profile email offline_access tools:use";
const signedOut = "https://app.example.com/signed-out";

/** What the library checks beyond its defaults: signatures of ID tokens that came over TLS as well. */
const execute = [client.enableNonRepudiationChecks];

describe("openid-client, against an https issuer", () => {
  let server: AServer;
  before(async () => {
    server = await aServer({ now: Math.floor(Date.now() / 1000) });
    await server.person();
  });
  after(() => server.close());

  const fetchHere: client.CustomFetch = (url, init) => server.fetchHere(url, init as RequestInit);

  async function found(
    about: Parameters<AServer["client"]>[0] = {},
    proof: (secret: string) => client.ClientAuth = () => client.None(),
  ): Promise<client.Configuration> {
    const { id, secret } = await server.client({ postLogoutRedirectUris: [signedOut], ...about });
    const options = { execute, [client.customFetch]: fetchHere };
    return await client.discovery(new URL(server.issuer), id, undefined, proof(secret), options);
  }

  async function signedIn(config: client.Configuration, browser = new ABrowser(server)) {
    const pkceCodeVerifier = client.randomPKCECodeVerifier();
    const expectedState = client.randomState();
    const expectedNonce = client.randomNonce();
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: callback,
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: "S256",
      state: expectedState,
      nonce: expectedNonce,
      max_age: "300",
      resource: mcp,
      scope,
    });
    const answer = await browser.approve(url.href, { email: "ada@example.com", password });
    const checks = { pkceCodeVerifier, expectedState, expectedNonce, maxAge: 300, idTokenExpected: true };
    return await client.authorizationCodeGrant(config, answer, checks);
  }

  it("signs a person in, reads who it is, refreshes and revokes", async () => {
    const config = await found();
    const tokens = await signedIn(config);
    const subject = tokens.claims()?.sub ?? "";
    const person = await client.fetchUserInfo(config, tokens.access_token, subject);
    assert.deepEqual([person.name, person.email, person.email_verified], ["Ada", "ada@example.com", true]);

    const next = await client.refreshTokenGrant(config, tokens.refresh_token ?? "");
    assert.notEqual(next.refresh_token, tokens.refresh_token);
    assert.equal((await client.fetchUserInfo(config, next.access_token, subject)).sub, subject);

    await client.tokenRevocation(config, next.refresh_token ?? "");
    await assert.rejects(
      client.refreshTokenGrant(config, next.refresh_token ?? ""),
      (thrown) => thrown instanceof client.ResponseBodyError && thrown.error === "invalid_grant",
    );
    await assert.rejects(
      client.fetchUserInfo(config, next.access_token, subject),
      (thrown) => thrown instanceof client.WWWAuthenticateChallengeError && thrown.status === 401,
    );
  });

  for (const [method, proof] of [
    ["client_secret_basic", client.ClientSecretBasic],
    ["client_secret_post", client.ClientSecretPost],
  ] as const) {
    it(`gives a machine that authenticates by ${method} a token, and tells it whether tokens stand`, async () => {
      const config = await found(
        {
          authMethods: [method],
          grantTypes: ["client_credentials"],
          scope: ["inference:read"],
          introspects: [api],
        },
        proof,
      );
      const tokens = await client.clientCredentialsGrant(config, { scope: "inference:read", resource: api });
      assert.equal(tokens.scope, "inference:read");
      const facts = await client.tokenIntrospection(config, tokens.access_token);
      assert.deepEqual([facts.active, facts.aud, facts.scope], [true, api, "inference:read"]);
      await client.tokenRevocation(config, tokens.access_token);
      assert.equal((await client.tokenIntrospection(config, tokens.access_token)).active, false);
    });
  }

  it("[CL-16] signs a person out by their ID token and sends them where the client registered", async () => {
    const config = await found();
    const browser = new ABrowser(server);
    const tokens = await signedIn(config, browser);
    const url = client.buildEndSessionUrl(config, {
      id_token_hint: tokens.id_token ?? "",
      post_logout_redirect_uri: signedOut,
      state: "bye",
    });
    assert.equal((await browser.open(url.href)).url, `${signedOut}?state=bye`);
    const again = client.buildAuthorizationUrl(config, {
      redirect_uri: callback,
      code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
      code_challenge_method: "S256",
      scope,
    });
    assert.match((await browser.open(again.href)).url, /\/sign-in/);
  });

  it("registers by itself and signs a person in", async () => {
    const config = await client.dynamicClientRegistration(
      new URL(server.issuer),
      { client_name: "By the book", redirect_uris: [callback], token_endpoint_auth_method: "none" },
      client.None(),
      { execute, [client.customFetch]: fetchHere },
    );
    assert.ok((await signedIn(config)).refresh_token);
  });
});

describe("openid-client, against the demonstration over HTTP", () => {
  let demo: ADemonstration;
  before(async () => {
    demo = await aDemonstration();
  });
  after(() => demo.close());

  it("registers, signs a person in, is let in by the API, refreshes, revokes and is let in no more", async () => {
    const config = await client.dynamicClientRegistration(
      new URL(demo.issuer),
      {
        client_name: "By the book",
        redirect_uris: ["http://127.0.0.1/callback"],
        grant_types: ["authorization_code", "refresh_token"],
      },
      client.None(),
      { execute: [client.allowInsecureRequests, ...execute] },
    );
    const pkceCodeVerifier = client.randomPKCECodeVerifier();
    const expectedState = client.randomState();
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: "http://127.0.0.1:1/callback",
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: "S256",
      state: expectedState,
      resource: demo.apiUrl,
      scope: "openid inference:read",
    });
    const checks = { pkceCodeVerifier, expectedState, idTokenExpected: true };
    const tokens = await client.authorizationCodeGrant(config, await demo.approve(url.href), checks);
    const models = new URL("/v1/models", demo.apiUrl);
    const asked = () => client.fetchProtectedResource(config, next.access_token, models, "GET");
    const next = await client.refreshTokenGrant(config, tokens.refresh_token ?? "");
    assert.equal((await asked()).status, 200);
    await client.tokenRevocation(config, next.refresh_token ?? "");
    await assert.rejects(
      asked(),
      (thrown) => thrown instanceof client.WWWAuthenticateChallengeError && thrown.status === 401,
    );
  });
});
