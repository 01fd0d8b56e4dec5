import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Ledger } from "./ledger.ts";

const budget = { window: 60, requests: 2, tokens: 100 };

describe("the ledger", () => {
  it("counts by windows that begin with their first request", () => {
    const ledger = new Ledger(10);
    assert.equal(ledger.waitOf("a", budget, 1_000), undefined);
    ledger.countRequest("a", 60, 1_000);
    ledger.countRequest("a", 60, 1_030);
    assert.equal(ledger.waitOf("a", budget, 1_030), 30);
    assert.equal(ledger.waitOf("b", budget, 1_030), undefined);
    assert.equal(ledger.waitOf("a", budget, 1_059), 1);
    assert.equal(ledger.waitOf("a", budget, 1_060), undefined);
  });

  it("counts tokens after they were used", () => {
    const ledger = new Ledger(10);
    ledger.countTokens("a", 60, 1_000, 99, false);
    assert.equal(ledger.waitOf("a", budget, 1_000), undefined);
    ledger.countTokens("a", 60, 1_000, 5_000, true);
    assert.equal(ledger.waitOf("a", budget, 1_001), 59);
    assert.deepEqual(ledger.used().get("a"), { requests: 0, tokens: 5_099, estimated: 5_000 });
  });

  it("lets no window last for ever when the clock is set back", () => {
    const ledger = new Ledger(10);
    ledger.countRequest("a", 60, 9_000);
    ledger.countRequest("a", 60, 9_000);
    assert.equal(ledger.waitOf("a", budget, 1_000), undefined);
  });

  it("stays within its bound, and newcomers beyond it share one budget", () => {
    const ledger = new Ledger(3);
    for (const name of ["a", "b", "c", "d", "e"]) ledger.countRequest(name, 60, 1_000);
    assert.equal(ledger.used().size, 4);
    assert.deepEqual(ledger.used().get("others"), { requests: 2, tokens: 0, estimated: 0 });
    assert.equal(ledger.waitOf("f", budget, 1_000), 60);
    assert.equal(ledger.waitOf("a", budget, 1_000), undefined);
  });

  it("forgets those whose window is over when room runs short, and nobody whose is not", () => {
    const ledger = new Ledger(2);
    ledger.countRequest("old", 60, 1_000);
    ledger.countRequest("young", 60, 1_050);
    ledger.countRequest("young", 60, 1_050);
    ledger.countRequest("new", 60, 1_061);
    assert.deepEqual([...ledger.used().keys()], ["young", "new"]);
    assert.equal(ledger.waitOf("young", budget, 1_061), 49);
  });
});
