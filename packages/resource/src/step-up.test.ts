import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CheckedClaims } from "@valetkey/protocol/access-token";
import { readBearerChallenge, readChallenges } from "@valetkey/protocol/challenge";
import { readStepUp } from "@valetkey/protocol/step-up";
import { callerOf, rightsOf } from "./caller.ts";
import { type Authentication, requireAuthentication } from "./step-up.ts";

const resourceMetadataUrl = "https://api.example/.well-known/oauth-protected-resource";
const guard = {
  resourceMetadataUrl,
  corsHeaders: () => ({ "access-control-allow-origin": "https://a.example" }),
};
const now = 1_000;

function aCaller(about: Readonly<Record<string, unknown>>) {
  const basic = {
    iss: "i",
    sub: "acc_1",
    aud: "https://api.example",
    client_id: "app",
    exp: 2_000,
    iat: 900,
  };
  const claims: CheckedClaims = { ...basic, ...about };
  return callerOf("token", claims, rightsOf(claims, undefined));
}

function ask(about: Readonly<Record<string, unknown>>, needed: Authentication) {
  const caller = aCaller(about);
  const answer = requireAuthentication(guard, caller, new Request("https://api.example"), { now, ...needed });
  return answer instanceof Response ? answer : answer === caller;
}

const person = { auth_time: 940, acr: "aal1" };

describe("a guarded operation that needs a sign-in of a kind", () => {
  for (const { given, about, needed } of [
    { given: "nothing asked", about: {}, needed: {} },
    { given: "a sign-in just new enough", about: person, needed: { maxAge: 60 } },
    { given: "one of the contexts asked for", about: person, needed: { acrValues: ["aal2", "aal1"] } },
    { given: "both", about: person, needed: { maxAge: 60, acrValues: ["aal1"] } },
  ]) {
    it(`[SU-01] lets a caller pass with ${given}`, () => {
      assert.equal(ask(about, needed), true);
    });
  }

  const metadata = `resource_metadata="${resourceMetadataUrl}"`;
  for (const { given, about, needed, expected } of [
    {
      given: "an old sign-in",
      about: person,
      needed: { maxAge: 59 },
      expected: `error_description="A more recent sign-in is needed.", max_age="59", ${metadata}`,
    },
    {
      given: "no time of a sign-in, as a machine",
      about: { sub: "app" },
      needed: { maxAge: 600 },
      expected: `error_description="A more recent sign-in is needed.", max_age="600", ${metadata}`,
    },
    {
      given: "a time that is no number",
      about: { auth_time: "999" },
      needed: { maxAge: 600 },
      expected: `error_description="A more recent sign-in is needed.", max_age="600", ${metadata}`,
    },
    {
      given: "another context",
      about: person,
      needed: { acrValues: ["aal2", "aal3"] },
      expected: `error_description="A stronger sign-in is needed.", acr_values="aal2 aal3", ${metadata}`,
    },
    {
      given: "no context",
      about: { auth_time: 999 },
      needed: { acrValues: ["aal1"], maxAge: 60 },
      expected: `error_description="A stronger sign-in is needed.", acr_values="aal1", max_age="60", ${metadata}`,
    },
    {
      given: "a context in a list",
      about: { acr: ["aal1"] },
      needed: { acrValues: ["aal1"] },
      expected: `error_description="A stronger sign-in is needed.", acr_values="aal1", ${metadata}`,
    },
  ]) {
    it(`[SU-01] answers a caller with ${given} with the exact challenge`, async () => {
      const answer = ask(about, needed);
      assert.ok(answer instanceof Response);
      const challenge = answer.headers.get("www-authenticate") ?? "";
      assert.equal(challenge, `Bearer error="insufficient_user_authentication", ${expected}`);
      assert.deepEqual([answer.status, answer.headers.get("cache-control")], [401, "no-store"]);
      assert.equal(answer.headers.get("access-control-allow-origin"), "https://a.example");
      assert.match(await answer.text(), /^\{"error":"insufficient_user_authentication",/);
      const read = readBearerChallenge(challenge);
      const { acrValues = [], maxAge } = needed as Authentication;
      assert.deepEqual(read && readStepUp(read), { kind: "authentication", acrValues, maxAge });
    });
  }

  it("[SU-01] challenges in the scheme of a bound token", () => {
    const answer = ask({ ...person, cnf: { jkt: "k" } }, { maxAge: 1 });
    assert.ok(answer instanceof Response);
    const [challenge, ...others] = readChallenges(answer.headers.get("www-authenticate") ?? "");
    assert.deepEqual([challenge?.scheme, others.length], ["DPoP", 0]);
    assert.equal(challenge?.attributes.get("max_age"), "1");
  });

  it("[SU-01] fails for a demand that no challenge can carry, whoever calls", () => {
    assert.throws(() => ask(person, { maxAge: -1 }), TypeError);
    assert.throws(() => ask(person, { acrValues: ['a"', "aal1"] }), TypeError);
  });
});
