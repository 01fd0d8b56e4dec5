import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { Writable } from "node:stream";
import { describe, it } from "node:test";
import { UnreadAnswers } from "./unread-answers.ts";

/** A connection whose client reads when it is told to. */
class AConnection extends Writable {
  #waiting: (() => void)[] = [];
  constructor() {
    super({ highWaterMark: 1 });
    this.on("error", () => {});
  }
  override _write(_piece: Buffer, _encoding: string, taken: () => void): void {
    this.#waiting.push(taken);
  }
  reads(): void {
    for (let taken = this.#waiting.shift(); taken; taken = this.#waiting.shift()) taken();
  }
  get itself(): ServerResponse {
    return this as unknown as ServerResponse;
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

function aPlace(bounds: Partial<ConstructorParameters<typeof UnreadAnswers>[0]> = {}) {
  const unread = new UnreadAnswers({ ofOne: 100, ofPerson: 200, ofAll: 400, ...bounds });
  const write = (to: AConnection, person: string, octets: number) =>
    unread.write(to.itself, person, new Uint8Array(octets));
  return { unread, write };
}

describe("what clients leave unread", () => {
  it("is counted until they read it", async () => {
    const { unread, write } = aPlace();
    const connection = new AConnection();
    assert.ok(write(connection, "ann", 30));
    assert.equal(unread.total, 30);
    connection.reads();
    await turn();
    assert.equal(unread.total, 0);
  });

  it("may be one large answer, and nothing after it until that is read", async () => {
    const { unread, write } = aPlace();
    const connection = new AConnection();
    assert.ok(write(connection, "ann", 150));
    assert.equal(write(connection, "ann", 1), false);
    assert.ok(connection.destroyed);
    await turn();
    assert.equal(unread.total, 0);
    assert.equal(write(connection, "ann", 1), false, "a closed connection takes nothing more");
    assert.equal(unread.total, 0);
  });

  it("of one person is cut where it is the most, and nobody else is", () => {
    const { unread, write } = aPlace();
    const [stuck, slow, other] = [new AConnection(), new AConnection(), new AConnection()];
    write(stuck, "ann", 150);
    write(other, "bob", 170);
    write(slow, "ann", 40);
    assert.ok(write(slow, "ann", 20), "the piece passes: another connection of the person goes");
    assert.deepEqual([stuck.destroyed, slow.destroyed, other.destroyed], [true, false, false]);
    assert.equal(unread.total, 40 + 20 + 170);
  });

  it("by all together is cut at the person who holds the most, so that who reads is served", () => {
    const { unread, write } = aPlace();
    const hoarders = ["a", "b", "c"].map((person) => ({ person, connections: [new AConnection()] }));
    for (const { person, connections } of hoarders) {
      connections.push(new AConnection());
      for (const connection of connections) write(connection, person, person === "b" ? 65 : 64);
    }
    const reader = new AConnection();
    for (let piece = 0; piece < 20; piece++) {
      assert.ok(write(reader, "reader", 20));
      reader.reads();
    }
    assert.ok(!reader.destroyed);
    assert.ok(unread.total <= 400);
    const cut = hoarders.flatMap(({ connections }) => connections).filter(({ destroyed }) => destroyed);
    assert.ok(cut.length > 0);
    assert.ok(
      hoarders[1]?.connections.some(({ destroyed }) => destroyed),
      "the greediest first",
    );
  });
});
