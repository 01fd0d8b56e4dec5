import { Child } from "./child.ts";
import type { GuardCase, GuardRow } from "./guard/cases.ts";
import type { Contestant } from "./rounds.ts";

/** Starts the process in which one guard checks tokens. */
export async function guardContestant(
  row: GuardRow,
  wanted: GuardCase,
  place: { readonly core: number | undefined; readonly log: string },
): Promise<Contestant> {
  const child = await Child.start({ file: "guard/process.ts", args: [row.name], ...place });
  const check = (seconds: number) =>
    child.call<{ operations: number; seconds: number; cpu: number }>("check", { wanted, seconds });
  return {
    row,
    warmUp: async (seconds) => void (await check(seconds)),
    async round(seconds) {
      const { operations, seconds: taken, cpu } = await check(seconds);
      return { operations, perSecond: operations / taken, cpu };
    },
    resident: () => child.call<number>("resident"),
    stop: () => child.stop(),
  };
}
