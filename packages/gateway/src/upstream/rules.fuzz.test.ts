import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { aGateway, rulesOf } from "./testing/a-gateway.ts";
import { type Attempt, attempts, type Body, requestText } from "./testing/attempts.ts";
import { lenientUpstream, type Operation } from "./testing/lenient-upstream.ts";
import { rawExchange } from "./testing/raw.ts";

/** Requests in the gate; `VALETKEY_FUZZ=20000` looks further. */
const runs = Number(process.env.VALETKEY_FUZZ ?? 600);

/** The hard case: a rule for everything below stricter ones, so that dodging the strict one is worth a try. */
const rules = rulesOf(`
rules:
  - { methods: [GET, POST, DELETE], path: /**, scopes: [inference:read] }
  - { methods: [POST, DELETE], path: /fine_tuning/**, scopes: [training:write] }
  - { methods: [DELETE], path: /**, scopes: [training:write] }
  - { methods: [POST], path: /files/**, scopes: [datasets:upload], content_types: [multipart/form-data, application/json] }
  - { methods: [POST], path: /chat/**, models: [premium*], scopes: [premium:use] }
  - { methods: [GET, POST], path: /admin/**, scopes: [admin:all] }
`);

const scopeOf: Readonly<Record<Operation, string>> = {
  inference: "inference:read",
  training: "training:write",
  upload: "datasets:upload",
  premium: "premium:use",
  admin: "admin:all",
};

const every = Object.values(scopeOf);
const asked = (text: string): Body => ({ type: "application/json", octets: Buffer.from(text) });

/** What somebody who may would send. */
const controls: readonly Attempt[] = [
  ["GET", "/api/models", [], undefined, false, ["inference:read"]],
  ["POST", "/api/chat/completions", [], asked('{"model":"premium"}'), true, every],
  ["POST", "/api/fine_tuning/jobs", [], asked("{}"), false, every],
  ["POST", "/api/files", [], asked("{}"), false, every],
  ["POST", "/api/admin/", [], undefined, false, every],
];

describe("the rules, as an attacker tries them", () => {
  it(`let no path, coding or body reach an operation without its scope (${runs} requests at the most lenient upstream)`, async (t) => {
    const ran = new Set<Operation>();
    const { port, token } = await aGateway(t, lenientUpstream(ran), { rules });
    const tokens = new Map<string, Promise<string>>();
    const tokenFor = (scope: string) => {
      const held = tokens.get(scope) ?? token(scope);
      tokens.set(scope, held);
      return held;
    };
    const reached = new Set<Operation>();
    await fc.assert(
      fc.asyncProperty(attempts(every), async (attempt) => {
        ran.clear();
        const held = attempt[5];
        await rawExchange(port, requestText(attempt, await tokenFor(held.join(" "))));
        for (const operation of ran) {
          reached.add(operation);
          assert.ok(held.includes(scopeOf[operation]), `${operation} ran with ${held.join(" ")}`);
        }
      }),
      { numRuns: runs, examples: controls.map((control) => [control]) },
    );
    // A gateway that refused everything would pass as well.
    assert.deepEqual([...reached].sort(), Object.keys(scopeOf).sort());
  });
});
