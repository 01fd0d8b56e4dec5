import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createGuard } from "./guard.ts";
import { aGuardedWay, type GuardedWay } from "./testing/a-guarded-way.ts";
import { anIssuer } from "./testing/an-issuer.ts";
import { pipelined, requestText } from "./testing/pipelined.ts";
import { type Open, waysIn } from "./testing/ways-in.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const distinct = 10_000;
const atOnce = 250;

// One adapter over a socket; the table of attacks sends a flood through each.
const { "the guard alone": alone, "node:http": overNode } = waysIn;

for (const [name, open] of Object.entries({ "the guard alone": alone, "node:http": overNode })) {
  describe(`ten thousand key ids that nobody has, by way of ${name}`, () => {
    let guarded: GuardedWay;

    before(async () => {
      guarded = await aGuardedWay(open as Open);
    });
    after(() => guarded.close());

    /** How often each status came, of tokens that are sent together. */
    async function together(tokens: readonly string[]): Promise<Record<string, number>> {
      const { way, bearer } = guarded;
      if (way.origin !== undefined) {
        const requests = tokens.map((one) => requestText("GET", { Authorization: `Bearer ${one}` }));
        return await pipelined(way.origin, requests);
      }
      const statuses: Record<string, number> = {};
      for (const { status } of await Promise.all(tokens.map(bearer))) {
        statuses[status] = (statuses[status] ?? 0) + 1;
      }
      return statuses;
    }

    it("cost the issuer one question, leave nothing behind, and keep nobody else from being served", async () => {
      const { issuer, bearer } = guarded;
      const remembered = await issuer.token();
      assert.equal((await bearer(remembered)).status, 200);
      const tail = remembered.slice(remembered.indexOf("."));
      const unknown = (kid: string) =>
        Buffer.from(JSON.stringify({ alg: "ES256", typ: "at+jwt", kid })).toString("base64url") + tail;
      const round = (first: number) =>
        together(Array.from({ length: atOnce }, (_, i) => unknown(`${first + i}${"k".repeat(1_000)}`)));
      await round(-atOnce);
      collectGarbage();
      const before = process.memoryUsage().heapUsed;

      const begun = Date.now();
      const served = new Set<number>();
      for (let sent = 0; sent < distinct; sent += atOnce) {
        const answers = round(sent);
        served.add((await bearer(remembered)).status);
        served.add((await bearer(await issuer.token())).status);
        assert.deepEqual(await answers, { "401": atOnce });
      }
      assert.deepEqual([...served], [200]);
      // The first for the first token; then one in each 30 seconds at most.
      const allowed = 1 + Math.ceil((Date.now() - begun) / 30_000);
      assert.ok(issuer.jwksFetches() <= allowed, `${issuer.jwksFetches()} fetches of the keys`);

      collectGarbage();
      const grown = process.memoryUsage().heapUsed - before;
      // Ten thousand key ids are 10 MB.
      assert.ok(grown < 4_000_000, `${grown} octets more`);
    });
  });
}

describe("an issuer whose keys are slow to come anew", () => {
  it("keeps nobody waiting but those with unknown key ids", async () => {
    const issuer = await anIssuer();
    let now = Math.floor(Date.now() / 1000);
    let answer: (() => void) | undefined;
    const guard = createGuard({
      issuer: issuer.issuer,
      resource: issuer.resource,
      clock: () => now,
      fetch: async (url, init) => {
        if (issuer.jwksFetches() > 0) await new Promise<void>((resolve) => (answer = resolve));
        return await fetch(url, init);
      },
    });
    const ask = (token: string) =>
      guard.guard(new Request(issuer.resource, { headers: { authorization: `Bearer ${token}` } }));
    const remembered = await issuer.token();
    await ask(remembered);
    now += 31;
    const waiting = Promise.all(
      Array.from({ length: 100 }, async (_, i) => ask(await issuer.token({}, { kid: `unknown-${i}` }))),
    );
    for (const token of [remembered, await issuer.token()]) {
      assert.ok(!((await ask(token)) instanceof Response));
    }
    while (answer === undefined) await new Promise((resolve) => setImmediate(resolve));
    answer();
    for (const one of await waiting) assert.ok(one instanceof Response && one.status === 401);
    assert.equal(issuer.jwksFetches(), 2);
    await issuer.close();
  });
});
