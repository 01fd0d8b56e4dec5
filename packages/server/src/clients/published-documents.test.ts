import assert from "node:assert/strict";
import { describe } from "node:test";
import { type JWTPayload, SignJWT } from "jose";
import { ABrowser } from "../testing/a-browser.ts";
import { authorizationUrl, pkce, post } from "../testing/a-login.ts";
import { AnOutside, faces } from "../testing/a-program.ts";
import { aServer, clientKeyPair, password } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

/** Documents in the shapes that their authors publish: standards.md section 4, and what other servers' users report. */
const published = [
  {
    client: "Claude",
    url: "https://claude.ai/oauth/mcp-oauth-client-metadata",
    redirect: "https://claude.ai/api/mcp/auth_callback",
    members: {
      client_name: "Claude",
      client_uri: "https://claude.ai",
      redirect_uris: ["https://claude.ai/api/mcp/auth_callback"],
      grant_types: ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:jwt-bearer"],
      response_types: ["code"],
      token_endpoint_auth_method: "none",
    },
  },
  {
    client: "Claude Code",
    url: "https://claude.ai/oauth/claude-code-client-metadata",
    redirect: "http://localhost:53682/callback",
    members: {
      client_name: "Claude Code",
      redirect_uris: ["http://localhost/callback", "http://127.0.0.1/callback"],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      token_endpoint_auth_method: "none",
    },
  },
  {
    client: "ChatGPT",
    url: "https://chatgpt.com/oauth/client.json",
    redirect: "https://chatgpt.com/connector_platform_oauth_redirect",
    members: {
      client_name: "ChatGPT",
      redirect_uris: ["https://chatgpt.com/connector_platform_oauth_redirect"],
      grant_types: ["authorization_code", "refresh_token"],
      token_endpoint_auth_methods_supported: ["none", "private_key_jwt"],
      token_endpoint_auth_signing_alg_values_supported: ["RS256"],
      jwks_uri: "https://chatgpt.com/oauth/jwks.json",
    },
  },
  {
    client: "VS Code",
    url: "https://vscode.dev/oauth/client-metadata.json",
    redirect: "http://127.0.0.1:33418/",
    members: {
      client_name: "Visual Studio Code",
      client_uri: "https://vscode.dev/product",
      logo_uri: "https://code.visualstudio.com/assets/icon.png",
      redirect_uris: ["http://127.0.0.1:33418/", "https://vscode.dev/redirect"],
      grant_types: ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"],
      response_types: ["code"],
      token_endpoint_auth_method: "none",
    },
  },
  {
    client: "Lovable",
    url: "https://lovable.dev/oauth/client.json",
    redirect: "https://lovable.dev/oauth/callback",
    members: {
      client_name: "Lovable",
      redirect_uris: ["https://lovable.dev/oauth/callback"],
      grant_types: ["authorization_code", "refresh_token"],
      token_endpoint_auth_method: "none",
      frontchannel_logout_session_required: { nested: [null] },
      "x-unknown": null,
    },
  },
] as const;

describe("published documents", () => {
  for (const { client, url, redirect, members } of published) {
    spec(
      ["CL-03", "MCP-AS-06", "CIMD-13", "CL-05"],
      `${client} signs a person in, gets tokens and refreshes them`,
      async () => {
        const outbound = new AnOutside();
        outbound.says(url, { client_id: url, ...members });
        const server = await aServer({ outbound });
        const person = await server.person();
        const { verifier, challenge } = pkce();
        const asked = { code_challenge: challenge, redirect_uri: redirect };
        const start = authorizationUrl(server, { id: url }, asked);
        const answer = await new ABrowser(server).approve(start, { email: person.email, password });
        assert.ok(answer.href.startsWith(redirect));
        const form = { client_id: url, redirect_uri: redirect };
        const code = answer.searchParams.get("code") ?? "";
        const grant = { grant_type: "authorization_code", code, code_verifier: verifier };
        const tokens = await post(server, "/token", { ...form, ...grant });
        assert.equal(tokens.status, 200, server.audit.lastRefusal);
        const again = {
          grant_type: "refresh_token",
          refresh_token: tokens.body.refresh_token,
          client_id: url,
        };
        assert.equal((await post(server, "/token", again)).status, 200);
        assert.deepEqual(
          outbound.calls.map((call) => call.url),
          [url],
        );
        await server.close();
      },
    );
  }
});

describe("a document's authentication method", () => {
  const url = "https://app.example.com/oauth/client.json";
  const jwks_uri = "https://app.example.com/oauth/jwks.json";
  const key = clientKeyPair();
  const form = { grant_type: "authorization_code", code: "junk", code_verifier: pkce().verifier };

  for (const { stated, bare, signed } of [
    {
      stated: { token_endpoint_auth_method: "private_key_jwt" },
      bare: "client.authentication-missing",
      signed: "code.unknown",
    },
    {
      stated: { token_endpoint_auth_methods_supported: ["private_key_jwt", "client_secret_basic"] },
      bare: "client.authentication-missing",
      signed: "code.unknown",
    },
    {
      stated: { token_endpoint_auth_methods_supported: ["none", "private_key_jwt"] },
      bare: "code.unknown",
      signed: "code.unknown",
    },
    {
      stated: { token_endpoint_auth_method: "none" },
      bare: "code.unknown",
      signed: "client.method-not-allowed",
    },
  ]) {
    spec(
      ["CIMD-07", "CL-03", "SEP-3149"],
      `${JSON.stringify(stated)}: without proof ${bare}, with proof ${signed}`,
      async () => {
        const outbound = new AnOutside();
        const members = { client_name: "Notes", redirect_uris: ["https://app.example.com/cb"], jwks_uri };
        outbound.says(url, { client_id: url, ...members, ...stated });
        outbound.says(jwks_uri, { keys: [key.jwk] });
        const server = await aServer({ outbound });
        await post(server, "/token", { ...form, client_id: url });
        assert.equal(server.audit.lastRefusal, bare);
        const now = server.clock.now();
        const claims: JWTPayload = {
          iss: url,
          sub: url,
          aud: server.issuer,
          iat: now,
          exp: now + 60,
          jti: "1",
        };
        const client_assertion = await new SignJWT(claims)
          .setProtectedHeader({ alg: "ES256", kid: "key-1" })
          .sign(key.privateKey);
        const client_assertion_type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
        await post(server, "/token", { ...form, client_assertion, client_assertion_type });
        assert.equal(server.audit.lastRefusal, signed);
        await server.close();
      },
    );
  }

  spec(["O21-AS-27", "CIMD-07"], "opens no machine's grant: nobody vouched for this client", async () => {
    const outbound = new AnOutside();
    const members = {
      client_name: "Notes",
      redirect_uris: ["https://app.example.com/cb"],
      jwks: { keys: [key.jwk] },
    };
    const grant_types = ["authorization_code", "client_credentials"];
    outbound.says(url, {
      client_id: url,
      ...members,
      grant_types,
      token_endpoint_auth_method: "private_key_jwt",
    });
    const server = await aServer({ outbound });
    const now = server.clock.now();
    const client_assertion = await new SignJWT({ jti: "1" })
      .setProtectedHeader({ alg: "ES256", kid: "key-1" })
      .setIssuer(url)
      .setSubject(url)
      .setAudience(server.issuer)
      .setExpirationTime(now + 60)
      .sign(key.privateKey);
    const client_assertion_type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    const asked = { grant_type: "client_credentials", client_assertion, client_assertion_type };
    const answer = await post(server, "/token", asked);
    assert.deepEqual(faces(server, answer), [400, "unauthorized_client", "client.grant-not-allowed"]);
    await server.close();
  });
});
