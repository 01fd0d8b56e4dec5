import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { contextOf, isReachable, reachableContexts, satisfies } from "./authentication-context.ts";
import { bearerChallenge, readBearerChallenge } from "./challenge.ts";
import { readStepUp, stepUpScopes } from "./step-up.ts";

/** As it comes out of the header that the challenge maker writes. */
function read(header: string) {
  const challenge = readBearerChallenge(header);
  assert.ok(challenge);
  return readStepUp(challenge);
}

describe("the challenge for a stronger or newer sign-in", () => {
  it("[SU-01] says what is asked, in the words of RFC 9470", () => {
    const challenge = bearerChallenge({
      error: "insufficient_user_authentication",
      errorDescription: "A newer sign-in is needed.",
      acrValues: ["aal2", "aal1"],
      maxAge: 5,
    });
    assert.equal(
      challenge,
      'Bearer error="insufficient_user_authentication", error_description="A newer sign-in is needed.", acr_values="aal2 aal1", max_age="5"',
    );
    assert.deepEqual(read(challenge), { kind: "authentication", acrValues: ["aal2", "aal1"], maxAge: 5 });
  });

  it("[SU-01] with an age of none still says it", () => {
    assert.match(bearerChallenge({ error: "insufficient_user_authentication", maxAge: 0 }), /max_age="0"/);
  });

  for (const { given, challenge } of [
    { given: "an age that is no whole number", challenge: { maxAge: 1.5 } },
    { given: "a negative age", challenge: { maxAge: -1 } },
    { given: "a context with a space", challenge: { acrValues: ["a b"] } },
    { given: "a context with a quote", challenge: { acrValues: ['a"'] } },
  ]) {
    it(`[SU-01] is not made with ${given}`, () => {
      assert.throws(() => bearerChallenge(challenge), TypeError);
    });
  }
});

describe("a client that was refused", () => {
  for (const { given, header, expected } of [
    {
      given: "insufficient_scope",
      header: 'Bearer error="insufficient_scope", scope="b a b"',
      expected: { kind: "scope", scopes: ["b", "a"] },
    },
    {
      given: "an age alone",
      header: 'Bearer error="insufficient_user_authentication", max_age=60',
      expected: { kind: "authentication", acrValues: [], maxAge: 60 },
    },
    {
      given: "an age that is none",
      header: 'Bearer error="insufficient_user_authentication", max_age="soon"',
      expected: { kind: "authentication", acrValues: [], maxAge: undefined },
    },
    { given: "an invalid token", header: 'Bearer error="invalid_token", scope="a"', expected: undefined },
    { given: "no error", header: 'Bearer scope="a"', expected: undefined },
  ]) {
    it(`[SU-01] is told by ${given} ${expected === undefined ? "nothing" : "what"} to step up to`, () => {
      assert.deepEqual(read(header), expected);
    });
  }

  for (const { given, requested, granted, challenged, expected } of [
    {
      given: "a scope it never asked for",
      requested: ["a"],
      granted: ["a"],
      challenged: ["b"],
      expected: ["a", "b"],
    },
    {
      given: "a scope that was asked for and not given",
      requested: ["a", "b"],
      granted: ["a"],
      challenged: ["b"],
      expected: ["a", "b"],
    },
    {
      given: "held and new together",
      requested: ["a", "offline_access"],
      granted: ["a"],
      challenged: ["a", "c"],
      expected: ["a", "offline_access", "c"],
    },
    {
      given: "a scope it was given unasked",
      requested: [],
      granted: ["a"],
      challenged: ["b"],
      expected: ["b"],
    },
    {
      given: "only what it holds",
      requested: ["a"],
      granted: ["a", "b"],
      challenged: ["b"],
      expected: undefined,
    },
    { given: "nothing", requested: ["a"], granted: ["a"], challenged: [], expected: undefined },
  ]) {
    it(`[MCP-RS-08] challenged with ${given} asks for ${expected?.join(" ") ?? "nothing again"}`, () => {
      assert.deepEqual(stepUpScopes(requested, granted, challenged), expected);
    });
  }
});

describe("the context of a sign-in", () => {
  it("[SU-01] is one factor for a password, two where two were used", () => {
    assert.deepEqual(
      [contextOf(["pwd"]), contextOf(["pwd", "otp", "mfa"]), contextOf([])],
      ["aal1", "aal2", "aal1"],
    );
  });

  it("[SU-01] satisfies whoever asks for it or for nothing", () => {
    assert.equal(satisfies("aal1", []), true);
    assert.equal(satisfies("aal1", ["aal2", "aal1"]), true);
    assert.equal(satisfies("aal1", ["aal2"]), false);
    assert.equal(satisfies(undefined, ["aal1"]), false);
  });

  it("[SU-01] satisfies whoever asks for a weaker one of ours, and nobody by a name that is not ours", () => {
    assert.equal(satisfies("aal2", ["aal1"]), true);
    assert.equal(satisfies("urn:gold", ["aal1"]), false);
    assert.equal(satisfies("aal2", ["urn:gold"]), false);
    assert.equal(satisfies("urn:gold", ["urn:gold"]), true);
  });

  it("[SU-01] reaches two factors where there is a way to prove two", () => {
    const reached = (passkeys: boolean, oneTimePasswords: boolean) =>
      reachableContexts({ passkeys, oneTimePasswords });
    assert.deepEqual(reached(false, false), ["aal1"]);
    assert.deepEqual(reached(true, false), ["aal1", "aal2"]);
    assert.deepEqual(reached(false, true), ["aal1", "aal2"]);
  });

  for (const { asked, withOne, withTwo } of [
    { asked: [], withOne: true, withTwo: true },
    { asked: ["x", "aal1"], withOne: true, withTwo: true },
    { asked: ["aal2"], withOne: false, withTwo: true },
    { asked: ["x"], withOne: false, withTwo: false },
  ]) {
    it(`[SU-01] can be met or not for ${asked.join(" ") || "nothing asked"}, as the server's factors are`, () => {
      assert.equal(isReachable(asked, ["aal1"]), withOne);
      assert.equal(isReachable(asked, ["aal1", "aal2"]), withTwo);
    });
  }
});
