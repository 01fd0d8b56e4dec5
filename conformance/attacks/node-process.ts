import { start } from "../../packages/server/src/start.ts";
import { attackPlan } from "./plan.ts";

/** A server as `valetkey start` runs it: says its port in one line of JSON, drains when standard input ends. */
const plan = attackPlan(JSON.parse(process.argv[2] ?? "{}"));
let port = 0;
const running = await start({
  ...plan,
  settings(bound) {
    port = bound;
    return plan.settings(bound);
  },
});
process.stdout.write(`${JSON.stringify({ port })}\n`);
process.stdin.resume().on("end", async () => {
  await running.close();
  process.exit(0);
});
