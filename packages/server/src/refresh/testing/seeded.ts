import type { TestContext } from "node:test";

/** The same runs on every machine; VALETKEY_MODEL_SEED and VALETKEY_MODEL_RUNS search further. Printed with the test. */
export function seeded(
  context: TestContext,
  runs: number,
): { readonly seed: number; readonly numRuns: number } {
  const seed = Number(process.env.VALETKEY_MODEL_SEED ?? 20_261_122);
  const numRuns = Number(process.env.VALETKEY_MODEL_RUNS ?? runs);
  context.diagnostic(`seed ${seed}, ${numRuns} runs`);
  return { seed, numRuns };
}
