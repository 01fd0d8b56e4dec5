import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { HeldBodies } from "./held-bodies.ts";

const aRequest = () => new Request("http://127.0.0.1/mcp", { method: "POST", body: "{}" });

describe("bodies in memory", () => {
  it("of one person leave room for those of others, and all together have a bound", () => {
    const bodies = new HeldBodies(100);
    const [first, second] = [aRequest(), aRequest()];
    assert.ok(bodies.hold(first, "ann", 20));
    assert.ok(bodies.hold(second, "ann", 5));
    assert.equal(bodies.hold(second, "ann", 1), false);
    for (const person of ["bob", "cy", "dee"]) assert.ok(bodies.hold(aRequest(), person, 25));
    assert.equal(bodies.hold(aRequest(), "eve", 1), false);
    bodies.done(first);
    assert.equal(bodies.octets, 80);
    assert.ok(bodies.hold(aRequest(), "eve", 20));
    assert.ok(!bodies.hold(second, "ann", 1));
  });

  it("are given back once, whole, and not held for a client that left", () => {
    const bodies = new HeldBodies(100);
    const request = aRequest();
    for (let piece = 0; piece < 5; piece++) assert.ok(bodies.hold(request, "ann", 5));
    bodies.done(request);
    bodies.done(request);
    assert.equal(bodies.octets, 0);
    assert.equal(bodies.hold(request, "ann", 1), false);
    assert.equal(bodies.octets, 0);
    assert.ok(bodies.hold(aRequest(), "ann", 25), "the share of the person is free again");
  });
});
