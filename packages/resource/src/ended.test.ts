import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CheckedClaims } from "@valetkey/protocol/access-token";
import { Ended, margin } from "./ended.ts";

const claims = (about: Partial<Record<string, unknown>> = {}): CheckedClaims => ({
  iss: "https://auth.example",
  sub: "ada",
  aud: "https://api.example",
  client_id: "agent",
  iat: 5_000,
  exp: 5_600,
  jti: "own",
  lineage: "7",
  ...about,
});

function memory(size = 100, since = 1_000): Ended {
  const ended = new Ended(size);
  ended.beginAt(since);
  return ended;
}

const exchanged = {
  client_id: "tool",
  act: { sub: "tool", act: { sub: "gateway" } },
  ancestors: ["first", "second"],
  origin_client_id: "agent",
};

describe("what ended", () => {
  for (const { what, event, of = {} } of [
    { what: "the token itself", event: { kind: "token", id: "own" } },
    { what: "its lineage", event: { kind: "lineage", id: "7" } },
    { what: "its client", event: { kind: "client", id: "agent" } },
    { what: "the first token that it came from", event: { kind: "token", id: "first" }, of: exchanged },
    { what: "the token between", event: { kind: "token", id: "second" }, of: exchanged },
    { what: "the client that acts", event: { kind: "client", id: "tool" }, of: exchanged },
    { what: "a client that acted before", event: { kind: "client", id: "gateway" }, of: exchanged },
    { what: "the client where it began", event: { kind: "client", id: "agent" }, of: exchanged },
  ] as const) {
    it(`[I4-FEED-GUARD] ends a token by ${what}, and no token beside it`, () => {
      const ended = memory();
      assert.equal(ended.judge(claims(of)), "stands");
      ended.add({ ...event, at: 5_010 });
      assert.equal(ended.judge(claims(of)), "ended");
      const other = { jti: "x", lineage: "8", client_id: "x", origin_client_id: "x", act: undefined };
      assert.equal(ended.judge(claims({ ...other, ancestors: ["x"] })), "stands");
    });
  }

  it("keeps ids of one kind from ending another", () => {
    const ended = memory();
    ended.add({ kind: "token", id: "7", at: 5_010 });
    ended.add({ kind: "lineage", id: "own", at: 5_010 });
    ended.add({ kind: "client", id: "ada", at: 5_010 });
    assert.equal(ended.judge(claims()), "stands");
  });

  it("lets a client that is enabled again have new tokens, and never those from before", () => {
    const ended = memory();
    ended.add({ kind: "client", id: "agent", at: 5_100 });
    assert.equal(ended.judge(claims({ iat: 5_100 })), "ended");
    assert.equal(ended.judge(claims({ iat: 5_100 + margin })), "ended");
    assert.equal(ended.judge(claims({ iat: 5_101 + margin })), "stands");
    ended.add({ kind: "client", id: "agent", at: 5_050 });
    assert.equal(ended.judge(claims({ iat: 5_100 })), "ended", "an older event takes nothing back");
  });

  it("[I4-FEED-STALE] judges no token from before its memory begins", () => {
    const ended = new Ended(10);
    assert.equal(ended.judge(claims()), "before-memory");
    ended.beginAt(5_001);
    assert.equal(ended.judge(claims()), "before-memory");
    assert.equal(ended.judge(claims({ iat: 5_001 })), "stands");
    ended.beginAt(4_000);
    assert.equal(ended.judge(claims()), "before-memory", "a reading that begins anew fills no gap");
  });

  it("is kept as long as a token of it can live, and then goes, with the right to judge older tokens", () => {
    const ended = memory();
    ended.add({ kind: "lineage", id: "7", at: 5_000 });
    ended.prune(5_000 + 600 + 2 * margin, 600);
    assert.equal(ended.count, 1);
    assert.equal(ended.judge(claims()), "ended");
    ended.prune(5_031 + 600 + 2 * margin, 600);
    assert.equal(ended.count, 0);
    assert.equal(ended.judge(claims({ lineage: "8" })), "before-memory");
  });

  it("[I4-FEED-STALE] lets none of the older tokens in when it cannot be remembered", () => {
    const ended = memory(3);
    for (let id = 1; id <= 4; id++) ended.add({ kind: "lineage", id: `${id}`, at: 5_000 + id });
    assert.ok(ended.count <= 3);
    assert.equal(ended.judge(claims({ lineage: "1" })), "overflow");
    assert.equal(ended.judge(claims({ lineage: "9" })), "overflow");
    assert.equal(ended.judge(claims({ lineage: "4" })), "ended");
    const later = 5_003 + margin;
    assert.equal(ended.judge(claims({ lineage: "9", iat: later - 1 })), "overflow");
    assert.equal(ended.judge(claims({ lineage: "9", iat: later + 1 })), "stands");
  });

  it("[I4-FEED-STALE] is not held back by an old event that comes last", () => {
    const ended = memory(2);
    ended.add({ kind: "lineage", id: "1", at: 5_500 });
    ended.add({ kind: "lineage", id: "2", at: 5_500 });
    ended.add({ kind: "lineage", id: "3", at: 2_000 });
    assert.equal(ended.judge(claims({ lineage: "1", iat: 5_400 })), "overflow");
  });
});
