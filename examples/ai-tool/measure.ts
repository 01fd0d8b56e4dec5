import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launchBrowser } from "../../packages/server/src/testing/browser.ts";
import { Visitor } from "./testing/visitor.ts";

/**
 * `node --conditions=valetkey-source examples/ai-tool/measure.ts`: a new user's way, from a clone with an empty npm cache
 * to the first answer in a browser. What a person takes to read and type is not in it.
 */
const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "lantern-measure-"));
const clone = join(folder, "clone");
const browser = await launchBrowser();
console.log(`Load ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores.`);

const began = performance.now();
const step = (name: string) =>
  console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${name}`);
try {
  execFileSync("git", ["clone", "--quiet", root, clone]);
  step("cloned");
  const cache = ["--cache", join(folder, "npm-cache")];
  execFileSync("npm", ["ci", ...cache], { cwd: clone, stdio: ["ignore", "ignore", "inherit"] });
  step("npm ci, download included");
  const tool = spawn("npm", ["run", "ai-tool"], {
    cwd: clone,
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  try {
    let said = "";
    for await (const part of tool.stdout) {
      said += part;
      if (said.includes("Ctrl-C")) break;
    }
    step("npm run ai-tool, ready");
    const named = (name: string) => new RegExp(`${name} +(http\\S+)`).exec(said)?.[1] ?? "";
    const anna = await Visitor.at(browser, "desktop", named("API"));
    await anna.signIn(named("Open"), "Anna");
    await anna.allow();
    step("signed in");
    await anna.ask("Write a haiku");
    await anna.page.waitForSelector(".answer .words");
    step("the first word of the first answer");
  } finally {
    process.kill(-(tool.pid ?? 0), "SIGTERM");
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
