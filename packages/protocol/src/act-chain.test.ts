import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { actorsOf, readActChain, withActor } from "./act-chain.ts";

describe("the chain of actors", () => {
  it("[TX-01] begins with the one who acts", () => {
    assert.deepEqual(withActor("b", undefined), { sub: "b" });
  });

  it("[TX-01] nests whoever acted before, the newest outermost", () => {
    const chain = withActor("c", withActor("b", withActor("a", undefined)));
    assert.deepEqual(chain, { sub: "c", act: { sub: "b", act: { sub: "a" } } });
    assert.deepEqual(actorsOf(chain), ["c", "b", "a"]);
  });

  it("of nobody is empty", () => {
    assert.deepEqual(actorsOf(undefined), []);
    assert.equal(readActChain(undefined), undefined);
  });

  it("is read back as it was made, other members left behind", () => {
    const claim = { sub: "c", iss: "https://x.example", act: { sub: "b", note: 1 } };
    assert.deepEqual(readActChain(claim), { sub: "c", act: { sub: "b" } });
  });

  for (const { given, claim } of [
    { given: "null", claim: null },
    { given: "text", claim: "c" },
    { given: "a list", claim: [{ sub: "c" }] },
    { given: "no subject", claim: {} },
    { given: "an empty subject", claim: { sub: "" } },
    { given: "a number for a subject", claim: { sub: 1 } },
    { given: "a broken inner actor", claim: { sub: "c", act: { act: { sub: "a" } } } },
    { given: "null inside", claim: { sub: "c", act: null } },
  ]) {
    it(`is malformed where the claim is ${given}`, () => {
      assert.equal(readActChain(claim), "malformed");
    });
  }

  it("is malformed past a hundred actors, and read up to there", () => {
    const chain = (length: number) =>
      Array.from({ length }).reduce<object | undefined>((act) => ({ sub: "a", act }), undefined);
    assert.equal(actorsOf(readActChain(chain(100)) as never).length, 100);
    assert.equal(readActChain(chain(101)), "malformed");
  });
});
