import assert from "node:assert/strict";
import { before, describe } from "node:test";
import type { Refusal } from "@valetkey/protocol/refusals";
import { sqliteStore } from "../adapters/sqlite/store.ts";
import {
  aNonce,
  aTokenProof,
  boundDevice,
  provenPost,
  redemption,
  refreshing,
} from "../testing/a-bound-device.ts";
import { login, post } from "../testing/a-login.ts";
import { aLookout, basic, claimsOf, faces, introspect, lineageOf } from "../testing/a-program.ts";
import { aProofKey, type ProofKey } from "../testing/a-proof.ts";
import { api, aServer, mcp } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

let key: ProofKey;
let thief: ProofKey;
before(async () => {
  [key, thief] = await Promise.all([aProofKey(), aProofKey("EdDSA")]);
});

describe("a code redeemed with a proof", () => {
  spec(
    ["DPOP-01", "O21-AS-31-BOUND", "BCP-05", "CL-18"],
    "is sent back once for a nonce, then becomes tokens that are bound to the key",
    async () => {
      const server = await aServer();
      const client = await server.client();
      const form = redemption(client, await login(server, client));
      const first = await post(server, "/token", form, {
        dpop: await aTokenProof(server, key, { nonce: undefined }),
      });
      assert.deepEqual(faces(server, first), [400, "use_dpop_nonce", "dpop.nonce-missing"]);
      const nonce = first.headers.get("dpop-nonce") ?? "";
      assert.match(nonce, /^[\x21\x23-\x5B\x5D-\x7E]+$/);
      assert.equal(first.headers.get("cache-control"), "no-store");
      assert.match(first.headers.get("access-control-expose-headers") ?? "", /DPoP-Nonce/);

      const second = await post(server, "/token", form, { dpop: await aTokenProof(server, key, { nonce }) });
      assert.deepEqual([second.status, second.body.token_type], [200, "DPoP"]);
      assert.equal(second.headers.get("dpop-nonce"), null);
      assert.deepEqual(claimsOf(second.body.access_token).cnf, { jkt: key.jkt });
      assert.equal((await lineageOf(server, second.body.access_token)).jkt, key.jkt);
      await server.close();
    },
  );

  spec(["DPOP-01", "CL-18"], "by an older nonce is answered, with the next nonce beside it", async () => {
    const server = await aServer();
    const client = await server.client();
    const nonce = await aNonce(server, key);
    server.clock.advance(300);
    const form = redemption(client, await login(server, client));
    const answer = await post(server, "/token", form, { dpop: await aTokenProof(server, key, { nonce }) });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get("dpop-nonce"), await aNonce(server, key));
    await server.close();
  });

  spec(
    "DPOP-01",
    "needs no nonce where the operator asks for none, and is given one all the same",
    async () => {
      const server = await aServer({ settings: { dpop: { requiresNonce: false } } });
      const client = await server.client();
      const form = redemption(client, await login(server, client));
      const answer = await post(server, "/token", form, {
        dpop: await aTokenProof(server, key, { nonce: undefined }),
      });
      assert.deepEqual([answer.status, answer.body.token_type], [200, "DPoP"]);
      assert.ok(answer.headers.get("dpop-nonce"));
      await server.close();
    },
  );

  spec(
    "DPOP-01",
    "that names its key beforehand is redeemed by that key alone, and lives on until then",
    async () => {
      const server = await aServer();
      const client = await server.client();
      const form = redemption(client, await login(server, client, { dpop_jkt: key.jkt }));
      const other = await provenPost(server, thief, form);
      assert.deepEqual(faces(server, other), [400, "invalid_grant", "dpop.other-key"]);
      const without = await provenPost(server, undefined, form);
      assert.deepEqual(faces(server, without), [400, "invalid_dpop_proof", "dpop.missing"]);
      assert.equal((await provenPost(server, key, form)).status, 200);
      // A replay without the key is not otherwise valid: it ends nothing. One with the key does.
      const { body } = await provenPost(server, thief, form);
      assert.equal(body.error, "invalid_grant");
      assert.notEqual(server.audit.lastRefusal, "code.replayed");
      await provenPost(server, key, form);
      assert.equal(server.audit.lastRefusal, "code.replayed");
      await server.close();
    },
  );

  spec("DPOP-01", "cannot name a key that is none", async () => {
    const server = await aServer();
    const client = await server.client();
    const challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    const query = new URLSearchParams({
      ...{ response_type: "code", client_id: client.id, redirect_uri: "https://app.example.com/callback" },
      ...{ code_challenge: challenge, code_challenge_method: "S256", prompt: "none", dpop_jkt: "short" },
    });
    const answer = await server.fetchHere(`${server.issuer}/authorize?${query}`, { redirect: "manual" });
    const location = new URL(answer.headers.get("location") ?? "");
    assert.equal(location.searchParams.get("error"), "invalid_request");
    await server.close();
  });

  for (const [given, refusal, change] of [
    ["for another path", "dpop.target", { htu: "https://auth.example.com/userinfo" }],
    ["for another issuer", "dpop.target", { htu: "https://auth.example.org/token" }],
    ["for another method", "dpop.method", { htm: "GET" }],
    ["of six minutes ago", "dpop.time", { iat: 1_800_000_000 - 360 }],
    ["in six minutes", "dpop.time", { iat: 1_800_000_000 + 360 }],
  ] satisfies [string, Refusal, object][]) {
    spec("DPOP-01", `is refused with a proof ${given}, and lives on`, async () => {
      const server = await aServer();
      const client = await server.client();
      const form = redemption(client, await login(server, client));
      const proof = await aTokenProof(server, key, { nonce: await aNonce(server, key), ...change });
      const answer = await post(server, "/token", form, { dpop: proof });
      assert.deepEqual(faces(server, answer), [400, "invalid_dpop_proof", refusal]);
      assert.deepEqual(Object.keys(answer.body), ["error", "error_description"]);
      assert.equal((await provenPost(server, key, form)).status, 200);
      await server.close();
    });
  }

  spec("DPOP-01", "is refused with two proofs", async () => {
    const server = await aServer();
    const client = await server.client();
    const form = redemption(client, await login(server, client));
    const proofs = [await aTokenProof(server, key), await aTokenProof(server, key)].join(", ");
    const answer = await post(server, "/token", form, { dpop: proofs });
    assert.deepEqual(faces(server, answer), [400, "invalid_dpop_proof", "dpop.repeated"]);
    await server.close();
  });

  spec("DPOP-01", "takes a proof once, on whichever node, and a nonce of any node", async () => {
    const store = await sqliteStore(":memory:");
    const one = await aServer({ store });
    const other = await aServer({ store });
    const client = await one.client();
    const proof = await aTokenProof(one, key);
    const first = redemption(client, await login(one, client));
    const second = redemption(client, await login(one, client));
    assert.equal((await post(other, "/token", first, { dpop: proof })).status, 200);
    const again = await post(one, "/token", second, { dpop: proof });
    assert.deepEqual(faces(one, again), [400, "invalid_dpop_proof", "dpop.replayed"]);
    await one.close();
  });

  spec("DP-01", "must have one where the client registered for bound tokens only", async () => {
    const server = await aServer();
    const registered = await server.fetchHere(`${server.issuer}/register`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        redirect_uris: ["https://app.example.com/callback"],
        dpop_bound_access_tokens: true,
      }),
    });
    const metadata = (await registered.json()) as { client_id: string; dpop_bound_access_tokens: unknown };
    assert.deepEqual([registered.status, metadata.dpop_bound_access_tokens], [201, true]);
    const client = { id: metadata.client_id };
    const form = redemption(client, await login(server, client));
    const answer = await post(server, "/token", form);
    assert.deepEqual(faces(server, answer), [400, "invalid_dpop_proof", "dpop.missing"]);
    assert.equal((await provenPost(server, key, form)).body.token_type, "DPoP");
    await server.close();
  });

  spec(
    "DP-01",
    "is announced: the metadata lists what proofs may be signed with, all of it asymmetric",
    async () => {
      const server = await aServer();
      for (const path of ["oauth-authorization-server", "openid-configuration"]) {
        const document = (await (
          await server.fetchHere(`${server.issuer}/.well-known/${path}`)
        ).json()) as object;
        assert.deepEqual((document as Record<string, unknown>).dpop_signing_alg_values_supported, [
          ...["ES256", "EdDSA", "Ed25519", "RS256", "PS256"],
        ]);
      }
      await server.close();
    },
  );
});

describe("a refresh token that is bound to a key", () => {
  async function aBoundDevice(settings: Parameters<typeof aServer>[0] = {}) {
    const server = await aServer(settings);
    const client = await server.client();
    return { server, client, tokens: await boundDevice(server, client, key) };
  }

  spec(
    "DPOP-01",
    "needs a fresh proof by its key each time, repeats included, and gives the same successor",
    async () => {
      const { server, client, tokens } = await aBoundDevice();
      const form = refreshing(client, tokens.refresh_token);
      const proof = await aTokenProof(server, key);
      const first = await post(server, "/token", form, { dpop: proof });
      assert.deepEqual([first.status, first.body.token_type], [200, "DPoP"]);
      assert.deepEqual(claimsOf(first.body.access_token).cnf, { jkt: key.jkt });

      const copied = await post(server, "/token", form, { dpop: proof });
      assert.deepEqual(faces(server, copied), [400, "invalid_dpop_proof", "dpop.replayed"]);
      const bare = await post(server, "/token", form);
      assert.deepEqual(faces(server, bare), [400, "invalid_dpop_proof", "dpop.missing"]);
      const other = await provenPost(server, thief, form);
      assert.deepEqual(faces(server, other), [400, "invalid_grant", "dpop.other-key"]);

      const repeat = await provenPost(server, key, form);
      assert.deepEqual([repeat.status, repeat.body.refresh_token], [200, first.body.refresh_token]);
      await server.close();
    },
  );

  spec("DPOP-01", "is ended by nobody without the key, not even by its oldest token", async () => {
    const { server, client, tokens } = await aBoundDevice();
    let current = tokens.refresh_token;
    for (let turn = 0; turn < 3; turn++) {
      current = (await provenPost(server, key, refreshing(client, current))).body.refresh_token;
      server.clock.advance(300);
    }
    const old = refreshing(client, tokens.refresh_token);
    for (const key of [undefined, thief]) assert.equal((await provenPost(server, key, old)).status, 400);
    assert.equal((await lineageOf(server, tokens.access_token)).endedAt, null);
    const next = await provenPost(server, key, refreshing(client, current));
    assert.equal(next.status, 200);
    // With the key it is a replay like any other.
    const replayed = await provenPost(server, key, old);
    assert.deepEqual(faces(server, replayed), [400, "invalid_grant", "refresh.replayed"]);
    assert.notEqual((await lineageOf(server, tokens.access_token)).endedAt, null);
    await server.close();
  });

  spec("DPOP-01", "yields one successor to thirty requests at once, each with its own proof", async () => {
    const { server, client, tokens } = await aBoundDevice();
    const form = refreshing(client, tokens.refresh_token);
    const nonce = await aNonce(server, key);
    const proofs = await Promise.all(Array.from({ length: 30 }, () => aTokenProof(server, key, { nonce })));
    const answers = await Promise.all(proofs.map((dpop) => post(server, "/token", form, { dpop })));
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
    assert.equal(new Set(answers.map(({ body }) => body.refresh_token)).size, 1);
    await server.close();
  });

  spec("DPOP-01", "yields one answer to thirty requests at once with one and the same proof", async () => {
    const { server, client, tokens } = await aBoundDevice();
    const form = refreshing(client, tokens.refresh_token);
    const dpop = await aTokenProof(server, key);
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => post(server, "/token", form, { dpop })),
    );
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    await server.close();
  });

  spec("DPOP-01", "is not bound for a client that proves itself, whose key may change", async () => {
    const server = await aServer();
    const client = await server.client({ authMethods: ["client_secret_basic"] });
    const proven = basic(client.id, client.secret);
    const form = redemption(client, await login(server, client));
    const first = await provenPost(server, key, form, proven);
    assert.deepEqual([first.status, first.body.token_type], [200, "DPoP"]);
    const other = await provenPost(server, thief, refreshing(client, first.body.refresh_token), proven);
    assert.deepEqual(claimsOf(other.body.access_token).cnf, { jkt: thief.jkt });
    const bare = await provenPost(server, undefined, refreshing(client, other.body.refresh_token), proven);
    assert.deepEqual([bare.status, bare.body.token_type], [200, "Bearer"]);
    assert.equal(claimsOf(bare.body.access_token).cnf, undefined);
    await server.close();
  });

  spec("DPOP-01", "is bound for a client that proves itself and may come without the next time", async () => {
    const server = await aServer();
    const client = await server.client({ authMethods: ["client_secret_basic", "none"] });
    const proven = basic(client.id, client.secret);
    const form = redemption(client, await login(server, client));
    const { body } = await provenPost(server, key, form, proven);
    const stolen = refreshing(client, body.refresh_token);
    assert.deepEqual(faces(server, await provenPost(server, undefined, stolen)), [
      400,
      "invalid_dpop_proof",
      "dpop.missing",
    ]);
    const other = await provenPost(server, thief, stolen);
    assert.deepEqual(faces(server, other), [400, "invalid_grant", "dpop.other-key"]);
    await server.close();
  });

  spec(
    "DPOP-01",
    "is not made by a proof that comes later: what began without a key goes on without",
    async () => {
      const server = await aServer();
      const client = await server.client();
      const plain = await post(server, "/token", redemption(client, await login(server, client)));
      assert.deepEqual([plain.status, plain.body.token_type], [200, "Bearer"]);
      const bound = await provenPost(server, key, refreshing(client, plain.body.refresh_token));
      assert.deepEqual([bound.status, bound.body.token_type], [200, "DPoP"]);
      const again = await provenPost(server, undefined, refreshing(client, bound.body.refresh_token));
      assert.deepEqual([again.status, again.body.token_type], [200, "Bearer"]);
      await server.close();
    },
  );
});

describe("other tokens with a proof", () => {
  spec("DPOP-01", "a machine's is bound to its key", async () => {
    const server = await aServer();
    const machine = await server.client({
      authMethods: ["client_secret_basic"],
      grantTypes: ["client_credentials"],
      scope: ["inference:read"],
    });
    const form = { grant_type: "client_credentials", resource: api };
    const answer = await provenPost(server, key, form, basic(machine.id, machine.secret));
    assert.deepEqual([answer.status, answer.body.token_type], [200, "DPoP"]);
    assert.deepEqual(claimsOf(answer.body.access_token).cnf, { jkt: key.jkt });
    await server.close();
  });

  spec(
    "DPOP-01",
    "introspection tells the type of a bound token and its key, of a refresh token too",
    async () => {
      const server = await aServer();
      const client = await server.client();
      const tokens = await boundDevice(server, client, key);
      const lookout = await aLookout(server, mcp);
      const { body } = await introspect(server, lookout, tokens.access_token);
      assert.deepEqual([body.active, body.token_type, body.cnf], [true, "DPoP", { jkt: key.jkt }]);

      const holder = await server.client({ authMethods: ["client_secret_basic", "none"] });
      const own = await boundDevice(server, holder, key);
      const refreshToken = (await introspect(server, holder, own.refresh_token)).body;
      assert.deepEqual([refreshToken.active, refreshToken.cnf], [true, { jkt: key.jkt }]);
      await server.close();
    },
  );
});
