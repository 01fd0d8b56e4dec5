import { resolve } from "node:path";
import { filesEnding, root } from "./house.ts";
import { take } from "./step.ts";
import { runTests } from "./test-run.ts";
import { TestWorld } from "./test-world.ts";

/** `npm run test:only -- PATH...`: these test files, or all below these folders, in the gate's environment. */
const asked = process.argv.slice(2).map((path) => resolve(process.env.INIT_CWD ?? process.cwd(), path));
const files = filesEnding(".test.ts").filter((file) => {
  const path = resolve(root, file);
  return asked.some((wanted) => path === wanted || path.startsWith(`${wanted}/`));
});
const world = new TestWorld();
try {
  if (files.length === 0)
    throw new Error("No test file there: npm run test:only -- packages/protocol/src/pkce.test.ts");
  await take(world.steps);
  process.exitCode = (await runTests(files, world.env)).passed ? 0 : 1;
} catch (thrown) {
  console.error(thrown instanceof Error ? thrown.message : thrown);
  process.exitCode = 1;
} finally {
  await world.end();
}
