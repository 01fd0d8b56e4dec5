import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { ratio } from "./aims.ts";
import { Child, canPin } from "./child.ts";
import { httpContestant } from "./http-contestant.ts";
import { tables } from "./page.ts";
import { type Contestant, inTurn } from "./rounds.ts";
import { subjects } from "./subjects.ts";

/**
 * `node --conditions=valetkey-source bench/growth.ts [FEW] [MANY] [ROUNDS] [SECONDS]`: what a refresh costs on SQLite
 * with few and with many people, grants and devices there, in paired rounds. Ten million take some ten gigabytes under
 * the temporary folder, and minutes to make.
 */
const [few = "10000", plenty = "10000000", rounds = "5", seconds = "5"] = process.argv.slice(2);
const valetkey = subjects.find(({ name }) => name === "valetkey");
if (!valetkey) throw new Error("Valetkey takes no part.");
const folder = mkdtempSync(join(tmpdir(), "valetkey-growth-"));
const cores = canPin() ? { server: cpus().length - 1, load: 0 } : { server: undefined, load: undefined };
const generator = await Child.start({ file: "load/process.ts", core: cores.load, log: join(folder, "log") });
const contestants: Contestant[] = [];
try {
  for (const rows of [few, plenty]) {
    const own = mkdtempSync(join(folder, "store-"));
    const stage = {
      generator,
      connections: 64,
      serverCore: cores.server,
      folder: own,
      log: join(own, "log"),
    };
    const title = `${Number(rows).toLocaleString("en")} devices`;
    contestants.push(await httpContestant(stage, { ...valetkey, name: rows, title }, "refresh", rows));
  }
  const plan = { rounds: Number(rounds), seconds: Number(seconds), warmUp: Math.min(3, Number(seconds)) };
  const { measured, failed } = await inTurn(contestants, plan);
  console.log(tables({ cases: [{ name: "refresh", measured, leftOut: failed }] }));
  const [small, large] = measured;
  if (small && large) {
    const { median, low, high } = ratio(large, small);
    console.log(
      `CPU with ${plenty} over CPU with ${few}: ${median.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`,
    );
  }
} finally {
  for (const { stop } of contestants) await stop();
  await generator.stop();
  rmSync(folder, { recursive: true, force: true });
}
