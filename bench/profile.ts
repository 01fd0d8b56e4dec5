import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Child, canPin } from "./child.ts";
import { costs, type Profile } from "./profile-costs.ts";
import type { HttpCase, LoadResult, Recipe } from "./recipe.ts";
import { subjects } from "./subjects.ts";

/**
 * `node --conditions=valetkey-source bench/profile.ts CASE [SUBJECT] [SECONDS]`: where a subject's processor time goes
 * in one case, by function and by file. The profile stays in bench/results/raw/ for `chrome://inspect` and its like.
 */
const [wanted = "client-credentials", name = "valetkey", seconds = "5"] = process.argv.slice(2);
const row = subjects.find((one) => one.name === name);
if (!row)
  throw new Error(`There is no subject ${name}; there are ${subjects.map((one) => one.name).join(", ")}.`);
const folder = mkdtempSync(join(tmpdir(), "valetkey-profile-"));
const log = join(folder, "log");
const cores = canPin() ? { server: 1, load: 0 } : { server: undefined, load: undefined };
const generator = await Child.start({ file: "load/process.ts", core: cores.load, log });
const child = await Child.start({
  file: "subjects/process.ts",
  args: [row.module, folder, row.variant ?? ""],
  core: cores.server,
  log,
});
try {
  const port = await child.call<number>("port");
  const count = Math.ceil(Number(seconds) * 4000);
  let recipe = await child.call<Recipe>("prepare", { wanted: wanted as HttpCase, count });
  const load = async (time: number) => {
    const result = await generator.call<LoadResult>("generate", {
      port,
      recipe,
      connections: 64,
      seconds: time,
    });
    recipe = { ...recipe, values: result.values };
    return result;
  };
  await load(Math.min(2, Number(seconds) / 4));
  await child.call("beginProfile");
  const { operations } = await load(Number(seconds));
  const text = await child.call<string>("endProfile");
  const file = fileURLToPath(new URL(`results/raw/${name}-${wanted}.cpuprofile`, import.meta.url));
  writeFileSync(file, text);
  console.log(`${name}, ${wanted}: ${operations} operations, ${file}\n`);
  console.log(costs(JSON.parse(text) as Profile, operations));
} finally {
  await child.stop();
  await generator.stop();
  rmSync(folder, { recursive: true, force: true });
}
