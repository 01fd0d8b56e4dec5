import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { aGuardedWay, type GuardedWay } from "./testing/a-guarded-way.ts";
import { nodeWays, type Sent, waysIn } from "./testing/ways-in.ts";

for (const [name, open] of Object.entries(waysIn)) {
  describe(`a token in the wrong place by way of ${name}`, () => {
    let guarded: GuardedWay;
    let good: string;

    before(async () => {
      guarded = await aGuardedWay(open);
      good = await guarded.issuer.token();
    });
    after(() => guarded.close());

    async function answer(pairs: readonly string[], sent?: Sent) {
      const { status, headers } = await guarded.ask(pairs, sent);
      const refusal = guarded.refusals.at(-1)?.refusal;
      return { status, refusal, challenge: headers.get("www-authenticate") ?? "" };
    }

    it("[MCP-RS-11 O21-RS-03] counts for nothing in the query", async () => {
      const alone = await answer([], { target: `/mcp?access_token=${good}` });
      assert.deepEqual([alone.status, alone.refusal], [401, "token.missing"]);
      assert.doesNotMatch(alone.challenge, /error/);
      const beside = await answer(["Authorization", "Bearer junk"], { target: `/mcp?access_token=${good}` });
      assert.deepEqual([beside.status, beside.refusal], [401, "token.malformed"]);
    });

    for (const header of ["Cookie", "X-Access-Token", "Proxy-Authorization", "X-Authorization", "DPoP"]) {
      it(`counts for nothing in ${header}`, async () => {
        const { status, refusal } = await answer([header, `Bearer ${good}`]);
        assert.deepEqual([status, refusal], [401, "token.missing"]);
      });
    }

    for (const [given, values] of [
      ["the same token twice", ["Bearer GOOD", "Bearer GOOD"]],
      ["a good token before a bad one", ["Bearer GOOD", "Bearer junk"]],
      ["a bad token before a good one", ["Bearer junk", "Bearer GOOD"]],
      ["a password before a good token", ["Basic YTpi", "Bearer GOOD"]],
      ["a password behind a good token", ["Bearer GOOD", "Basic YTpi"]],
      ["two schemes for one token", ["DPoP GOOD", "Bearer GOOD"]],
      ["two tokens in one header", ["Bearer GOOD, Bearer GOOD"]],
    ] as const) {
      it(`[O21-RS-04] is refused as ${given}`, async () => {
        const pairs = values.flatMap((value) => ["Authorization", value.replaceAll("GOOD", good)]);
        const { status, refusal } = await answer(pairs);
        assert.deepEqual([status, refusal], [400, "token.two-carriers"]);
      });
    }

    it("is refused behind an empty header, too", async () => {
      const { status } = await answer(["Authorization", "", "Authorization", `Bearer ${good}`]);
      assert.ok([400, 401].includes(status));
    });

    it("is refused when it is longer than any token, by the guard or by the server before it", async () => {
      const { status } = await answer(["Authorization", `Bearer ${"x".repeat(17_000)}`]);
      assert.ok([401, 431].includes(status), String(status));
      assert.equal((await answer(["Authorization", `Bearer ${good}`])).status, 200);
    });
  });
}

for (const [name, open] of Object.entries(nodeWays)) {
  describe(`a request line that no browser writes, at ${name}`, () => {
    let guarded: GuardedWay;
    let seen: string[] = [];

    before(async () => {
      guarded = await aGuardedWay(open, {
        onRefusal: (_, request) => seen.push(`${request.method} ${request.url}`),
      });
    });
    after(() => guarded.close());

    for (const [method, target, shown] of [
      ["OPTIONS", "*", "OPTIONS https://api.example/"],
      ["GET", "http://user:secret@evil.example/mcp?a=1", "GET https://api.example/mcp?a=1"],
      ["GET", "http://evil.example", "GET https://api.example/"],
      ["GET", "//evil.example/mcp", "GET https://api.example//evil.example/mcp"],
      ["GET", "/%", "GET https://api.example/%"],
      ["TRACE", "/mcp", "GET https://api.example/mcp"],
      ["PROPFIND", "/mcp", "PROPFIND https://api.example/mcp"],
    ] as const) {
      it(`is answered: ${method} ${target}`, async () => {
        seen = [];
        assert.equal((await guarded.ask([], { method, target })).status, 401);
        assert.deepEqual(seen, [shown]);
      });
    }

    it("leaves the server as it was", async () => {
      const { status } = await guarded.bearer(await guarded.issuer.token());
      assert.equal(status, 200);
    });
  });
}
