import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, it } from "node:test";
import type { Refusal } from "@valetkey/protocol/refusals";
import { aGuardedWay, type GuardedWay } from "./testing/a-guarded-way.ts";
import { aProofKey, type ProofKey } from "./testing/a-proof.ts";
import { type Sent, waysIn } from "./testing/ways-in.ts";

const hashed = (text: string, encoding: "base64url" | "base64" | "hex" = "base64url") =>
  createHash("sha256").update(text).digest(encoding);

for (const [name, open] of Object.entries(waysIn)) {
  describe(`a stolen or reused proof by way of ${name}`, () => {
    let guarded: GuardedWay;
    let key: ProofKey;
    let token: string;

    before(async () => {
      guarded = await aGuardedWay(open);
      key = await aProofKey();
      token = await guarded.issuer.token({ cnf: { jkt: key.jkt } });
    });
    after(() => guarded.close());

    const proof = (change: object = {}, by = key) =>
      by.proof({
        htm: "GET",
        htu: guarded.issuer.resource,
        iat: Math.floor(Date.now() / 1000),
        ath: hashed(token),
        ...change,
      });
    async function ask(proofs: readonly string[], sent?: Sent, more: readonly string[] = []) {
      const pairs = ["Authorization", `DPoP ${token}`, ...proofs.flatMap((one) => ["DPoP", one]), ...more];
      const { status } = await guarded.ask(pairs, sent);
      return { status, refusal: guarded.refusals.at(-1)?.refusal };
    }

    it("[DP-02] is let in once, in order", async () => {
      const once = await proof();
      assert.equal((await ask([once])).status, 200);
      assert.deepEqual(await ask([once]), { status: 401, refusal: "dpop.replayed" });
    });

    it("[DP-02] is let in once, of twenty at the same time", async () => {
      const once = await proof();
      const all = await Promise.all(Array.from({ length: 20 }, () => ask([once])));
      assert.equal(all.filter(({ status }) => status === 200).length, 1);
      assert.equal(all.filter(({ status }) => status === 401).length, 19);
    });

    const tricks: [given: string, refusal: Refusal, make: () => Promise<readonly string[]>, sent?: Sent][] = [
      ["no proof", "dpop.missing", async () => []],
      ["two proofs", "dpop.repeated", async () => [await proof(), await proof()]],
      ["another's proof", "dpop.other-key", async () => [await proof({}, await aProofKey())]],
      ["no ath", "dpop.token-hash", async () => [await proof({ ath: undefined })]],
      ["the ath of another token", "dpop.token-hash", async () => [await proof({ ath: hashed("other") })]],
      ["the ath in hexadecimal", "dpop.token-hash", async () => [await proof({ ath: hashed(token, "hex") })]],
      [
        "the ath with padding",
        "dpop.token-hash",
        async () => [await proof({ ath: hashed(token, "base64") })],
      ],
      ["the token itself as ath", "dpop.token-hash", async () => [await proof({ ath: token })]],
      ["an ath in a list", "dpop.token-hash", async () => [await proof({ ath: [hashed(token)] })]],
      ["a proof for another method", "dpop.method", async () => [await proof({ htm: "POST" })]],
      ["a method in small letters", "dpop.method", async () => [await proof({ htm: "get" })]],
      ["a proof sent with another method", "dpop.method", async () => [await proof()], { method: "DELETE" }],
      ["a proof sent to another path", "dpop.target", async () => [await proof()], { target: "/admin" }],
      [
        "a proof sent to a path of two slashes",
        "dpop.target",
        async () => [await proof()],
        { target: "//mcp" },
      ],
      [
        "a proof sent to an encoded path",
        "dpop.target",
        async () => [await proof()],
        { target: "/mcp%2F..%2Fadmin" },
      ],
      ...[
        "https://api.example/",
        "https://api.example/mcp/",
        "https://api.example/MCP",
        "https://api.example/mcp%2F",
        "https://api.example/mcp/..",
        "https://api.example/mcp;x=1",
        "https://api.example//mcp",
        "https://api.example.evil.example/mcp",
        "https://api.example@evil.example/mcp",
        "https://user@api.example/mcp",
        "https://evil.example/mcp",
        "https://evil.example/https://api.example/mcp",
        "https://api.example:8443/mcp",
        "http://api.example/mcp",
        "/mcp",
        "mcp",
        "",
        " ",
      ].map((htu): (typeof tricks)[number] => [
        `the target ${JSON.stringify(htu)}`,
        "dpop.target",
        async () => [await proof({ htu })],
      ]),
      ["a target in a list", "dpop.claims", async () => [await proof({ htu: [guarded.issuer.resource] })]],
      ["a proof of an hour ago", "dpop.time", async () => [await proof({ iat: 1_000_000 })]],
      ["a proof for the year 2100", "dpop.time", async () => [await proof({ iat: 4_102_444_800 })]],
    ];
    for (const [given, refusal, make, sent] of tricks) {
      it(`is refused: ${given}`, async () => {
        assert.deepEqual(await ask(await make(), sent), { status: 401, refusal });
      });
    }

    it("is refused for a host that the request names, and let in whatever host it names", async () => {
      const hosts = ["Host", "evil.example", "X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "http"];
      const htu = "https://evil.example/mcp";
      assert.deepEqual(await ask([await proof({ htu })], {}, hosts), { status: 401, refusal: "dpop.target" });
      assert.equal((await ask([await proof()], {}, hosts)).status, 200);
    });

    it("has the query neither proven nor counted", async () => {
      assert.equal((await ask([await proof()], { target: "/mcp?session=1" })).status, 200);
    });
  });
}
