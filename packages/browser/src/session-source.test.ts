import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { SessionSource } from "./session-source.ts";

describe("a session and who hears of it", () => {
  const reported: unknown[] = [];
  const page = globalThis as { reportError?: (thrown: unknown) => void };
  before(() => {
    page.reportError = (thrown) => reported.push(thrown);
  });
  after(() => {
    delete page.reportError;
  });

  it("tells each listener, though one fails, and whose fault it is is told the page", () => {
    const source = new SessionSource();
    const heard: string[] = [];
    const fault = new Error("a listener's own");
    source.subscribe(() => {
      throw fault;
    });
    const end = source.subscribe(() => heard.push(source.session().status));
    assert.equal(source.set({ status: "signed-out" }).status, "signed-out");
    end();
    source.set({ status: "starting" });
    assert.deepEqual(heard, ["signed-out"]);
    assert.deepEqual(reported, [fault, fault]);
  });
});
