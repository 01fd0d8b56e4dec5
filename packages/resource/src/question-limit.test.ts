import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import type { OAuthError } from "@valetkey/protocol/errors";
import { createGuard } from "./guard.ts";
import type { IntrospectionOptions } from "./options.ts";
import { anIssuer, aRequest, type TestIssuer } from "./testing/an-issuer.ts";

describe("words that nobody knows, at a guard that asks", () => {
  let issuer: TestIssuer;
  let now: number;
  let questions: string[];
  let refusals: OAuthError[];
  /** What the issuer does with a question before it answers. */
  let delay: () => Promise<void>;

  before(async () => {
    issuer = await anIssuer();
  });
  after(() => issuer.close());
  beforeEach(() => {
    now = Math.floor(Date.now() / 1000);
    questions = [];
    refusals = [];
    delay = async () => {};
  });

  /** The issuer knows opaque words that begin with "good", as long as they are not revoked. */
  function aGuard(options: Partial<IntrospectionOptions> = {}) {
    const guard = createGuard({
      issuer: issuer.issuer,
      resource: issuer.resource,
      clock: () => now,
      onRefusal: (error) => refusals.push(error),
      introspection: {
        clientId: "api",
        clientSecret: "s",
        endpoint: "https://issuer.example/introspect",
        ...options,
      },
      fetch: async (_, init) => {
        const word = new URLSearchParams(String(init.body)).get("token") ?? "";
        questions.push(word);
        await delay();
        const active = word.startsWith("good") && !issuer.revoked.has(word);
        // By the stopped clock: ten thousand words may take longer than clocks may differ.
        const claims = issuer.claims({ iat: now, exp: now + 600 });
        return Response.json(active ? { ...claims, active, token_type: "Bearer" } : { active });
      },
    });
    return async (word: string) => {
      const answer = await guard.guard(aRequest(word));
      return answer instanceof Response ? answer.status : 200;
    };
  }
  const flood = (check: (word: string) => Promise<number>, count: number, first = 0) =>
    Promise.all(Array.from({ length: count }, (_, at) => check(`junk-${first + at}`)));

  it("cost the issuer fifty questions in a second, be they ten thousand, and callers known as good still pass", async () => {
    const check = aGuard();
    assert.equal(await check("good-before"), 200);
    const served: number[] = [];
    for (let sent = 0; sent < 10_000; sent += 500) {
      const statuses = flood(check, 500, sent);
      served.push(await check("good-before"));
      for (const status of await statuses) assert.ok(status === 401 || status === 503);
    }
    assert.deepEqual([...new Set(served)], [200]);
    assert.equal(questions.filter((word) => word.startsWith("junk")).length, 50);
    assert.equal(questions.filter((word) => word.startsWith("good")).length, 21);
    assert.equal(refusals.at(-1)?.refusal, "introspection.too-many");
    assert.equal(refusals.at(-1)?.retryAfter, 1);
  });

  it("leave room in the next second, for who is new and good too", async () => {
    const check = aGuard();
    await flood(check, 200);
    assert.equal(await check("good-new"), 503);
    now += 1;
    assert.equal(await check("good-new"), 200);
    await flood(check, 200, 1_000);
    assert.equal(questions.filter((word) => word.startsWith("junk")).length, 100);
  });

  it("are fewer where the resource says so", async () => {
    await flood(aGuard({ unknownPerSecond: 3 }), 100);
    assert.equal(questions.length, 3);
    for (const unknownPerSecond of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      assert.throws(() => aGuard({ unknownPerSecond }), TypeError);
    }
  });

  it("never have more questions under way than that, and good ones wait for each other", async () => {
    const check = aGuard({ unknownPerSecond: 4 });
    let underWay = 0;
    let most = 0;
    delay = async () => {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setTimeout(resolve, 1));
      underWay -= 1;
    };
    const statuses = await Promise.all(Array.from({ length: 40 }, (_, at) => check(`good-${at}`)));
    assert.deepEqual([new Set(statuses), most], [new Set([200]), 4]);
  });

  it("let at most ten times that many wait", async () => {
    const check = aGuard({ unknownPerSecond: 2 });
    let answer = () => {};
    const answered = new Promise<void>((resolve) => (answer = resolve));
    delay = () => answered;
    const all = Array.from({ length: 22 }, (_, at) => check(`good-${at}`));
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(await check("good-late"), 503);
    answer();
    assert.deepEqual(new Set(await Promise.all(all)), new Set([200]));
  });

  it("count as well when the issuer does not answer", async () => {
    const check = aGuard();
    delay = () => Promise.reject(new Error("down"));
    for (const status of await flood(check, 500)) assert.equal(status, 503);
    assert.equal(questions.length, 50);
  });

  it("are neither refused for longer nor forgotten as good because the issuer was away", async () => {
    const check = aGuard({ unknownPerSecond: 3 });
    assert.equal(await check("good-before"), 200);
    delay = () => Promise.reject(new Error("down"));
    for (const word of ["good-before", "good-new"]) assert.equal(await check(word), 503);
    assert.equal(refusals.at(-1)?.refusal, "issuer.unreachable");
    delay = async () => {};
    assert.equal(await check("good-new"), 200);
    await flood(check, 10);
    assert.equal(await check("good-newer"), 503);
    assert.equal(await check("good-before"), 200);
  });

  it("are asked about once in ten seconds, and no longer unasked", async () => {
    const check = aGuard();
    const asked = async (word: string) => {
      const before = questions.length;
      return [await check(word), questions.length - before];
    };
    assert.deepEqual(await asked("junk"), [401, 1]);
    now += 9;
    assert.deepEqual(await asked("junk"), [401, 0]);
    assert.equal(refusals.at(-1)?.refusal, "token.revoked");
    now += 1;
    assert.deepEqual(await asked("junk"), [401, 1]);
    now -= 3_600;
    assert.deepEqual(await asked("junk"), [401, 1], "a clock that was set back");
  });

  it("are asked about once, of a hundred requests with the same", async () => {
    const check = aGuard();
    const statuses = await Promise.all(Array.from({ length: 100 }, () => check("junk")));
    assert.deepEqual([new Set(statuses), questions.length], [new Set([401]), 1]);
  });

  it("that are good are asked about once for each of a hundred requests: nobody shares another's yes", async () => {
    const check = aGuard();
    const statuses = await Promise.all(Array.from({ length: 100 }, () => check("good")));
    assert.deepEqual([new Set(statuses), questions.length], [new Set([200]), 100]);
  });

  it("that were good count as unknown once they are revoked", async () => {
    const check = aGuard({ unknownPerSecond: 1 });
    assert.equal(await check("good-revoked"), 200);
    issuer.revoked.add("good-revoked");
    assert.deepEqual([await check("good-revoked"), questions.length], [401, 2]);
    assert.deepEqual([await check("good-revoked"), questions.length], [401, 2]);
    await check("junk");
    now += 10;
    assert.equal(await check("good-revoked"), 401);
    assert.equal(await check("other"), 503);
  });

  it("cost nothing where nobody is asked", async () => {
    const asked: string[] = [];
    const guard = createGuard({
      issuer: issuer.issuer,
      resource: issuer.resource,
      fetch: async (url) => {
        asked.push(url);
        return Response.json({});
      },
    });
    for (let at = 0; at < 1_000; at++) {
      const answer = await guard.guard(aRequest(`junk-${at}`));
      assert.ok(answer instanceof Response && answer.status === 401);
    }
    assert.deepEqual(asked, []);
  });
});

describe("a signed token that the issuer ended, at a guard that asks", () => {
  let issuer: TestIssuer;
  before(async () => {
    issuer = await anIssuer();
  });
  after(() => issuer.close());

  it("is asked about once in ten seconds, however often it comes", async () => {
    let now = Math.floor(Date.now() / 1000);
    const guard = createGuard({
      issuer: issuer.issuer,
      resource: issuer.resource,
      clock: () => now,
      introspection: { clientId: "api", clientSecret: "s" },
    });
    const token = await issuer.token();
    issuer.revoked.add(token);
    for (const [later, asked] of [
      [0, 1],
      [9, 1],
      [1, 2],
    ] as const) {
      now += later;
      for (const _ of [1, 2]) {
        const answer = await guard.guard(aRequest(token));
        assert.ok(answer instanceof Response && answer.status === 401);
      }
      assert.equal(issuer.counts["/introspect"], asked);
    }
  });
});
