import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { JournalStore } from "../../ports/store.ts";
import type { AuditEvent } from "../../records/audit-event.ts";
import type { TraceStep } from "../../records/trace-step.ts";
import { sqliteStore } from "../sqlite/store.ts";
import { Journal, type JournalOptions } from "./journal.ts";
import { stderrLogger } from "./logger.ts";

/** A journal whose store can be told to fail, before a real one. */
async function aJournal(options: Partial<JournalOptions> = {}) {
  const store = await sqliteStore(":memory:");
  const lines: string[] = [];
  const state = { fails: false, trimFails: false, batches: [] as number[], trims: 0 };
  const journal: JournalStore = {
    ...bound(store.journal),
    async append(events, steps) {
      if (state.fails) throw new Error("no store");
      state.batches.push(events.length + steps.length);
      await sleep(2);
      await store.journal.append(events, steps);
    },
    async trimSteps(keep) {
      if (state.trimFails) throw new Error("no trim");
      state.trims++;
      await store.journal.trimSteps(keep);
    },
  };
  const log = stderrLogger("debug", { write: (line: string) => void lines.push(line) });
  const clock = { now: () => 5000 };
  const audit = new Journal({ store: { journal }, log, clock, trace: { keep: 100 }, delay: 5, ...options });
  return { audit, store, state, lines };
}

function bound(journal: JournalStore): JournalStore {
  return {
    append: (events, steps) => journal.append(events, steps),
    events: (limit) => journal.events(limit),
    eventsOfAccount: (accountId, limit) => journal.eventsOfAccount(accountId, limit),
    eventsOfGrant: (grantId, limit) => journal.eventsOfGrant(grantId, limit),
    steps: (limit) => journal.steps(limit),
    trimSteps: (keep) => journal.trimSteps(keep),
  };
}

function anEvent(n: number): AuditEvent {
  return { at: n, what: "token.issued", detail: `n${n}` };
}
function aStep(n: number): TraceStep {
  return { at: n, step: "token", outcome: "done", says: `n${n}`, address: "192.0.2.1", userAgent: "test" };
}

describe("journal", () => {
  it("stores what came together in one batch, in order, without being asked", async () => {
    const { audit, store, state } = await aJournal();
    for (let n = 1; n <= 20; n++) audit.record(anEvent(n));
    for (let n = 1; n <= 20; n++) audit.trace(aStep(n));
    assert.deepEqual(state.batches, []);
    while (state.batches.length === 0) await sleep(5);
    await audit.flush();
    assert.deepEqual(state.batches, [40]);
    assert.deepEqual(
      (await store.journal.events(99)).map((event) => event.at),
      downFrom(20),
    );
    assert.deepEqual(
      (await store.journal.steps(99)).map((step) => step.at),
      downFrom(20),
    );
  });

  it("stores a full batch before its time", async () => {
    const { audit, state } = await aJournal({ delay: 1e6, batch: 10 });
    for (let n = 1; n <= 9; n++) audit.record(anEvent(n));
    await sleep(10);
    assert.deepEqual(state.batches, []);
    audit.record(anEvent(10));
    await sleep(10);
    assert.deepEqual(state.batches, [10]);
  });

  it("stores what came while a batch was written", async () => {
    const { audit, store, state } = await aJournal();
    audit.record(anEvent(1));
    while (state.batches.length === 0) await sleep(1);
    audit.record(anEvent(2));
    while (state.batches.length < 2) await sleep(1);
    await audit.flush();
    assert.equal((await store.journal.events(9)).length, 2);
  });

  it("has stored everything when flush resolves, what came meanwhile included", async () => {
    const { audit, store } = await aJournal({ delay: 1e6, batch: 10 });
    for (let n = 1; n <= 55; n++) audit.record(anEvent(n));
    await audit.flush();
    assert.equal((await store.journal.events(99)).length, 55);
  });

  it("keeps what the store did not take, in order, and says so once", async () => {
    const { audit, store, state, lines } = await aJournal();
    state.fails = true;
    for (let n = 1; n <= 5; n++) audit.record(anEvent(n));
    await assert.rejects(audit.flush(), /no store/);
    await sleep(30);
    audit.record(anEvent(6));
    state.fails = false;
    while ((await store.journal.events(99)).length < 6) await sleep(5);
    assert.deepEqual(
      (await store.journal.events(99)).map((event) => event.at),
      downFrom(6),
    );
    assert.equal(lines.filter((line) => line.includes("cannot be stored")).length, 1);
    assert.equal(lines.filter((line) => line.includes("is stored again")).length, 1);
  });

  it("does not try again at every record while the store fails", async () => {
    const { audit, state } = await aJournal({ delay: 1e6, batch: 2 });
    let tries = 0;
    state.fails = true;
    Object.defineProperty(state, "fails", { get: () => ++tries > 0 });
    for (let n = 1; n <= 50; n++) {
      audit.record(anEvent(n));
      await sleep(0);
    }
    assert.equal(tries, 1);
  });

  it("turns away what no longer fits, counts it and says so in the store", async () => {
    const { audit, store, state } = await aJournal({ most: 10 });
    state.fails = true;
    for (let n = 1; n <= 25; n++) audit.record(anEvent(n));
    for (let n = 1; n <= 12; n++) audit.trace(aStep(n));
    await assert.rejects(audit.flush());
    state.fails = false;
    await audit.flush();
    const [newest, ...others] = await store.journal.events(99);
    assert.equal(newest?.what, "journal.overflowed");
    assert.equal(newest?.at, 5000);
    assert.match(newest?.detail ?? "", /^15 events and 2 trace steps/);
    assert.deepEqual(
      others.map((event) => event.at),
      downFrom(10),
    );
    await audit.flush();
    assert.equal((await store.journal.events(99)).length, 11, "said once");
  });

  it("keeps the newest trace steps only, and trims once in a while", async () => {
    const { audit, store, state } = await aJournal({ delay: 1e6, batch: 10 });
    for (let n = 1; n <= 250; n++) {
      audit.trace(aStep(n));
      if (n % 5 === 0) await audit.flush();
    }
    const steps = await store.journal.steps(999);
    assert.ok(steps.length >= 100 && steps.length <= 110, `${steps.length}`);
    assert.equal(steps[0]?.at, 250);
    assert.ok(state.trims <= 26, `${state.trims}`);
  });

  it("survives a trim that fails, and trims at the next batch", async () => {
    const { audit, state } = await aJournal();
    state.trimFails = true;
    audit.trace(aStep(1));
    await audit.flush();
    state.trimFails = false;
    audit.trace(aStep(2));
    await audit.flush();
    assert.equal(state.trims, 1);
  });

  it("writes what waits when it closes, and gives up on a store that does not answer", async () => {
    const good = await aJournal();
    good.audit.record(anEvent(1));
    await good.audit.close();
    assert.equal((await good.store.journal.events(9)).length, 1);
    good.audit.record(anEvent(2));
    await sleep(10);
    assert.deepEqual(good.state.batches, [1], "what comes later goes to the log only");

    const bad = await aJournal({ delay: 1e6 });
    bad.state.fails = true;
    bad.audit.record(anEvent(1));
    await bad.audit.close();
    assert.ok(bad.lines.some((line) => line.includes('"lost":1')));
  });
});

describe("log", () => {
  it("tells events and steps as JSON lines, refusals above what went well", async () => {
    const { audit, lines } = await aJournal();
    audit.record(anEvent(1));
    audit.trace(aStep(2));
    audit.trace({ ...aStep(3), outcome: "refused", refusal: "code.replayed" });
    audit.failed(new TypeError("oops"), "POST /token");
    const told = lines.map((line) => JSON.parse(line));
    assert.deepEqual(
      told.map((line) => line.level),
      ["info", "debug", "info", "error"],
    );
    assert.deepEqual(told[0].event, anEvent(1));
    assert.equal(told[2].step.refusal, "code.replayed");
    assert.equal(told[3].where, "POST /token");
    assert.equal(told[3].err.type, "TypeError");
    assert.match(told[3].err.stack, /journal\.test\.ts/);
  });

  it("lets no secret through, neither to the log nor to the store, wherever it stands", async () => {
    const { audit, store, lines } = await aJournal();
    const secret = "S3cr3t-Value_0123456789";
    audit.record({ at: 1, what: "a", detail: `code=${secret}`, userAgent: `x refresh_token=${secret}` });
    audit.record({ at: 1, what: "a", password: secret } as never);
    audit.trace({ ...aStep(1), says: `{"client_secret":"${secret}"} Bearer ${secret}` });
    audit.failed(
      Object.assign(new Error(`token=${secret}`), { detail: secret }),
      `POST /token?code_verifier=${secret}`,
    );
    audit.failed(`password=${secret}`, "x");
    await audit.flush();
    const kept = JSON.stringify([await store.journal.events(9), await store.journal.steps(9)]);
    assert.equal(lines.length, 5);
    assert.ok(!kept.includes(secret), kept);
    assert.ok(!lines.join("").includes(secret), lines.join(""));
  });

  it("keeps to its level", () => {
    const lines: string[] = [];
    const log = stderrLogger("warn", { write: (line: string) => void lines.push(line) });
    log.info("no");
    log.warn({ authorization: "x" }, "yes");
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? "", /"authorization":"\[redacted\]","msg":"yes"/);
  });
});

function downFrom(n: number): number[] {
  return Array.from({ length: n }, (_, at) => n - at);
}
