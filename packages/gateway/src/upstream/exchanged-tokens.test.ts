import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { OAuthError } from "@valetkey/protocol/errors";
import type { ExchangeTerms } from "../rules/rules.ts";
import { ExchangedTokens, type ExchangedTokensOptions } from "./exchanged-tokens.ts";

const terms: ExchangeTerms = {
  clientId: "gateway",
  clientSecret: "secret",
  resource: "https://back.example",
  scopes: [],
};
const far = 1_000_000;
const subject = (token: string) => ({ token, isBound: false });
const a = subject("a");

/** A memory with a clock by hand, and an exchange that counts. */
function aMemory(options: Partial<ExchangedTokensOptions> = {}) {
  const it = { now: 1_000, asked: 0, lifetime: 600 };
  const tokens = new ExchangedTokens({
    exchange: async () => ({ token: `new-${++it.asked}`, lifetime: it.lifetime }),
    clock: () => it.now,
    ...options,
  });
  return Object.assign(it, { tokens });
}

function failing(refusal: OAuthError["refusal"]) {
  let asked = 0;
  const exchange = async () => {
    asked++;
    throw new OAuthError("access_denied", "No.", refusal);
  };
  return { exchange, asked: () => asked };
}

describe("exchanged tokens", () => {
  it("are had once for requests that come together, and again for another token", async () => {
    const memory = aMemory();
    const many = await Promise.all(Array.from({ length: 50 }, () => memory.tokens.get(terms, a, far)));
    assert.deepEqual(new Set(many), new Set(["new-1"]));
    assert.equal(await memory.tokens.get(terms, subject("b"), far), "new-2");
  });

  for (const { lifetime, expiresAt, usedFor } of [
    { lifetime: 600, expiresAt: far, usedFor: 590 },
    { lifetime: 60, expiresAt: far, usedFor: 54 },
    { lifetime: 600, expiresAt: 1_030, usedFor: 30 },
    { lifetime: 1, expiresAt: far, usedFor: 0 },
    { lifetime: 0, expiresAt: far, usedFor: 0 },
  ]) {
    it(`are used for ${usedFor} of ${lifetime} seconds, where the caller's own ends at ${expiresAt}`, async () => {
      const memory = aMemory();
      memory.lifetime = lifetime;
      await memory.tokens.get(terms, a, expiresAt);
      assert.equal(memory.tokens.count, usedFor > 0 ? 1 : 0);
      memory.now += Math.max(usedFor - 1, 0);
      assert.equal(await memory.tokens.get(terms, a, expiresAt), usedFor > 0 ? "new-1" : "new-2");
      memory.now++;
      assert.equal(await memory.tokens.get(terms, a, expiresAt), usedFor > 0 ? "new-2" : "new-3");
    });
  }

  for (const [name, other] of Object.entries({
    resource: { ...terms, resource: "https://other.example" },
    scopes: { ...terms, scopes: ["a"] },
    client: { ...terms, clientId: "other" },
    secret: { ...terms, clientSecret: "rotated" },
  })) {
    it(`are never given for another ${name}`, async () => {
      const { tokens } = aMemory();
      assert.equal(await tokens.get(terms, a, far), "new-1");
      assert.equal(await tokens.get(other, a, far), "new-2");
      assert.equal(await tokens.get(terms, a, far), "new-1");
    });
  }

  it("are so many at most, and the longest unused goes first", async () => {
    const { tokens } = aMemory({ size: 2 });
    for (const token of ["a", "b", "a", "c"]) await tokens.get(terms, subject(token), far);
    assert.equal(tokens.count, 2);
    assert.equal(await tokens.get(terms, a, far), "new-1");
    assert.equal(await tokens.get(terms, subject("b"), far), "new-4");
  });

  it("are had anew once the server behind refused one, and not again within five seconds", async () => {
    const memory = aMemory();
    const refusedAt = async (now: number) => {
      memory.now = now;
      const token = await memory.tokens.get(terms, a, far);
      memory.tokens.forget(terms, "a");
      return token;
    };
    const had: string[] = [];
    for (const now of [1_000, 1_000, 1_004, 1_005, 1_006, 1_010, 1_011, 1_012])
      had.push(await refusedAt(now));
    // Each is still used for the request that finds it wanting once more.
    assert.equal(had.join(" "), "new-1 new-1 new-1 new-1 new-2 new-2 new-2 new-3");
  });

  for (const refusal of ["upstream.exchange-refused", "upstream.exchange-client"] as const)
    it(`are not asked for again within five seconds of ${refusal}, for this token alone`, async () => {
      const { exchange, asked } = failing(refusal);
      const memory = aMemory({ exchange });
      const get = (token: string) =>
        assert.rejects(memory.tokens.get(terms, subject(token), far), OAuthError);
      for (let turn = 0; turn < 5; turn++, memory.now++) await get("a");
      assert.equal(asked(), 1);
      await get("b");
      await get("a");
      assert.equal(asked(), 3);
    });

  it("are asked for by nobody in the second after the issuer was away, and had before are used", async () => {
    let isAway = false;
    let asked = 0;
    const memory = aMemory({
      exchange: async () => {
        asked++;
        if (isAway) throw new OAuthError("temporarily_unavailable", "Away.", "upstream.exchange-away");
        return { token: `new-${asked}`, lifetime: 600 };
      },
    });
    await memory.tokens.get(terms, a, far);
    isAway = true;
    for (const token of ["b", "c", "d"]) {
      await assert.rejects(memory.tokens.get(terms, subject(token), far), {
        refusal: "upstream.exchange-away",
      });
    }
    assert.equal(asked, 2);
    assert.equal(await memory.tokens.get(terms, a, far), "new-1");
    isAway = false;
    memory.now++;
    assert.equal(await memory.tokens.get(terms, subject("b"), far), "new-3");
  });
});
