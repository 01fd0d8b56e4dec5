import { staticSteps } from "./static-steps.ts";
import { take } from "./step.ts";

/** `npm run check`: everything that needs no server and no browser. */
try {
  await take(staticSteps);
} catch (thrown) {
  console.error(thrown instanceof Error ? thrown.message : thrown);
  process.exitCode = 1;
}
