import assert from "node:assert/strict";
import { describe } from "node:test";
import { post } from "../testing/a-login.ts";
import { basic, claimsOf } from "../testing/a-program.ts";
import { aProofKey } from "../testing/a-proof.ts";
import { spec } from "../testing/spec.ts";
import { aRunningServer, overHttp } from "./testing/a-configured.ts";
import { factsOf, inProcess } from "./testing/in-process.ts";

const api = "https://api.example.com";

describe("a client whose tokens are bound to its key", () => {
  spec("DPOP-01", "is registered on the command line, shown, and refused without a proof", async () => {
    const { issuer, folder } = await aRunningServer();
    const scope = ["--scope", "files:read=Read files", "--machines", "files:read"];
    await factsOf(folder, ["resource", "add", api, "--name", "Files", ...scope]);
    const machine = ["--confidential", "--scope", "files:read"];
    const plain = await factsOf(folder, ["client", "add", "--name", "Plain", ...machine]);
    assert.equal(plain.dpop_bound_access_tokens, false);
    const asked = ["client", "add", "--name", "Job", ...machine, "--dpop-bound-access-tokens"];
    const {
      client_id: id,
      client_secret: secret,
      dpop_bound_access_tokens: isBound,
    } = await factsOf(folder, asked);
    assert.equal(isBound, true);
    const shown = await inProcess(folder, ["client", "show", id]);
    assert.match(shown.stdout, /Tokens {2,}only bound to its key \(DPoP\)\n/);

    const key = await aProofKey();
    const form = { grant_type: "client_credentials", resource: api };
    const ask = async (nonce?: string) => {
      const claims = { htm: "POST", htu: `${issuer}/token`, iat: Math.floor(Date.now() / 1_000), nonce };
      const dpop = nonce === undefined ? {} : { dpop: await key.proof(claims) };
      return post(overHttp(issuer), "/token", form, { ...basic(id, secret), ...dpop });
    };
    const bare = await ask();
    assert.deepEqual([bare.status, bare.body.error], [400, "invalid_dpop_proof"]);
    const sentBack = await ask("none of yours");
    assert.deepEqual([sentBack.status, sentBack.body.error], [400, "use_dpop_nonce"]);
    const { status, body } = await ask(sentBack.headers.get("dpop-nonce") ?? "");
    assert.deepEqual([status, body.token_type], [200, "DPoP"]);
    assert.deepEqual(claimsOf(body.access_token).cnf, { jkt: key.jkt });
  });
});
