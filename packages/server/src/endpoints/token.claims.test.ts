import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { login, redeem, refresh } from "../testing/a-login.ts";
import { claimsOf, device } from "../testing/a-program.ts";
import { type AServer, api, aServer, mcp } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

/** As a resource elsewhere does: the keys from /jwks, the checks from a foreign library. */
async function verified(server: AServer, token: string, audience: string, typ: string) {
  const answer = await server.fetchHere(`${server.issuer}/jwks`);
  const keys = createLocalJWKSet((await answer.json()) as Parameters<typeof createLocalJWKSet>[0]);
  const currentDate = new Date(server.clock.now() * 1000);
  const { payload } = await jwtVerify(token, keys, { issuer: server.issuer, audience, typ, currentDate });
  return payload;
}

describe("an access token", () => {
  spec(
    ["AT-01", "MCP-AS-19", "MCP-AS-23", "O21-AS-31", "BCP-07"],
    "is a JWT for one resource that a foreign library checks with /jwks",
    async () => {
      const server = await aServer();
      const client = await server.client();
      const person = await server.person();
      const tokens = await device(server, client, { scope: "tools:use notes:write" });
      assert.deepEqual([tokens.token_type, tokens.expires_in], ["Bearer", 600]);
      const claims = await verified(server, tokens.access_token, mcp, "at+jwt");
      const { jti, lineage, ...rest } = claims;
      const now = server.clock.now();
      assert.deepEqual(rest, {
        iss: server.issuer,
        sub: person.id,
        aud: mcp,
        client_id: client.id,
        iat: now,
        exp: now + 600,
        scope: "tools:use notes:write",
        auth_time: now,
        acr: "aal1",
      });
      assert.match(String(jti), /^[A-Za-z0-9_-]{22}$/);
      assert.match(String(lineage), /^\d+$/);
      assert.equal(decodeProtectedHeader(tokens.access_token).alg, "ES256");
      for (const elsewhere of [api, server.issuer, `${mcp}/`, "https://mcp.example.com"]) {
        await assert.rejects(verified(server, tokens.access_token, elsewhere, "at+jwt"), { claim: "aud" });
      }
      await assert.rejects(verified(server, tokens.access_token, mcp, "JWT"), { claim: "typ" });
      await server.close();
    },
  );

  spec(
    ["MCP-AS-19", "O21-AS-31"],
    "lives as long as its resource says, and not a second longer",
    async () => {
      const server = await aServer();
      const resource = await server.store.resources.find(mcp);
      assert.ok(resource);
      await server.store.resources.replace({ ...resource, accessTokenLifetime: 120 });
      const tokens = await device(server, await server.client());
      assert.equal(tokens.expires_in, 120);
      server.clock.advance(119);
      await verified(server, tokens.access_token, mcp, "at+jwt");
      server.clock.advance(1);
      await assert.rejects(verified(server, tokens.access_token, mcp, "at+jwt"), { code: "ERR_JWT_EXPIRED" });
      await server.close();
    },
  );

  it("names the roles of the person, and never one that they lost", async () => {
    const server = await aServer();
    const client = await server.client();
    const ada = await server.person({ roles: ["trainer"] });
    const tokens = await device(server, client, { resource: api });
    assert.deepEqual(claimsOf(tokens.access_token).roles, ["trainer"]);
    await server.store.accounts.setRoles(ada.id, []);
    const next = (await refresh(server, client, tokens.refresh_token)).body;
    assert.equal(claimsOf(next.access_token).roles, undefined);
    await server.close();
  });
});

describe("an ID token", () => {
  spec(
    "OIDC-01",
    "says for the client alone who signed in, when and how, bound to its access token",
    async () => {
      const server = await aServer();
      const client = await server.client();
      const person = await server.person();
      const code = await login(server, client, { scope: "openid tools:use", nonce: "n-1" });
      server.clock.advance(30);
      const tokens = (await redeem(server, client, code)).body;
      const { sid, ...claims } = await verified(server, tokens.id_token, client.id, "JWT");
      const now = server.clock.now();
      assert.deepEqual(claims, {
        iss: server.issuer,
        sub: person.id,
        aud: client.id,
        iat: now,
        exp: now + 600,
        auth_time: now - 30,
        acr: "aal1",
        nonce: "n-1",
        at_hash: createHash("sha256")
          .update(tokens.access_token)
          .digest()
          .subarray(0, 16)
          .toString("base64url"),
        amr: ["pwd"],
      });
      assert.match(String(sid), /^[A-Za-z0-9_-]{22}$/);
      await assert.rejects(verified(server, tokens.id_token, mcp, "at+jwt"));
      await server.close();
    },
  );

  spec("OIDC-01", "of a refresh has the time of the sign-in, its own at_hash, and no nonce", async () => {
    const server = await aServer();
    const client = await server.client();
    const tokens = await device(server, client, { scope: "openid tools:use", nonce: "n-1" });
    const first = claimsOf(tokens.id_token);
    server.clock.advance(5_000);
    const next = (await refresh(server, client, tokens.refresh_token)).body;
    const second = claimsOf(next.id_token);
    assert.deepEqual(
      [second.auth_time, second.sid, second.sub, second.nonce],
      [first.auth_time, first.sid, first.sub, undefined],
    );
    assert.notEqual(second.at_hash, first.at_hash);
    assert.equal(second.iat, server.clock.now());
    await server.close();
  });

  for (const { given, scope, nonce } of [
    { given: "without openid", scope: "tools:use", nonce: "n-1" },
    { given: "without a scope", scope: undefined, nonce: undefined },
  ]) {
    it(`is not given ${given}`, async () => {
      const server = await aServer();
      const tokens = await device(server, await server.client(), { scope, nonce });
      assert.equal("id_token" in tokens, false);
      await server.close();
    });
  }

  it("has no nonce where the request had none", async () => {
    const server = await aServer();
    const tokens = await device(server, await server.client(), { scope: "openid" });
    assert.equal("nonce" in claimsOf(tokens.id_token), false);
    await server.close();
  });
});

describe("/jwks", () => {
  it("has public halves only, and may be kept for minutes", async () => {
    const server = await aServer();
    await device(server, await server.client());
    const answer = await server.fetchHere(`${server.issuer}/jwks`);
    const { keys } = (await answer.json()) as { keys: Record<string, unknown>[] };
    assert.ok(keys.length > 0);
    for (const key of keys) {
      assert.deepEqual(Object.keys(key).sort(), ["alg", "crv", "kid", "kty", "use", "x", "y"]);
      assert.deepEqual([key.alg, key.use, key.kty], ["ES256", "sig", "EC"]);
    }
    assert.equal(answer.headers.get("cache-control"), "public, max-age=300");
    assert.equal(answer.headers.get("access-control-allow-origin"), "*");
    await server.close();
  });
});
