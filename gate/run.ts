import { filesEnding } from "./house.ts";
import { staticSteps } from "./static-steps.ts";
import { take } from "./step.ts";
import { committedCount, countFault, recordCount } from "./test-count.ts";
import { runTests } from "./test-run.ts";
import { TestWorld } from "./test-world.ts";

/** `npm test`: the whole gate. `npm test -- --record-count` commits to the number of tests that ran. */
const world = new TestWorld();
try {
  await take([...staticSteps, ...world.steps]);
  const { passed, counts } = await runTests(filesEnding(".test.ts"), world.env);
  const record = process.argv.includes("--record-count");
  const fault = countFault(counts, record ? 0 : committedCount());
  if (fault) console.error(fault);
  if (passed && !fault && record && counts) recordCount(counts);
  process.exitCode = passed && !fault ? 0 : 1;
} catch (thrown) {
  console.error(thrown instanceof Error ? thrown.message : thrown);
  process.exitCode = 1;
} finally {
  await world.end();
}
