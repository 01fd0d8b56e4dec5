import assert from "node:assert/strict";
import { describe } from "node:test";
import fc from "fast-check";
import type { Lineage } from "../records/lineage.ts";
import { spec } from "../testing/spec.ts";
import { AMachine, type Flight, type Token } from "./testing/a-machine.ts";
import { Chronicle, type Expected } from "./testing/chronicle.ts";
import { seeded } from "./testing/seeded.ts";

const day = 86_400;

/** Narrow, so that short runs cross every edge; the second has no grace at all. */
const settings = [
  { grace: 30, unusedSuccessor: 600, lateAnswers: 3, lateWindow: 300 },
  { grace: 0, unusedSuccessor: 100, lateAnswers: 2, lateWindow: 50 },
  { grace: 120, unusedSuccessor: 7 * day, lateAnswers: 10, lateWindow: day },
];

/** What the world knows: every token that was ever given, and what happened to the lineage. */
interface World {
  now: number;
  story: Chronicle;
  held: Token[];
  flights: { readonly flight: Flight; readonly story: Chronicle }[];
  backup: { readonly row: Lineage; readonly story: Chronicle; readonly given: ReadonlyMap<number, string> };
  /** The key under which each generation was given since the store last went back. */
  given: Map<number, string>;
  /** How often each verdict was met, and how often a row had to be read anew. */
  readonly met: Record<Expected | "again", number>;
}

type Step = fc.Command<World, AMachine>;

function step(name: string, run: (world: World, machine: AMachine) => void, can = (_: World) => true): Step {
  return { check: (world) => can(world), run, toString: () => name };
}

/** The token that a caller presents: near the newest more often than far from it. */
const age = fc.oneof({ weight: 30, arbitrary: fc.nat(1) }, { weight: 1, arbitrary: fc.nat(40) });

function begin(back: number): Step {
  return step(
    `begin(${back})`,
    (world, machine) => {
      const presented = world.held.at(-1 - (back % world.held.length)) ?? assert.fail();
      world.flights.push({ flight: machine.read(presented, world.now), story: world.story.copy() });
    },
    (world) => world.flights.length < 6,
  );
}

/** One flight judges and commits. Its answer may be lost on the way: a crash after the commit, a killed client. */
function land(which: number, isLost: boolean): Step {
  return step(
    `land(${which}${isLost ? ", lost" : ""})`,
    (world, machine) => {
      const [{ flight, story: seen }] = world.flights.splice(which % world.flights.length, 1) as [
        World["flights"][0],
      ];
      const { presented, at } = flight;
      const answer = machine.commit(flight);
      if (seen.isEnded) return assert.equal(answer?.kind, "ended");
      const expected = seen.verdicts(presented.generation, at);
      if (answer === undefined) {
        world.met.again += 1;
        assert.ok(world.story.version > seen.version, "only a row that moved is read anew");
        world.flights.push({ flight: machine.read(presented, at), story: world.story.copy() });
        return;
      }
      const verdict = answer.kind === "tokens" ? answer.verdict : "replay";
      world.met[verdict] += 1;
      assert.ok(expected.includes(verdict), `${verdict}, where ${expected} was due`);
      const before = seen.version;
      const generation = seen.apply(verdict, presented.generation, at);
      // What changed the row was judged by the row as it stood; what did not is as good as given when it was read.
      if (seen.version > before && verdict !== "replay") assert.equal(before, world.story.version);
      if (verdict === "replay") world.story.end();
      else if (seen.version > before) world.story = seen;
      if (answer.kind !== "tokens") return;
      assert.equal(answer.token.generation, generation);
      assert.equal(answer.token.keyId, world.given.get(answer.token.generation) ?? answer.token.keyId);
      world.given.set(answer.token.generation, answer.token.keyId);
      const isNew = !world.held.some(
        (one) => one.generation === generation && one.keyId === answer.token.keyId,
      );
      if (isNew && !isLost) world.held.push(answer.token);
    },
    (world) => world.flights.length > 0,
  );
}

/** Time passes between requests, not within one: what is under way lands first. */
const wait = (seconds: number) =>
  step(`wait(${seconds})`, (world, machine) => {
    while (world.flights.length > 0) land(0, false).run(world, machine);
    world.now += seconds;
  });

/** One whole request with the newest token: how a lineage grows old. */
const goOn = step("go on", (world, machine) => {
  begin(0).run(world, machine);
  land(world.flights.length - 1, false).run(world, machine);
});

const revoke = step("revoke", (world, machine) => {
  machine.end(world.now);
  if (!world.story.isEnded) world.story.end();
});

const newKey = (key: number) =>
  step(`key(${key})`, (_, machine) => {
    machine.keyId = `key-${key}`;
  });

const backUp = step("back up", (world, machine) => {
  world.backup = { row: machine.row, story: world.story.copy(), given: new Map(world.given) };
});

/** The processes that ran on the lost store are gone, and what they were about to answer. */
const restore = step("restore", (world, machine) => {
  world.flights = [];
  machine.row = world.backup.row;
  world.story = world.backup.story.copy();
  world.given = new Map(world.backup.given);
});

const often = fc.oneof(
  { weight: 8, arbitrary: age.map(begin) },
  { weight: 6, arbitrary: fc.constant(goOn) },
  {
    weight: 9,
    arbitrary: fc.tuple(fc.nat(5), fc.boolean()).map(([which, isLost]) => land(which, isLost && which > 2)),
  },
  { weight: 4, arbitrary: fc.constantFrom(1, 8, 29, 30, 31, 49, 120, 121, 300, 3_600, day).map(wait) },
  { weight: 1, arbitrary: fc.constantFrom(1, 2, 3).map(newKey) },
);
const seldom = fc.oneof(
  { weight: 60, arbitrary: often },
  { weight: 2, arbitrary: fc.constantFrom(backUp, restore) },
  { weight: 1, arbitrary: fc.constant(revoke) },
);

function aWorld(windows: (typeof settings)[number], met: World["met"]) {
  const now = 1_000_000_000;
  const real = new AMachine(windows, now);
  const story = new Chronicle(windows, now);
  const given = new Map([[1, real.first.keyId]]);
  const backup = { row: real.row, story: story.copy(), given: new Map(given) };
  const model: World = { now, story, held: [real.first], flights: [], backup, given, met };
  return { model, real };
}

describe("any interleaving of steps upon one row", () => {
  for (const windows of settings) {
    spec(
      ["P-2", "I2-REFRESH", "O21-AS-29"],
      `is answered as a memory that forgets nothing would, with a grace of ${windows.grace} s`,
      (context) => {
        const met = { rotate: 0, repeat: 0, "repeat-late": 0, restore: 0, replay: 0, again: 0 };
        const property = fc.property(fc.commands([seldom], { maxCommands: 200, size: "max" }), (steps) => {
          fc.modelRun(() => aWorld(windows, met), steps);
        });
        fc.assert(property, seeded(context, 1_500));
        context.diagnostic(JSON.stringify(met));
        assert.deepEqual(
          Object.entries(met).filter(([, times]) => times < 100),
          [],
          "a run that does not meet every case proves nothing of it",
        );
      },
    );
  }
});
