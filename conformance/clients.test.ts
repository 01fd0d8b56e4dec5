import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { decodeJwt, SignJWT } from "jose";
import type { Outbound } from "../packages/server/src/ports/outbound.ts";
import { ABrowser } from "../packages/server/src/testing/a-browser.ts";
import { authorizationUrl, login, post, refresh } from "../packages/server/src/testing/a-login.ts";
import { type AServer, api, aServer, mcp } from "../packages/server/src/testing/a-server.ts";
import { type RealClient, realClients, resourceIf } from "./real-clients.ts";

const chatgptKeys = generateKeyPairSync("rsa", { modulusLength: 2048 });
const served = new Map<string, unknown>([
  [
    "https://chatgpt.com/oauth/jwks.json",
    { keys: [{ ...chatgptKeys.publicKey.export({ format: "jwk" }), kid: "1", alg: "RS256", use: "sig" }] },
  ],
  ...realClients.flatMap(({ documentUrl, metadata }): [string, unknown][] =>
    documentUrl ? [[documentUrl, { client_id: documentUrl, ...metadata }]] : [],
  ),
]);
const outbound: Outbound = {
  fetchJson: async (url) =>
    served.has(url)
      ? { status: "ok", json: served.get(url), bytes: 500, freshFor: 300, etag: undefined }
      : { status: "refused", reason: "status", fact: "404" },
};

describe("the clients of today", () => {
  let server: AServer;
  before(async () => {
    server = await aServer({ outbound, settings: { defaultResource: mcp } });
    await server.person();
  });
  after(() => server.close());

  async function register(metadata: unknown): Promise<Response> {
    return await server.fetchHere(`${server.issuer}/register`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(metadata),
    });
  }

  async function known(client: RealClient): Promise<{ id: string }> {
    if (client.documentUrl) return { id: client.documentUrl };
    const response = await register(client.metadata);
    const answer = (await response.json()) as Record<string, unknown>;
    assert.equal(response.status, 201, JSON.stringify(answer));
    return { id: String(answer.client_id) };
  }

  const asked = ({ redirectUri, authorize = {}, sendsResource }: RealClient) => ({
    redirect_uri: redirectUri,
    ...resourceIf(sendsResource.authorize),
    ...authorize,
  });

  async function signedIn(client: RealClient) {
    const { id } = await known(client);
    const { answer, code, verifier, browser } = await login(server, { id }, asked(client));
    const tokens = await post(server, "/token", {
      grant_type: "authorization_code",
      client_id: id,
      code,
      code_verifier: verifier,
      redirect_uri: client.redirectUri,
      ...resourceIf(client.sendsResource.token),
    });
    assert.equal(tokens.status, 200, `${JSON.stringify(tokens.body)} ${server.audit.lastRefusal}`);
    return { id, answer, browser, tokens };
  }

  const claude = realClients[0];
  const chatgpt = realClients.find(({ name }) => name.startsWith("ChatGPT, by its document"));
  assert.ok(claude && chatgpt);

  for (const client of realClients) {
    it(`[CL-02 CL-05 CL-13 P-7] signs a person in for ${client.name}`, async () => {
      const { answer, tokens } = await signedIn(client);
      assert.ok(answer.href.startsWith(`${client.redirectUri}?`), answer.href);
      assert.equal(answer.searchParams.get("iss"), server.issuer);
      assert.equal(tokens.headers.get("cache-control"), "no-store");
      assert.equal(decodeJwt(tokens.body.access_token).aud, mcp);
      assert.ok(tokens.body.refresh_token, "it stays connected");
    });

    it(`[CL-07 CL-08] refreshes at once for ${client.name}, and says when that is over`, async () => {
      const { id, tokens } = await signedIn(client);
      server.clock.advance(1);
      const sent = resourceIf(client.sendsResource.refresh);
      const next = await refresh(server, { id }, tokens.body.refresh_token, sent);
      assert.equal(next.status, 200, `${JSON.stringify(next.body)} ${server.audit.lastRefusal}`);
      assert.equal(decodeJwt(next.body.access_token).aud, mcp);
      const revoked = await post(server, "/revoke", { client_id: id, token: next.body.refresh_token });
      assert.equal(revoked.status, 200);
      const dead = await refresh(server, { id }, next.body.refresh_token, sent);
      assert.deepEqual([dead.status, dead.body.error], [400, "invalid_grant"]);
    });

    it(`[CL-02] sends ${client.name} an error with iss`, async () => {
      const { id } = await known(client);
      const challenge = { code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM" };
      const { browser } = await login(server, { id }, asked(client));
      const url = authorizationUrl(server, { id }, { ...asked(client), ...challenge, scope: "bogus" });
      const answer = new URL((await browser.open(url)).url);
      assert.ok(answer.href.startsWith(`${client.redirectUri}?`), answer.href);
      assert.deepEqual(
        ["error", "iss", "state"].map((name) => answer.searchParams.get(name)),
        ["invalid_scope", server.issuer, "state-1"],
      );
    });
  }

  for (const client of realClients.filter(({ documentUrl }) => !documentUrl)) {
    it(`[CL-04 CL-14] registers ${client.name} and says what was taken`, async () => {
      const response = await register(client.metadata);
      const answer = (await response.json()) as Record<string, unknown>;
      assert.deepEqual(answer.redirect_uris, client.metadata.redirect_uris);
      assert.equal(answer.token_endpoint_auth_method, "none");
      assert.deepEqual(answer.grant_types, takenGrants(client));
      assert.ok(!("client_secret" in answer) && !("client_secret_expires_at" in answer));
      assert.ok(Object.values(answer).every((value) => value !== null));
    });
  }

  const deviceCode = "urn:ietf:params:oauth:grant-type:device_code";
  /** A refresh token comes with a sign-in, asked for or not; VS Code may also be let in by a device code. */
  function takenGrants({ metadata }: RealClient): string[] {
    const asked = metadata.grant_types as readonly string[] | undefined;
    return ["authorization_code", "refresh_token", ...(asked?.includes(deviceCode) ? [deviceCode] : [])];
  }

  const loopback = (client: RealClient) => client.redirectUri.startsWith("http://");
  for (const client of realClients.filter(loopback)) {
    it(`[CL-05] holds ${client.name} to host and path of its loopback redirect, whatever the port`, async () => {
      const { id } = await known(client);
      const open = async (redirect_uri: string) =>
        await new ABrowser(server).open(
          authorizationUrl(
            server,
            { id },
            { ...asked(client), redirect_uri, code_challenge: "c".repeat(43) },
          ),
        );
      const other = new URL(client.redirectUri);
      other.port = "50505";
      assert.match((await open(other.href)).url, /\/sign-in/);
      for (const wrong of [`${other.href}x`, other.href.replace(/\/\/[^:/]+/, "//127.0.0.2")]) {
        const page = await open(wrong);
        assert.deepEqual([page.status, page.headers.get("location")], [400, null], wrong);
      }
    });
  }

  it("[CL-05] does not take localhost for 127.0.0.1 where Zed states only the one", async () => {
    const url = authorizationUrl(
      server,
      { id: "https://zed.dev/oauth/client-metadata.json" },
      { redirect_uri: "http://localhost:40321/callback", code_challenge: "c".repeat(43) },
    );
    assert.equal((await new ABrowser(server).open(url)).status, 400);
  });

  it("[CL-01 CL-02 CL-10 CL-13] tells Claude, OpenCode and the SDK what they look for before they ask", async () => {
    for (const path of ["/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"]) {
      const response = await server.fetchHere(`${server.issuer}${path}`);
      assert.equal(response.status, 200);
      const found = (await response.json()) as Record<string, unknown>;
      const list = (name: string) => found[name] as readonly string[];
      for (const method of ["none", "client_secret_post", "private_key_jwt"])
        assert.ok(list("token_endpoint_auth_methods_supported").includes(method));
      assert.ok(list("scopes_supported").includes("offline_access"));
      assert.equal(found.client_id_metadata_document_supported, true);
      assert.equal(found.authorization_response_iss_parameter_supported, true);
      assert.ok(Object.values(found).every((value) => value !== null));
    }
  });

  for (const [path, method] of [
    ["/.well-known/oauth-authorization-server", "GET"],
    ["/register", "POST"],
    ["/token", "POST"],
  ] as const) {
    it(`[CL-11] lets the Inspector's page call ${path}`, async () => {
      const response = await server.fetchHere(`${server.issuer}${path}`, {
        method: "OPTIONS",
        headers: {
          origin: "http://localhost:6274",
          "access-control-request-method": method,
          "access-control-request-headers": "content-type,mcp-protocol-version",
        },
      });
      assert.equal(response.status, 204);
      assert.equal(response.headers.get("access-control-allow-origin"), "*");
      assert.match(response.headers.get("access-control-allow-headers") ?? "", /MCP-Protocol-Version/i);
      assert.match(response.headers.get("access-control-allow-methods") ?? "", new RegExp(method));
    });
  }

  it("[CL-03] takes ChatGPT's signed assertion, since its document states that method too", async () => {
    const { answer, code, verifier } = await login(server, { id: chatgpt.documentUrl ?? "" }, asked(chatgpt));
    assert.equal(answer.origin, "https://chatgpt.com");
    const assertion = await new SignJWT({ jti: "once" })
      .setProtectedHeader({ alg: "RS256", kid: "1" })
      .setIssuer(chatgpt.documentUrl ?? "")
      .setSubject(chatgpt.documentUrl ?? "")
      .setAudience(server.issuer)
      .setIssuedAt(server.clock.now())
      .setExpirationTime(server.clock.now() + 60)
      .sign(chatgptKeys.privateKey);
    const tokens = await post(server, "/token", {
      grant_type: "authorization_code",
      code,
      code_verifier: verifier,
      redirect_uri: chatgpt.redirectUri,
      client_assertion: assertion,
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      resource: mcp,
    });
    assert.equal(tokens.status, 200, `${JSON.stringify(tokens.body)} ${server.audit.lastRefusal}`);
  });

  it("[CL-16] tells ChatGPT whose verified email it is, and takes its id_token_hint", async () => {
    const { id, tokens, browser } = await signedIn(chatgpt);
    const response = await server.fetchHere(`${server.issuer}/userinfo`, {
      headers: { authorization: `Bearer ${tokens.body.access_token}` },
    });
    const { email, email_verified } = (await response.json()) as Record<string, unknown>;
    assert.deepEqual([email, email_verified], ["ada@example.com", true]);
    const again = { ...asked(chatgpt), id_token_hint: tokens.body.id_token, code_challenge: "c".repeat(43) };
    const answer = await browser.approve(authorizationUrl(server, { id }, again), {
      email: "ada@example.com",
      password: "not asked",
    });
    assert.ok(answer.searchParams.get("code"));
  });

  it("[CL-17] shows mcp-remote, which probes with an id of yesterday, 400 and no redirect", async () => {
    const url = authorizationUrl(
      server,
      { id: "client_of-yesterday" },
      { redirect_uri: "http://localhost:3334/oauth/callback", code_challenge: "c".repeat(43) },
    );
    const response = await server.fetchHere(url, {
      redirect: "manual",
      headers: { accept: "application/json" },
    });
    assert.deepEqual([response.status, response.headers.get("location")], [400, null]);
  });

  it("[CL-07] tells Claude that its registration is gone by 401 invalid_client, so that it registers anew", async () => {
    const answer = await refresh(server, { id: "client_of-yesterday" }, "anything");
    assert.deepEqual([answer.status, answer.body.error], [401, "invalid_client"]);
  });

  it("[CL-09] takes a bare origin with the slash that the SDK before 2.1 adds", async () => {
    const parameters = { ...asked(claude), scope: "inference:read", resource: `${api}/` };
    const { code, verifier } = await login(server, { id: claude.documentUrl ?? "" }, parameters);
    const tokens = await post(server, "/token", {
      grant_type: "authorization_code",
      client_id: claude.documentUrl,
      code,
      code_verifier: verifier,
      redirect_uri: claude.redirectUri,
      resource: `${api}/`,
    });
    assert.equal(decodeJwt(tokens.body.access_token).aud, api);
  });
});
