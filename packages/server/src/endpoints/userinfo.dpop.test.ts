import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import { readChallenges } from "@valetkey/protocol/challenge";
import type { Refusal } from "@valetkey/protocol/refusals";
import { aNonce, boundDevice } from "../testing/a-bound-device.ts";
import { device } from "../testing/a-program.ts";
import { aProofKey, type ProofKey, tokenHash } from "../testing/a-proof.ts";
import { type AServer, aServer, issuer } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

const htu = `${issuer}/userinfo`;

describe("UserInfo with a bound token", () => {
  let server: AServer;
  let key: ProofKey;
  let thief: ProofKey;
  let token: string;
  let bearer: string;
  let nonce: string;
  before(async () => {
    server = await aServer();
    [key, thief] = await Promise.all([aProofKey(), aProofKey()]);
    const client = await server.client();
    token = (await boundDevice(server, client, key, { scope: "openid email" })).access_token;
    bearer = (await device(server, client, { scope: "openid email" })).access_token;
    nonce = await aNonce(server, key);
  });
  after(() => server.close());

  const claims = () => ({ htm: "GET", htu, iat: server.clock.now(), ath: tokenHash(token), nonce });
  const ask = (headers: Record<string, string>) => server.fetchHere(htu, { headers });
  const askWith = async (proof: string) => ask({ authorization: `DPoP ${token}`, dpop: proof });

  spec("DPOP-01", "answers a token under the scheme DPoP with a proof by its key", async () => {
    const answer = await askWith(await key.proof(claims()));
    assert.equal(answer.status, 200);
    assert.equal(((await answer.json()) as { email: string }).email, "ada@example.com");
  });

  spec(
    ["DPOP-01", "DP-02"],
    "sends a proof without a nonce back for one, as a 401 with a challenge",
    async () => {
      const answer = await askWith(await key.proof({ ...claims(), nonce: undefined }));
      assert.equal(answer.status, 401);
      const [challenge] = readChallenges(answer.headers.get("www-authenticate") ?? "");
      assert.equal(challenge?.scheme, "DPoP");
      assert.equal(challenge.attributes.get("error"), "use_dpop_nonce");
      assert.match(challenge.attributes.get("algs") ?? "", /^ES256 /);
      const given = answer.headers.get("dpop-nonce") ?? "";
      assert.equal((await askWith(await key.proof({ ...claims(), nonce: given }))).status, 200);
    },
  );

  for (const [given, refusal, proof] of [
    ["by another key", "dpop.other-key", () => thief.proof(claims())],
    ["for another token", "dpop.token-hash", () => key.proof({ ...claims(), ath: tokenHash(bearer) })],
    ["without ath", "dpop.token-hash", () => key.proof({ ...claims(), ath: undefined })],
    ["for the token endpoint", "dpop.target", () => key.proof({ ...claims(), htu: `${issuer}/token` })],
    ["for another method", "dpop.method", () => key.proof({ ...claims(), htm: "POST" })],
    ["of six minutes ago", "dpop.time", () => key.proof({ ...claims(), iat: server.clock.now() - 360 })],
  ] satisfies [string, Refusal, () => Promise<string>][]) {
    spec(["DPOP-01", "DP-02"], `refuses a proof ${given} with a DPoP challenge`, async () => {
      const answer = await askWith(await proof());
      assert.deepEqual([answer.status, server.audit.lastRefusal], [401, refusal]);
      const [challenge] = readChallenges(answer.headers.get("www-authenticate") ?? "");
      assert.deepEqual(
        [challenge?.scheme, challenge?.attributes.get("error")],
        ["DPoP", "invalid_dpop_proof"],
      );
    });
  }

  spec("DPOP-01", "takes a proof once", async () => {
    const proof = await key.proof(claims());
    assert.equal((await askWith(proof)).status, 200);
    assert.deepEqual([(await askWith(proof)).status, server.audit.lastRefusal], [401, "dpop.replayed"]);
  });

  spec("DPOP-01", "refuses it as a bearer token, a proof beside it or not, and tells of DPoP", async () => {
    for (const more of [{}, { dpop: await key.proof(claims()) }]) {
      const answer = await ask({ authorization: `Bearer ${token}`, ...more });
      assert.deepEqual([answer.status, server.audit.lastRefusal], [401, "token.bound"]);
      const schemes = readChallenges(answer.headers.get("www-authenticate") ?? "").map(
        ({ scheme }) => scheme,
      );
      assert.deepEqual(schemes, ["Bearer", "DPoP"]);
    }
  });

  spec("DPOP-01", "refuses a token without its proof, and a bearer token under the scheme DPoP", async () => {
    const bare = await ask({ authorization: `DPoP ${token}` });
    assert.deepEqual([bare.status, server.audit.lastRefusal], [401, "dpop.missing"]);
    const proof = await key.proof({ ...claims(), ath: tokenHash(bearer) });
    const unbound = await ask({ authorization: `DPoP ${bearer}`, dpop: proof });
    assert.deepEqual([unbound.status, server.audit.lastRefusal], [401, "dpop.not-bound"]);
  });
});
