import assert from "node:assert/strict";
import { afterEach, beforeEach, describe } from "node:test";
import { accessTokenType, tokenExchangeGrant } from "@valetkey/protocol/token-exchange";
import { createGuard } from "@valetkey/resource";
import { KeyRing, newRingKey } from "../adapters/keys/ring.ts";
import type { Client } from "../records/client.ts";
import { login, post, redeem } from "../testing/a-login.ts";
import { aLookout, basic, claimsOf, device, introspect } from "../testing/a-program.ts";
import { type AServer, type AServerOptions, api, aServer, mcp } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";
import { withChecksum, withoutChecksum } from "../tokens/secret.ts";

const off = { active: false };

/** A server whose tokens for one resource are opaque. */
async function withOpaque(identifier = mcp, options: AServerOptions = {}): Promise<AServer> {
  const server = await aServer(options);
  const resource = await server.store.resources.find(identifier);
  assert.ok(resource);
  await server.store.resources.replace({ ...resource, tokenFormat: "opaque" });
  return server;
}

describe("an opaque access token", () => {
  let server: AServer;
  let client: Client;
  let lookout: Client & { readonly secret: string };
  let token: string;
  let refreshToken: string;

  beforeEach(async () => {
    server = await withOpaque();
    client = await server.client();
    lookout = await aLookout(server, mcp);
    const tokens = await device(server, client, { scope: "openid email tools:use" });
    token = tokens.access_token;
    refreshToken = tokens.refresh_token;
  });
  afterEach(() => server.close());

  const said = async (given = token, at = server) => (await introspect(at, lookout, given)).body;

  spec("I4-OPAQUE", "says nothing by itself, and to its resource what a JWT would say", async () => {
    assert.match(token, /^vka_[\w-]+$/);
    const inside = Buffer.from(token.slice(4), "base64url").toString("latin1");
    const { sub, aud, active, token_type, exp, scope, lineage, jti, ...rest } = await said();
    for (const word of [sub, aud, client.id, "tools", "openid"]) assert.ok(!inside.includes(word), word);
    assert.deepEqual([active, token_type, aud, scope], [true, "Bearer", mcp, "tools:use openid email"]);
    assert.deepEqual(
      [exp, typeof lineage, typeof jti, rest.iss, rest.client_id],
      [server.clock.now() + 600, "string", "string", server.issuer, client.id],
    );
    const second = (await device(server, client)).access_token;
    assert.notEqual(second, token);
  });

  spec("I4-OPAQUE", "is nothing to a resource that it is not for", async () => {
    assert.deepEqual((await introspect(server, await aLookout(server, api), token)).body, off);
  });

  for (const { when, kill } of [
    { when: "it expired", kill: async () => server.clock.advance(600) },
    {
      when: "it was revoked",
      kill: () => post(server, "/revoke", { client_id: client.id, token }),
    },
    {
      when: "its refresh token was revoked",
      kill: () => post(server, "/revoke", { client_id: client.id, token: refreshToken }),
    },
    {
      when: "its client was switched off",
      kill: () => server.store.clients.replace({ ...client, disabledAt: server.clock.now() }),
    },
    {
      when: "its account was disabled",
      kill: async () => server.store.accounts.setDisabled((await said()).sub, server.clock.now()),
    },
  ]) {
    spec("I4-OPAQUE", `is worth nothing once ${when}`, async () => {
      assert.equal((await said()).active, true);
      await kill();
      assert.deepEqual(await said(), off);
    });
  }

  spec("I4-OPAQUE", "opens UserInfo as any other", async () => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await server.fetchHere(`${server.issuer}/userinfo`, { headers });
    assert.equal(answer.status, 200);
    assert.equal(((await answer.json()) as { email: string }).email, "ada@example.com");
  });

  spec(
    "I4-OPAQUE",
    "does not open after a change of any octet, whoever makes the checksum anew",
    async () => {
      const bytes = Buffer.from(withoutChecksum("vka", token) ?? "", "base64url");
      for (let at = 0; at < bytes.length; at += 7) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ 1;
        const forged = withChecksum("vka", changed.toString("base64url"));
        const answer = await introspect(server, lookout, forged);
        const isKeyId = at >= 1 && at < 5;
        assert.equal(answer.status, isKeyId ? 503 : 200, `octet ${at}`);
        assert.notEqual(answer.body.active, true, `octet ${at}`);
      }
      const body = withoutChecksum("vka", token) ?? "";
      for (const forged of [
        `${token}x`,
        token.slice(0, -1),
        withChecksum("vka", body.slice(0, -4)),
        withChecksum("vka", `${body}=`),
        withChecksum("vka", ""),
        withChecksum("vka", "A".repeat(30_000)),
        token.replace("vka_", "vkr_"),
      ]) {
        assert.deepEqual(await said(forged), off, forged.slice(0, 20));
      }
    },
  );

  spec(
    "I4-OPAQUE",
    "opens at every node of the ring, and at no other issuer that has the same keys",
    async () => {
      const ring = new KeyRing([newRingKey()]);
      const one = await withOpaque(mcp, { ring });
      const app = await one.client();
      const made = (await device(one, app)).access_token;
      const reader = await aLookout(one, mcp);
      assert.equal((await introspect(one, reader, made)).body.active, true);
      const node = await aServer({ ring, store: one.store });
      assert.equal((await introspect(node, reader, made)).body.active, true);
      const foreign = await aServer({ ring, store: one.store, issuer: "https://other.example.com" });
      assert.deepEqual((await introspect(foreign, reader, made)).body, off);
      await one.close();
    },
  );

  spec(
    "I4-OPAQUE",
    "outlives the rotation of the server's keys, and is never called dead for want of one",
    async () => {
      const [old, young] = [newRingKey(), newRingKey()];
      const before = await withOpaque(mcp, { ring: new KeyRing([old]) });
      const app = await before.client();
      const reader = await aLookout(before, mcp);
      const made = (await device(before, app)).access_token;
      const rotated = await aServer({ ring: new KeyRing([young, old]), store: before.store });
      assert.equal((await introspect(rotated, reader, made)).body.active, true);
      const lacking = await aServer({ ring: new KeyRing([young]), store: before.store });
      const answer = await introspect(lacking, reader, made);
      assert.deepEqual([answer.status, lacking.audit.lastRefusal], [503, "token.ring-key-unknown"]);
      await before.close();
    },
  );

  spec("I4-OPAQUE", "is exchanged as any other, and ends with its parent", async () => {
    const tool = await server.client({
      ...{ authMethods: ["client_secret_basic"], grantTypes: [tokenExchangeGrant], redirectUris: [] },
      ...{ introspects: [mcp], actsAt: [mcp] },
    });
    const form = {
      grant_type: tokenExchangeGrant,
      subject_token: token,
      subject_token_type: accessTokenType,
    };
    const exchanged = await post(server, "/token", { ...form, resource: mcp }, basic(tool.id, tool.secret));
    assert.equal(exchanged.status, 200, JSON.stringify(exchanged.body));
    const child = exchanged.body.access_token;
    assert.match(child, /^vka_/);
    const before = await said(child);
    assert.deepEqual([before.active, before.act], [true, { sub: tool.id }]);
    await post(server, "/revoke", { client_id: client.id, token });
    assert.deepEqual(await said(child), off);
  });

  spec("I4-OPAQUE", "is a machine's as well", async () => {
    const other = await withOpaque(api);
    const machine = await other.client({
      ...{ authMethods: ["client_secret_basic"], grantTypes: ["client_credentials"] },
      ...{ scope: ["inference:read"], redirectUris: [] },
    });
    const form = { grant_type: "client_credentials", resource: api };
    const made = (await post(other, "/token", form, basic(machine.id, machine.secret))).body.access_token;
    assert.match(made, /^vka_/);
    const reader = await aLookout(other, api);
    assert.equal((await introspect(other, reader, made)).body.sub, machine.id);
    await other.close();
  });

  spec(
    "I4-OPAQUE",
    "is made only for the resource that wants it, and JWTs from before stay good",
    async () => {
      const plain = await aServer();
      const app = await plain.client();
      const reader = await aLookout(plain, mcp);
      const { code, verifier, ...about } = await login(plain, app);
      const jwt = (await redeem(plain, app, { code, verifier, ...about })).body.access_token;
      assert.equal(claimsOf(jwt).aud, mcp);
      const resource = await plain.store.resources.find(mcp);
      assert.ok(resource);
      await plain.store.resources.replace({ ...resource, tokenFormat: "opaque" });
      assert.equal((await introspect(plain, reader, jwt)).body.active, true);
      assert.match((await device(plain, app)).access_token, /^vka_/);
      assert.equal(claimsOf((await device(plain, app, { resource: api })).access_token).aud, api);
      await plain.close();
    },
  );

  spec(
    "I4-OPAQUE-GUARD",
    "lets its caller in at a guard that asks, and nobody at one that does not",
    async () => {
      const aGuard = (resource: string, asks: boolean) =>
        createGuard({
          ...{ issuer: server.issuer, resource },
          clock: () => server.clock.now(),
          fetch: (url, init) => server.fetchHere(url, init),
          ...(asks && { introspection: { clientId: lookout.id, clientSecret: lookout.secret } }),
        });
      const status = async (resource: string, asks: boolean) => {
        const headers = { authorization: `Bearer ${token}` };
        const answer = await aGuard(resource, asks).guard(new Request(resource, { headers }));
        return answer instanceof Response ? answer.status : 200;
      };
      assert.equal(await status(mcp, true), 200);
      assert.equal(await status(mcp, false), 401);
      assert.equal(await status(api, true), 401, "of another resource");
    },
  );
});
