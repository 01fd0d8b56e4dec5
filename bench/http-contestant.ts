import { setTimeout as pause } from "node:timers/promises";
import { Child } from "./child.ts";
import type { HttpCase, Load, LoadResult, Recipe } from "./recipe.ts";
import type { Contestant } from "./rounds.ts";
import type { SubjectRow } from "./subjects.ts";

export interface Stage {
  /** The load generator's process. */
  readonly generator: Child;
  readonly connections: number;
  readonly serverCore: number | undefined;
  readonly folder: string;
  readonly log: string;
}

/** A first guess at requests a second, for the values of the warm-up. */
const firstGuess = 500;
/** Refresh tokens that rotate in turn: a population, not one device. */
const population = 2000;

/** Starts a subject's process for one case. */
export async function httpContestant(
  stage: Stage,
  row: SubjectRow,
  wanted: HttpCase,
  variant: string,
): Promise<Contestant> {
  const { folder, log } = stage;
  const child = await Child.start({
    file: "subjects/process.ts",
    args: [row.module, folder, variant],
    core: stage.serverCore,
    log,
  });
  const port = await child.call<number>("port");
  let recipe: Recipe | undefined;
  let perSecond = firstGuess;

  async function load(seconds: number, rate?: number): Promise<LoadResult & { cpu: number }> {
    recipe = await prepared(recipe, (rate ?? perSecond) * seconds);
    // What the preparation left to collect is not the measurement's.
    await pause(200);
    const before = await child.call<Used>("used");
    const about: Load = { port, recipe, connections: stage.connections, seconds };
    const result = await stage.generator.call<LoadResult>(
      "generate",
      rate === undefined ? about : { ...about, rate },
    );
    const after = await child.call<Used>("used");
    recipe = { ...recipe, values: result.values };
    return { ...result, cpu: (after.cpu - before.cpu) / result.operations };
  }

  /** Values that are used up are made anew for each round; the others serve all rounds. */
  async function prepared(held: Recipe | undefined, expected: number): Promise<Recipe> {
    const count = Math.ceil(expected * 1.25) + stage.connections;
    if (held === undefined)
      return await child.call<Recipe>("prepare", { wanted, count: Math.max(count, population) });
    if (held.use !== "once" || held.values.length >= count) return held;
    const more = await child.call<Recipe>("prepare", { wanted, count: count - held.values.length });
    return { ...held, values: [...held.values, ...more.values] };
  }

  return {
    row,
    async warmUp(seconds) {
      // Twice: the first tells how many values the second needs to last as long.
      for (const share of [0.3, 0.7]) {
        const { operations, seconds: taken } = await load(seconds * share);
        perSecond = operations / taken;
      }
    },
    async round(seconds) {
      const { operations, seconds: taken, cpu, p50, p99 } = await load(seconds);
      perSecond = operations / taken;
      return { operations, perSecond, cpu, p50, p99 };
    },
    atRate: async (rate, seconds) => (await load(seconds, rate)).p99,
    resident: async () => (await child.call<Used>("used")).resident,
    stop: () => child.stop(),
  };
}

interface Used {
  readonly cpu: number;
  readonly resident: number;
}
