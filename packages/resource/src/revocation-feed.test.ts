import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { OAuthError } from "@valetkey/protocol/errors";
import type { EndingEvent } from "./ended.ts";
import { createGuard, type Guard } from "./guard.ts";
import type { GuardOptions, RevocationOptions } from "./options.ts";
import { anIssuer, aRequest, type TestIssuer } from "./testing/an-issuer.ts";

describe("a guard that follows the revocation feed", () => {
  let issuer: TestIssuer;
  let guards: Guard[];
  let refusals: OAuthError[];
  let events: EndingEvent[];
  let questions: URLSearchParams[];
  let tell: () => void;

  const now = () => Math.floor(Date.now() / 1000);

  beforeEach(async () => {
    issuer = await anIssuer();
    [guards, refusals, events, questions] = [[], [], [], []];
    tell = () => undefined;
    issuer.state.feed = async (form) => {
      questions.push(form);
      const wait = Number(form.get("wait"));
      const from = Number(form.get("after") ?? 0);
      const arrived = performance.now();
      if (events.length === from && wait > 0) {
        await Promise.race([
          pause(wait * 1_000),
          new Promise<void>((resolve) => {
            tell = resolve;
          }),
        ]);
      }
      return page({
        events: events.slice(from),
        next: String(events.length),
        ...(form.has("after") ? {} : { since: now() - 700 }),
        waited: Math.floor(performance.now() - arrived) / 1_000,
      });
    };
  });
  afterEach(async () => {
    for (const guard of guards) guard.close();
    await issuer.close();
  });

  function page(about: object) {
    return { events: [], next: "0", more: false, at: now(), token_lifetime: 600, waited: 0, ...about };
  }

  function end(kind: EndingEvent["kind"], id: string): void {
    events.push({ kind, id, at: now() });
    tell();
  }

  function aGuard(options: Partial<RevocationOptions> = {}, others: Partial<GuardOptions> = {}) {
    const guard = createGuard({
      issuer: issuer.issuer,
      resource: issuer.resource,
      onRefusal: (error) => refusals.push(error),
      revocations: { clientId: "api", clientSecret: "secret", ...options },
      ...others,
    });
    guards.push(guard);
    return async (token: string, raw?: object) => {
      const answer = await guard.guard(aRequest(token), [], raw);
      return answer instanceof Response ? answer.status : 200;
    };
  }

  async function until(check: () => Promise<number>, status: number): Promise<void> {
    for (let tries = 0; tries < 200; tries++) {
      if ((await check()) === status) return;
      await pause(10);
    }
    assert.equal(await check(), status);
  }

  it("[I4-FEED-GUARD] denies what ended before its first token, and what ends later, remembered or not", async () => {
    const [dead, known, fresh] = [
      await issuer.token({ jti: "dead" }),
      await issuer.token({ lineage: "7" }),
      await issuer.token({ lineage: "7" }),
    ];
    end("token", "dead");
    const check = aGuard();
    assert.equal(await check(dead), 401);
    assert.equal(refusals.at(-1)?.refusal, "token.revoked");
    assert.equal(await check(known), 200);
    end("lineage", "7");
    await until(() => check(known), 401);
    assert.equal(await check(fresh), 401);
    assert.equal(await check(await issuer.token({ lineage: "8" })), 200);
  });

  it("denies what ended between two checks of one request", async () => {
    const introspection = { clientId: "api", clientSecret: "secret" };
    const check = aGuard({}, { introspection });
    const token = await issuer.token({ lineage: "7" });
    const raw = {};
    assert.equal(await check(token, raw), 200);
    assert.equal(await check(token, raw), 200);
    assert.equal(issuer.counts["/introspect"], 1);
    end("lineage", "7");
    await until(() => check(token, raw), 401);
  });

  it("asks one question at a time, goes on where it was, and asks for nothing a second time", async () => {
    const check = aGuard({ staleAfter: 2 });
    const token = await issuer.token();
    await Promise.all(Array.from({ length: 50 }, () => check(token)));
    end("client", "somebody");
    await pause(1_200);
    assert.equal(await check(token), 200);
    assert.deepEqual(
      questions.slice(0, 3).map((form) => [form.get("after"), form.get("wait")]),
      [
        [null, "0.000"],
        ["0", "0.500"],
        ["1", "0.500"],
      ],
    );
    assert.ok(questions.length <= 6, `${questions.length} questions`);
  });

  for (const { given, about } of [
    { given: "tells the same again each time, as nodes do that take turns", about: {} },
    { given: "says that there is more, and tells nothing", about: { events: [], more: true } },
  ]) {
    it(`does not ask all the time when the issuer ${given}`, async () => {
      const told = { kind: "client", id: "somebody", at: now() };
      issuer.state.feed = async (form) => {
        questions.push(form);
        return page({ events: [told], since: now() - 700, ...about });
      };
      const check = aGuard({ staleAfter: 2 });
      void check(await issuer.token());
      await pause(1_000);
      assert.ok(questions.length <= 20, `${questions.length} questions`);
    });
  }

  it("[I4-FEED-STALE] lets nobody in when the news have grown stale, and goes on when they come again", async () => {
    const check = aGuard({ staleAfter: 1 });
    const token = await issuer.token();
    assert.equal(await check(token), 200);
    issuer.state.down = true;
    const from = performance.now();
    await until(() => check(token), 503);
    const took = performance.now() - from;
    assert.ok(took <= 1_300, `${took} ms`);
    assert.equal(refusals.at(-1)?.refusal, "feed.stale");
    assert.equal(refusals.at(-1)?.retryAfter, 1);
    end("lineage", "7");
    issuer.state.down = false;
    await until(() => check(token), 200);
    assert.equal(await check(await issuer.token({ lineage: "7" })), 401);
  });

  it("[I4-FEED-STALE] lets nobody in when the wall clock says that the machine slept", async () => {
    let ahead = 0;
    const check = aGuard({ staleAfter: 5 }, { clock: () => now() + ahead });
    const token = await issuer.token();
    assert.equal(await check(token), 200);
    ahead = 60;
    assert.equal(await check(token), 503);
  });

  for (const { given, feed } of [
    { given: "has no feed", feed: undefined },
    { given: "answers with something else", feed: async () => ({ active: true }) },
    {
      given: "tells of a kind of ending that nobody knows",
      feed: async () => page({ events: [{ kind: "x" }] }),
    },
    {
      given: "has a clock that is far ahead",
      feed: async () => page({ at: now() + 400, since: now() - 300 }),
    },
    { given: "never comes to an end with its old endings", feed: async () => page({ more: true }) },
  ]) {
    it(`[I4-FEED-STALE] lets nobody in when the issuer ${given}`, async () => {
      issuer.state.feed = feed;
      const check = aGuard({ staleAfter: 1 });
      assert.equal(await check(await issuer.token()), 503);
      assert.equal(refusals.at(-1)?.refusal, "feed.stale");
    });
  }

  it("[I4-FEED-STALE] lets nobody in who is older than what it knows", async () => {
    const check = aGuard();
    const token = await issuer.token({ iat: now() - 900, exp: now() + 900 });
    assert.equal(await check(token), 401);
    assert.equal(refusals.at(-1)?.refusal, "feed.before-memory");
  });

  it("counts the age of an answer from when the issuer looked, however late it comes", async () => {
    const answered = issuer.state.feed;
    let delay = 0;
    issuer.state.feed = async (form) => {
      const answer = await answered?.(form);
      await pause(delay);
      return answer;
    };
    const check = aGuard({ staleAfter: 1 });
    const token = await issuer.token();
    assert.equal(await check(token), 200);
    // Every answer comes after 0.7 seconds, and tells of 0.45 seconds before: between two of them that is too old.
    delay = 450;
    await until(() => check(token), 503);
  });

  it("ends with close: it asks no more, and lets nobody in after a while", async () => {
    const check = aGuard({ staleAfter: 1 });
    const token = await issuer.token();
    assert.equal(await check(token), 200);
    guards[0]?.close();
    await pause(100);
    const asked = questions.length;
    await until(() => check(token), 503);
    assert.equal(questions.length, asked);
  });

  it("asks nothing, and has nothing to close, without the option", async () => {
    const guard = createGuard({ issuer: issuer.issuer, resource: issuer.resource });
    assert.ok(!((await guard.guard(aRequest(await issuer.token()))) instanceof Response));
    assert.equal(questions.length, 0);
    guard.close();
  });

  it("refuses a staleness that is none", () => {
    for (const staleAfter of [0, -1, 301, Number.NaN]) {
      assert.throws(() => aGuard({ staleAfter }), /revocations\.staleAfter/);
    }
  });
});
