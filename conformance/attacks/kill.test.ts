import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, type TestContext } from "node:test";
import { openStore } from "../../packages/server/src/adapters/open-store.ts";
import { freshDatabase } from "../../packages/server/src/testing/postgres.ts";
import { spec } from "../../packages/server/src/testing/spec.ts";
import { type ANode, aNode } from "./a-node.ts";
import type { Answered } from "./ask.ts";
import { removeFolder, temporaryFolder } from "./in-process.ts";
import { type HeldCode, type Parties, redemption, refreshing, seedCodes, seedParties } from "./parties.ts";
import { halfDone, readTables } from "./tables.ts";

/** One device: the code that it holds, and what it was answered. */
interface Device {
  readonly held: HeldCode;
  /** The refresh tokens that it was given, in order. */
  readonly tokens: string[];
  /** Whether it sent its code, or its newest refresh token, and was not answered. */
  waits: boolean;
  /** By the tables after a kill: its code was spent and the answer never came. */
  isLost: boolean;
}

const devices = 400;
const refreshes = 2;
const atOnce = 32;
/** Answers after which the process is killed: 1,200 are asked for in all. */
const kills = [150, 500, 900];

describe("kill -9 during a thousand token requests", () => {
  spec(
    ["I2-KILL", "O21-AS-24"],
    "on SQLite nothing answered is lost and nothing spent is redeemable",
    async (t) => {
      const folder = await temporaryFolder();
      t.after(() => removeFolder(folder));
      await campaign(t, folder, join(folder, "valetkey.sqlite"));
    },
  );

  spec(
    ["I2-KILL", "O21-AS-24"],
    "on PostgreSQL nothing answered is lost and nothing spent is redeemable",
    async (t) => {
      const folder = await temporaryFolder();
      const database = await freshDatabase();
      t.after(async () => {
        await database.drop();
        await removeFolder(folder);
      });
      await campaign(t, folder, database.url);
    },
  );
});

async function campaign(t: TestContext, folder: string, store: string): Promise<void> {
  const parties = await seeded(store);
  const all = parties.codes.map((held): Device => ({ held, tokens: [], waits: false, isLost: false }));
  let answered = 0;
  let cutOff = 0;
  for (const mark of kills) {
    const node = await aNode({ folder, store });
    t.after(() => node.kill());
    let dies: Promise<void> | undefined;
    await drive(node, parties, all, () => {
      answered += 1;
      if (answered >= mark) dies ??= node.kill();
      return dies === undefined;
    });
    assert.ok(dies, `everything was answered before the kill at ${mark}`);
    await dies;
    cutOff += all.filter((device) => device.waits && !device.isLost).length;
    await judgeTables(store, all);
  }
  const last = await aNode({ folder, store });
  t.after(() => last.kill());
  await drive(last, parties, all, () => {
    answered += 1;
    return true;
  });
  await judgeTheEnd(last, parties, all);
  assert.equal(await last.stop(), 0);
  assert.ok(answered >= 1_000, `only ${answered} requests were answered`);
  assert.ok(cutOff > kills.length, `only ${cutOff} requests were cut off, which proves nothing`);
}

async function seeded(location: string): Promise<Parties & { readonly codes: readonly HeldCode[] }> {
  const store = await openStore(location);
  try {
    const parties = await seedParties(store);
    return { ...parties, codes: await seedCodes(store, parties, devices) };
  } finally {
    await store.close();
  }
}

/** Every device goes on from where it stands, so many at once, until all are done or the process is gone. */
async function drive(
  node: ANode,
  parties: Parties,
  all: readonly Device[],
  onAnswer: () => boolean,
): Promise<void> {
  const queue = all.values();
  let goesOn = true;
  const worker = async () => {
    for (const device of queue) {
      while (goesOn && !device.isLost && device.tokens.length <= refreshes) {
        const answer = await step(node, parties, device);
        if (!answer) return;
        goesOn = onAnswer() && goesOn;
        assert.equal(answer.status, 200, `${answer.text} after ${device.tokens.length} tokens`);
        device.tokens.push(answer.json.refresh_token);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** The next request of a device; undefined when it was cut off. */
async function step({ caller }: ANode, parties: Parties, device: Device): Promise<Answered | undefined> {
  const newest = device.tokens.at(-1);
  device.waits = true;
  try {
    const form = newest === undefined ? redemption(parties, device.held) : refreshing(parties, newest);
    const answer = await caller.token(form);
    device.waits = false;
    return answer;
  } catch {
    return undefined;
  }
}

/** While no process runs: what was answered stands, what was not is whole or absent. */
async function judgeTables(store: string, all: readonly Device[]): Promise<void> {
  const tables = await readTables(store);
  assert.equal(tables.codes.length, devices);
  assert.deepEqual(halfDone(tables), []);
  const spent = new Set(tables.codes.filter((code) => code.spent).map(({ hash }) => hash));
  const lineages = new Map(tables.lineages.map((lineage) => [lineage.codeHash, lineage]));
  for (const device of all) {
    const { held, tokens, waits } = device;
    if (tokens.length === 0) {
      device.isLost = spent.has(held.hash);
      assert.ok(waits || !device.isLost, "a code is spent that nobody sent");
      continue;
    }
    assert.ok(spent.has(held.hash), "a code whose tokens were answered waits to be redeemed again");
    const lineage = lineages.get(held.hash);
    assert.equal(lineage?.ended, false, "a lineage whose tokens were answered has ended");
    const ahead = (lineage?.generation ?? 0) - tokens.length;
    assert.ok(
      ahead === 0 || (ahead === 1 && waits),
      `the row stands ${ahead} generations from what was answered`,
    );
  }
}

async function judgeTheEnd({ caller }: ANode, parties: Parties, all: readonly Device[]): Promise<void> {
  const keys = (await caller.ask({ path: "/jwks" })).json.keys;
  assert.equal(keys.length, 1, "a start after a kill made another signing key");
  const served = all.filter(({ tokens }) => tokens.length > 0);
  assert.ok(served.length >= devices - kills.length * atOnce);
  for (const { tokens } of served) {
    assert.equal(new Set(tokens).size, tokens.length);
    const newest = tokens.at(-1) ?? "";
    assert.equal((await caller.token(refreshing(parties, newest))).status, 200);
  }
  for (const { held, tokens } of all) {
    const { status, json } = await caller.token(redemption(parties, held));
    assert.deepEqual([status, json.error], [400, "invalid_grant"], `after ${tokens.length} tokens`);
  }
}
