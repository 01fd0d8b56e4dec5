import assert from "node:assert/strict";
import { afterEach, before, beforeEach, describe } from "node:test";
import { createGuard, type Guard } from "@valetkey/resource";
import { boundDevice } from "../testing/a-bound-device.ts";
import { aLookout, introspect } from "../testing/a-program.ts";
import { aProofKey, type ProofKey, tokenHash } from "../testing/a-proof.ts";
import { type AServer, aServer, mcp } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

/** Nothing in the token itself says that it is bound, or to which key: the issuer does, when it is asked. */
describe("an opaque access token that is bound to a key", () => {
  let server: AServer;
  let guard: Guard;
  let key: ProofKey;
  let thief: ProofKey;
  let token: string;
  let refusal: string | undefined;

  before(async () => {
    [key, thief] = await Promise.all([aProofKey(), aProofKey()]);
  });
  beforeEach(async () => {
    server = await aServer();
    const resource = await server.store.resources.find(mcp);
    assert.ok(resource);
    await server.store.resources.replace({ ...resource, tokenFormat: "opaque" });
    const client = await server.client({ boundTokens: true });
    const asked = { scope: "openid email tools:use" };
    token = (await boundDevice(server, client, key, asked)).access_token;
    const { id, secret } = await aLookout(server, mcp);
    guard = createGuard({
      ...{ issuer: server.issuer, resource: mcp, clock: () => server.clock.now() },
      fetch: (url, init) => server.fetchHere(url, init),
      introspection: { clientId: id, clientSecret: secret, cacheSeconds: 10 },
      onRefusal: (error) => {
        refusal = error.refusal;
      },
    });
  });
  afterEach(() => server.close());

  const proofOf = (by: ProofKey, change: Readonly<Record<string, unknown>> = {}) =>
    by.proof({ htm: "GET", htu: mcp, iat: server.clock.now(), ath: tokenHash(token), ...change });
  const ask = async (headers: Record<string, string>) => {
    refusal = undefined;
    return guard.guard(new Request(mcp, { headers }));
  };

  spec(
    ["I4-OPAQUE", "DPOP-01"],
    "is of the form of all others, and introspection names its key",
    async () => {
      assert.match(token, /^vka_/);
      const { body } = await introspect(server, await aLookout(server, mcp), token);
      assert.deepEqual([body.active, body.token_type, body.cnf], [true, "DPoP", { jkt: key.jkt }]);
    },
  );

  spec(["I4-OPAQUE-GUARD", "DP-02"], "opens a guard with a proof by its key, each time anew", async () => {
    for (let turn = 0; turn < 2; turn++) {
      const caller = await ask({ authorization: `DPoP ${token}`, dpop: await proofOf(key) });
      assert.ok(!(caller instanceof Response), refusal);
      assert.deepEqual(caller.claims.cnf, { jkt: key.jkt });
    }
  });

  for (const { given, headers, expected } of [
    {
      given: "a proof by another key",
      headers: async () => ({ authorization: `DPoP ${token}`, dpop: await proofOf(thief) }),
      expected: "dpop.other-key",
    },
    {
      given: "no proof",
      headers: async () => ({ authorization: `DPoP ${token}` }),
      expected: "dpop.missing",
    },
    {
      given: "the scheme of a bearer token",
      headers: async () => ({ authorization: `Bearer ${token}` }),
      expected: "token.bound",
    },
    {
      given: "the scheme of a bearer token and a proof by its key",
      headers: async () => ({ authorization: `Bearer ${token}`, dpop: await proofOf(key) }),
      expected: "token.bound",
    },
    {
      given: "a proof for another token",
      headers: async () => ({
        authorization: `DPoP ${token}`,
        dpop: await proofOf(key, { ath: tokenHash("vka_other") }),
      }),
      expected: "dpop.token-hash",
    },
  ]) {
    spec(["I4-OPAQUE-GUARD", "DP-02"], `is refused by a guard with ${given}, remembered or not`, async () => {
      for (const isRemembered of [false, true]) {
        if (isRemembered) await ask({ authorization: `DPoP ${token}`, dpop: await proofOf(key) });
        const answer = await ask(await headers());
        assert.ok(answer instanceof Response);
        assert.deepEqual([answer.status, refusal], [401, expected]);
      }
    });
  }

  spec(["I4-OPAQUE", "DPOP-01"], "opens UserInfo with a proof by its key, and not without", async () => {
    const at = `${server.issuer}/userinfo`;
    const see = async (headers: Record<string, string>) => server.fetchHere(at, { headers });
    const bare = await see({ authorization: `Bearer ${token}` });
    assert.deepEqual([bare.status, server.audit.lastRefusal], [401, "token.bound"]);
    const first = await see({ authorization: `DPoP ${token}`, dpop: await proofOf(key, { htu: at }) });
    const nonce = first.headers.get("dpop-nonce");
    assert.ok(nonce);
    const of = async (by: ProofKey) =>
      see({ authorization: `DPoP ${token}`, dpop: await proofOf(by, { htu: at, nonce }) });
    assert.equal((await of(thief)).status, 401);
    assert.equal(server.audit.lastRefusal, "dpop.other-key");
    assert.equal((await of(key)).status, 200);
  });
});
