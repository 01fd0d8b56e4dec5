import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it, mock } from "node:test";
import type { Answer, Question } from "./messages.ts";
import { type Ask, workerLink } from "./worker-link.ts";

const options = {
  issuer: "https://login.example",
  clientId: "page",
  redirectUri: "https://app.example/callback",
  scope: "openid",
  worker: "/worker.js",
};

/** A worker's end of the line: what it was asked, and a way to speak. */
interface End {
  readonly asked: Question[];
  say(answer: Omit<Answer, "id"> & { readonly id?: string }): void;
}

/** Until what was sent has come. */
async function arrive(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

describe("the line to a worker", () => {
  let ends: End[] = [];
  let open: MessagePort[] = [];
  const page = globalThis as { SharedWorker?: unknown; Worker?: unknown };

  beforeEach(() => {
    mock.timers.enable({ apis: ["setTimeout"] });
    page.SharedWorker = class {
      readonly port: MessagePort;
      constructor() {
        const { port1, port2 } = new MessageChannel();
        const asked: Question[] = [];
        port2.onmessage = ({ data }) => asked.push(data);
        this.port = port1;
        open.push(port1, port2);
        const last = () => asked.at(-1)?.id ?? "";
        ends.push({ asked, say: (answer) => port2.postMessage({ id: last(), ...answer }) });
      }
    };
  });
  afterEach(() => {
    for (const port of open) port.close();
    [ends, open] = [[], []];
    delete page.SharedWorker;
    delete page.Worker;
    mock.timers.reset();
  });

  const told = (ask: Ask) =>
    ask("session", undefined).then(
      (value) => ({ value }),
      (error) => ({ error: error.code }),
    );

  it("asks a second worker where the first says nothing for ten seconds, and takes its answer", async () => {
    const answer = told(workerLink(options).ask);
    mock.timers.tick(9_999);
    assert.equal(ends.length, 1);
    mock.timers.tick(1);
    assert.equal(ends.length, 2);
    await arrive();
    assert.equal(ends[1]?.asked[0]?.duty, "session");
    ends[1]?.say({ by: "second" });
    ends[1]?.say({ value: { status: "signed-in" } });
    assert.deepEqual(await answer, { value: { status: "signed-in" } });
  });

  it("says so where the second is silent too, and asks no third", async () => {
    const answer = told(workerLink(options).ask);
    mock.timers.tick(10_000);
    mock.timers.tick(10_000);
    assert.deepEqual(await answer, { error: "worker" });
    assert.equal(ends.length, 2);
  });

  it("waits three seconds for one that spoke before", async () => {
    const { ask } = workerLink(options);
    const first = told(ask);
    await arrive();
    ends[0]?.say({ by: "first" });
    ends[0]?.say({});
    assert.deepEqual(await first, { value: undefined });
    told(ask);
    mock.timers.tick(2_999);
    assert.equal(ends.length, 1);
    mock.timers.tick(1);
    assert.equal(ends.length, 2);
  });

  it("waits for one that has begun, however long it takes, and for 140 seconds at most", async () => {
    const { ask } = workerLink(options);
    const answers = [told(ask), told(ask)];
    await arrive();
    for (const { id } of ends[0]?.asked ?? []) ends[0]?.say({ id, by: "first" });
    await arrive();
    mock.timers.tick(139_999);
    ends[0]?.say({ id: ends[0].asked[0]?.id ?? "", value: "late" });
    assert.deepEqual(await answers[0], { value: "late" });
    mock.timers.tick(1);
    assert.deepEqual(await answers[1], { error: "worker" });
    assert.equal(ends.length, 1);
  });

  it("gives up what one worker had begun as soon as another begins", async () => {
    const { ask } = workerLink(options);
    const begun = told(ask);
    await arrive();
    ends[0]?.say({ by: "first" });
    await arrive();
    const next = told(ask);
    mock.timers.tick(10_000);
    await arrive();
    ends[1]?.say({ by: "second" });
    ends[1]?.say({ value: 1 });
    assert.deepEqual(await begun, { error: "worker" });
    assert.deepEqual(await next, { value: 1 });
  });

  it("waits for a worker of the page's own, which lives as long as it does, and makes no second", async () => {
    delete page.SharedWorker;
    const made: { onmessage?: (event: { data: Answer }) => void; id: string }[] = [];
    page.Worker = class {
      id = "";
      constructor() {
        made.push(this);
      }
      postMessage({ id }: Question): void {
        this.id = id;
      }
    };
    const answer = told(workerLink(options).ask);
    mock.timers.tick(139_999);
    const [own] = made;
    own?.onmessage?.({ data: { id: own.id, value: "slow" } });
    assert.deepEqual(await answer, { value: "slow" });
    assert.equal(made.length, 1);
  });

  it("says so where the browser has no worker, and fails nobody else for it later", async () => {
    const { SharedWorker } = page;
    const { ask } = workerLink(options);
    page.SharedWorker = class {
      constructor() {
        throw new DOMException("Not here", "SecurityError");
      }
    };
    assert.deepEqual(await told(ask), { error: "worker" });
    page.SharedWorker = SharedWorker;
    mock.timers.tick(139_000);
    const answer = told(ask);
    await arrive();
    ends[0]?.say({ by: "first" });
    await arrive();
    mock.timers.tick(1_000);
    ends[0]?.say({ value: "here" });
    assert.deepEqual(await answer, { value: "here" });
  });
});
