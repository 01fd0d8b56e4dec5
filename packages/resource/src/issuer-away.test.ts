import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { createGuard, type Guard } from "./guard.ts";
import type { GuardOptions } from "./options.ts";
import { anIssuer, aRequest, type TestIssuer } from "./testing/an-issuer.ts";

const credentials = { clientId: "api", clientSecret: "s" };
const now = () => Math.floor(Date.now() / 1000);

describe("an issuer that is away for a while", () => {
  let issuer: TestIssuer;
  let guard: Guard;

  beforeEach(async () => {
    issuer = await anIssuer();
    issuer.state.feed = async (form) => {
      const wait = Number(form.get("wait"));
      await pause(wait * 1_000);
      const since = form.has("after") ? {} : { since: now() - 700 };
      return { events: [], next: "0", more: false, at: now(), token_lifetime: 600, waited: wait, ...since };
    };
  });
  afterEach(async () => {
    guard.close();
    await issuer.close();
  });

  function aGuard(options: Partial<GuardOptions>) {
    guard = createGuard({ issuer: issuer.issuer, resource: issuer.resource, ...options });
    return async (token: string) => {
      const answer = await guard.guard(aRequest(token));
      if (!(answer instanceof Response)) return 200;
      if (answer.status === 503) assert.match(answer.headers.get("retry-after") ?? "", /^[1-9]\d*$/);
      return answer.status;
    };
  }

  /** The guard asks again by itself, at the pace of its own choice. */
  async function until(status: number, check: (token: string) => Promise<number>): Promise<void> {
    const last = performance.now() + 15_000;
    while ((await check(await issuer.token())) !== status) {
      assert.ok(performance.now() < last, `never answered ${status}`);
      await pause(50);
    }
  }

  for (const { given, options, meanwhile } of [
    { given: "by its keys alone", options: {}, meanwhile: 200 },
    { given: "by asking it", options: { introspection: credentials }, meanwhile: 503 },
    { given: "by its feed", options: { revocations: { ...credentials, staleAfter: 1 } }, meanwhile: 503 },
  ]) {
    it(`lets nobody in at the start, and ${meanwhile === 200 ? "all that it can judge" : "nobody"} later, where tokens are judged ${given}`, async () => {
      issuer.state.down = true;
      const check = aGuard(options);
      assert.equal(await check(await issuer.token()), 503);
      issuer.state.down = false;
      await until(200, check);
      const known = await issuer.token();
      assert.equal(await check(known), 200);
      issuer.state.down = true;
      await until(meanwhile, check);
      assert.equal(await check(known), meanwhile);
      issuer.state.down = false;
      await until(200, check);
      assert.equal(await check(known), 200);
    });
  }

  it("is asked a few times a second at most by a guard that follows its feed, and that is asked all the time", async () => {
    const check = aGuard({ revocations: { ...credentials, staleAfter: 1 } });
    assert.equal(await check(await issuer.token()), 200);
    issuer.state.down = true;
    const before = issuer.counts["/revocations"] ?? 0;
    const last = performance.now() + 1_000;
    while (performance.now() < last) {
      await check(await issuer.token());
      await pause(5);
    }
    const asked = (issuer.counts["/revocations"] ?? 0) - before;
    assert.ok(asked >= 1 && asked <= 12, `${asked} questions`);
  });
});
