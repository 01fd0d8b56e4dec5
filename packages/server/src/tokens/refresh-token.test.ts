import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { describe, it } from "node:test";
import type { Keys } from "../ports/keys.ts";
import type { Lineage } from "../records/lineage.ts";
import { judgeProof, readRefreshToken, refreshToken } from "./refresh-token.ts";

const issuer = "https://auth.example.com";
const lineage = { id: 258, clientId: "client_a", secret: "c2VjcmV0", generation: 3 } as Lineage;

/** A ring of one key per id, each made of its word. */
function ring(words: Readonly<Record<string, string>>): Keys {
  const mac = (keyId: string, purpose: string, message: Uint8Array) => {
    const word = words[keyId];
    return word === undefined
      ? undefined
      : new Uint8Array(createHmac("sha256", `${purpose} ${word}`).update(message).digest());
  };
  return { mac } as Keys;
}

const ours = ring({ "0a0b0c0d": "one", "1a1b1c1d": "two" });
const token = refreshToken(ours, issuer, lineage, "0a0b0c0d", 3);

describe("a refresh token", () => {
  it("says key, lineage and generation, and is the same however often it is derived", () => {
    const { proof, ...name } = readRefreshToken(token) ?? assert.fail("It cannot be read.");
    assert.deepEqual(name, { keyId: "0a0b0c0d", lineageId: 258, generation: 3 });
    assert.equal(proof.length, 32);
    assert.equal(refreshToken(ours, issuer, lineage, "0a0b0c0d", 3), token);
  });

  it("keeps its form from release to release: this one was made by the first", () => {
    assert.equal(token, "vkr_AQoLDA0AAAAAAQIAAAADjqFtZPVZiFEdYzBAfEBDD531Zbl90cYcyep_zj-4AsUQdYERf");
  });

  it("is what the page on refresh tokens says, whatever was derived before: other issuers, clients, lineages", () => {
    const sha256 = (text: string) => createHash("sha256").update(text).digest();
    for (const one of [1, 2]) {
      for (const from of [issuer, "https://b.example.com"]) {
        for (const [clientId, secret] of [
          ["client_a", "one"],
          ["client_b", "one"],
          ["client_a", "two"],
        ] as const) {
          const name = Buffer.from("010a0b0c0d00000000010200000003", "hex");
          const bound = [`issuer ${from}`, `client ${clientId}`, `lineage ${secret}`].map(sha256);
          const message = Buffer.concat([Buffer.from("valetkey refresh 1\0"), ...bound, name]);
          const proof = createHmac("sha256", "refresh-token one").update(message).digest();
          const made = refreshToken(ours, from, { ...lineage, clientId, secret }, "0a0b0c0d", 3);
          assert.equal(
            made.slice(4, -6),
            Buffer.concat([name, proof]).toString("base64url"),
            `${one} ${from} ${clientId} ${secret}`,
          );
        }
      }
    }
  });

  it("carries the largest lineage and generation that there can be", () => {
    const [id, generation] = [2 ** 48 - 1, 2 ** 32 - 1];
    const name = readRefreshToken(refreshToken(ours, issuer, { ...lineage, id }, "0a0b0c0d", generation));
    assert.deepEqual([name?.lineageId, name?.generation], [id, generation]);
  });

  for (const { given, by = ours, from = issuer, row = {}, change = {}, judged } of [
    { given: "as it was given", judged: "authentic" },
    { given: "of another issuer", from: "https://other.example.com", judged: "forged" },
    { given: "of another client", row: { clientId: "client_b" }, judged: "forged" },
    { given: "of a lineage with another secret", row: { secret: "b3RoZXI" }, judged: "forged" },
    { given: "with another lineage's number", change: { lineageId: 259 }, judged: "forged" },
    { given: "of another generation", change: { generation: 4 }, judged: "forged" },
    { given: "with another key's name", change: { keyId: "1a1b1c1d" }, judged: "forged" },
    { given: "on a node with another key of that name", by: ring({ "0a0b0c0d": "three" }), judged: "forged" },
    { given: "on a node without the key", by: ring({}), judged: "key-unknown" },
    { given: "with a proof of nothing", change: { proof: new Uint8Array(32) }, judged: "forged" },
  ]) {
    it(`is ${judged} ${given}`, () => {
      const name = readRefreshToken(token) ?? assert.fail("It cannot be read.");
      assert.equal(judgeProof(by, from, { ...lineage, ...row }, { ...name, ...change }), judged);
    });
  }

  it("is not made by a node that lacks the key: the caller is told to come again", () => {
    assert.throws(() => refreshToken(ring({}), issuer, lineage, "0a0b0c0d", 3), {
      code: "temporarily_unavailable",
      refusal: "refresh.key-unknown",
    });
  });
});
