import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, it } from "node:test";
import type { OAuthError } from "@valetkey/protocol/errors";
import { createGuard, type Guard } from "../guard.ts";
import type { GuardOptions } from "../options.ts";
import { ProofMemory } from "../proof-memory.ts";
import { aProofKey, type ProofKey } from "../testing/a-proof.ts";
import { anIssuer, type TestIssuer } from "../testing/an-issuer.ts";
import { everyChain } from "../testing/every-chain.ts";
import type { WayIn } from "../testing/ways-in.ts";

const now = () => Math.floor(Date.now() / 1000);
const call = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "save" } });

for (const [name, open] of Object.entries(everyChain)) {
  describe(`a guard before the app and again before a route, ${name}`, () => {
    let issuer: TestIssuer;
    let key: ProofKey;
    const refusals: OAuthError[] = [];
    const opened: WayIn[] = [];
    before(async () => {
      issuer = await anIssuer();
      key = await aProofKey();
    });
    after(async () => {
      for (const way of opened) await way.close();
      await issuer.close();
    });

    function aGuard(options: Partial<GuardOptions> = {}): Guard {
      const onRefusal = (error: OAuthError) => void refusals.push(error);
      return createGuard({ issuer: issuer.issuer, resource: issuer.resource, onRefusal, ...options });
    }
    async function chained(first: Guard, second: Guard) {
      const way = await open(first, second);
      opened.push(way);
      return async (pairs: readonly string[]) => {
        refusals.length = 0;
        const headers = ["Content-Type", "application/json", "Content-Length", String(call.length)];
        const { status, body } = await way.ask([...headers, ...pairs], { method: "POST", body: call });
        return { status, body, refusal: refusals[0]?.refusal };
      };
    }
    async function bound(scope: string): Promise<string[]> {
      const token = await issuer.token({ cnf: { jkt: key.jkt }, scope });
      const ath = createHash("sha256").update(token).digest("base64url");
      const proof = await key.proof({ htm: "POST", htu: issuer.resource, iat: now(), ath });
      return ["Authorization", `DPoP ${token}`, "DPoP", proof];
    }
    const letIn = { status: 200, body: "account-1", refusal: undefined };

    it("spends a proof once for both, and takes the same request from nobody again", async () => {
      const guard = aGuard();
      const ask = await chained(guard, guard);
      const headers = await bound("notes:write");
      assert.deepEqual(await ask(headers), letIn);
      const again = await ask(headers);
      assert.deepEqual([again.status, again.refusal], [401, "dpop.replayed"]);
      assert.deepEqual(await ask(await bound("notes:write")), letIn);
    });

    it("judges the route's own scopes", async () => {
      const guard = aGuard();
      const poor = await (await chained(guard, guard))(await bound("notes:read"));
      assert.deepEqual([poor.status, poor.refusal], [403, "token.scope"]);
    });

    it("lets another guard judge anew", async () => {
      const store = new ProofMemory(100, now);
      const ask = await chained(aGuard({ dpop: { store } }), aGuard({ dpop: { store } }));
      const second = await ask(await bound("notes:write"));
      assert.deepEqual([second.status, second.refusal], [401, "dpop.replayed"]);
      const elsewhere = await chained(aGuard(), aGuard({ dpop: { nonces: true } }));
      assert.equal((await elsewhere(await bound("notes:write"))).refusal, "dpop.nonce-missing");
    });

    it("asks the issuer once for a request, and again for the next", async () => {
      const guard = aGuard({ introspection: { clientId: "api", clientSecret: "secret", cacheSeconds: 0 } });
      const ask = await chained(guard, guard);
      const headers = ["Authorization", `Bearer ${await issuer.token({ scope: "notes:write" })}`];
      const before = issuer.counts["/introspect"] ?? 0;
      assert.deepEqual([await ask(headers), await ask(headers)], [letIn, letIn]);
      assert.equal((issuer.counts["/introspect"] ?? 0) - before, 2);
    });
  });
}
