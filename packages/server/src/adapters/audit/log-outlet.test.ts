import assert from "node:assert/strict";
import { describe, it, mock } from "node:test";
import { LogOutlet, type Write } from "./log-outlet.ts";

/** A reader who takes an octet, a failure or nothing, as the test says. */
function aReader() {
  const asked: Parameters<Write>[] = [];
  let heard = "";
  return {
    write: ((octets, done) => void asked.push([octets, done])) as Write,
    get heard() {
      return heard;
    },
    get isAsked() {
      return asked.length > 0;
    },
    takes(most = Number.POSITIVE_INFINITY) {
      const [octets, done] = asked.shift() ?? assert.fail("nothing is being written");
      const taken = octets.subarray(0, most);
      heard += taken;
      done(null, taken.length);
    },
    takesAll() {
      while (asked.length > 0) this.takes();
    },
    fails(code: string) {
      const [, done] = asked.shift() ?? assert.fail("nothing is being written");
      done(Object.assign(new Error(code), { code }), 0);
    },
  };
}

describe("the outlet of the log", () => {
  it("writes piece after piece, and what was taken in part to its end", () => {
    const reader = aReader();
    const outlet = new LogOutlet(reader.write);
    outlet.write("first\n");
    outlet.write("second\n");
    reader.takes(2);
    reader.takesAll();
    assert.equal(reader.heard, "first\nsecond\n");
  });

  it("keeps no more than its bound for a reader who stalls, loses the newest, and says once how many", () => {
    const reader = aReader();
    const outlet = new LogOutlet(reader.write, 10);
    for (const lines of ["1234\n", "6789\n", "a\nb\n", "c\n"]) outlet.write(lines);
    reader.takesAll();
    outlet.write("on\n");
    reader.takesAll();
    const [one, two, notice = "", ...others] = reader.heard.split("\n");
    assert.deepEqual([one, two, others], ["1234", "6789", ["on", ""]]);
    const { level, lost } = JSON.parse(notice);
    assert.deepEqual({ level, lost }, { level: "warn", lost: 3 });
  });

  it("says how many were lost to a reader who is never back, at the end", () => {
    const outlet = new LogOutlet(aReader().write, 10);
    for (const lines of ["1234\n", "6789\n", "lost\n"]) outlet.write(lines);
    const [waiting, notice = ""] = outlet.take().toString().split("\n");
    assert.deepEqual([waiting, JSON.parse(notice).lost], ["6789", 1]);
  });

  for (const { code, after } of [
    { code: "EAGAIN", after: 100 },
    { code: "ENOSPC", after: 1_000 },
    { code: "EPIPE", after: 1_000 },
  ]) {
    it(`tries again ${after} milliseconds after ${code}, not sooner, whatever comes meanwhile`, (t) => {
      t.mock.timers.enable({ apis: ["setTimeout"] });
      const reader = aReader();
      const outlet = new LogOutlet(reader.write);
      outlet.write("first\n");
      reader.fails(code);
      outlet.write("second\n");
      t.mock.timers.tick(after - 1);
      assert.equal(reader.isAsked, false);
      t.mock.timers.tick(1);
      reader.takesAll();
      assert.equal(reader.heard, "first\nsecond\n");
    });
  }

  it("holds an end up while it is read, not once writing fails", () => {
    const reader = aReader();
    const outlet = new LogOutlet(reader.write);
    const done = mock.fn();
    outlet.write("first\n");
    outlet.whenWritten(done);
    assert.equal(done.mock.callCount(), 0);
    reader.fails("ENOSPC");
    assert.equal(done.mock.callCount(), 1);
    outlet.whenWritten(done);
    assert.equal(done.mock.callCount(), 2);
  });

  it("tells an end when all is written", () => {
    const reader = aReader();
    const outlet = new LogOutlet(reader.write);
    const done = mock.fn();
    outlet.write("first\n");
    outlet.whenWritten(done);
    reader.takesAll();
    assert.equal(done.mock.callCount(), 1);
  });
});
