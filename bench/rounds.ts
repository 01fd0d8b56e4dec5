import type { LeftOut, Measured, Round } from "./results.ts";

/** One who takes part in a case: warmed up, measured in turn with the others, stopped. */
export interface Contestant {
  readonly row: Pick<Measured, "name" | "kind" | "title" | "durability">;
  warmUp(seconds: number): Promise<void>;
  round(seconds: number): Promise<Round>;
  /** p99 in milliseconds at so many requests a second; left out where there is no queue. */
  atRate?(rate: number, seconds: number): Promise<number>;
  resident(): Promise<number>;
  stop(): Promise<void>;
}

export interface Plan {
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUp: number;
}

/** Rounds at half load: fewer, since only one figure comes of them; for others than Valetkey one, since no aim rests on it. */
const mostHalfRounds = { floor: 1, valetkey: 3, peer: 1 } as const;

/**
 * A B A B: each round measures everyone once, so that a mood of the machine meets them all. Who answers wrongly is out,
 * with the answer.
 */
export async function inTurn(
  contestants: readonly Contestant[],
  plan: Plan,
): Promise<{ measured: Measured[]; failed: LeftOut[] }> {
  const standing = contestants.map((contestant) => ({
    contestant,
    rounds: [] as Round[],
    atHalf: [] as number[],
    failure: undefined as string | undefined,
  }));
  type Standing = (typeof standing)[number];

  async function each(what: string, act: (one: Standing) => Promise<unknown>): Promise<void> {
    for (const one of standing.filter(({ failure }) => failure === undefined)) {
      progress(`  ${what}: ${one.contestant.row.name}`);
      try {
        await act(one);
      } catch (thrown) {
        one.failure = thrown instanceof Error ? thrown.message : String(thrown);
      }
    }
  }

  await each("warm-up", ({ contestant }) => contestant.warmUp(plan.warmUp));
  for (let round = 1; round <= plan.rounds; round++) {
    await each(`round ${round} of ${plan.rounds}`, async ({ contestant, rounds }) => {
      rounds.push(await contestant.round(plan.seconds));
    });
  }
  for (let round = 1; round <= Math.min(mostHalfRounds.valetkey, plan.rounds); round++) {
    await each(`half load ${round}`, async ({ contestant, rounds, atHalf }) => {
      if (round > mostHalfRounds[contestant.row.kind]) return;
      const rate = rounds.reduce((sum, { perSecond }) => sum + perSecond, 0) / rounds.length / 2;
      const p99 = await contestant.atRate?.(rate, plan.seconds);
      if (p99 !== undefined) atHalf.push(p99);
    });
  }
  progress("");
  const measured: Measured[] = [];
  for (const { contestant, rounds, atHalf, failure } of standing) {
    if (failure === undefined) {
      measured.push({ ...contestant.row, rounds, atHalf, resident: await contestant.resident() });
    }
  }
  const failed = standing.flatMap(({ contestant, failure }) =>
    failure === undefined
      ? []
      : [{ title: contestant.row.title, reason: `failed: ${failure.slice(0, 600)}` }],
  );
  return { measured, failed };
}

/** One line that is written over, where somebody looks at it. */
function progress(text: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${text}`);
}
