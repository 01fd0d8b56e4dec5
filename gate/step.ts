/** One thing that the gate does before the tests: a sentence, and work that throws when it fails. */
export interface Step {
  readonly name: string;
  /** What to add to the line, such as a version. */
  readonly run: () => Promise<string | undefined>;
}

/** Runs the steps in order, each with a line and its time, and stops at the first that fails. */
export async function take(steps: readonly Step[]): Promise<void> {
  for (const { name, run } of steps) {
    const began = performance.now();
    const seconds = () => `${((performance.now() - began) / 1000).toFixed(1)} s`;
    try {
      const detail = await run();
      console.log(`✔ ${name}${detail ? `: ${detail}` : ""} (${seconds()})`);
    } catch (thrown) {
      console.log(`✖ ${name} (${seconds()})`);
      throw thrown;
    }
  }
}
