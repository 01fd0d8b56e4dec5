import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startDemo } from "../../packages/server/src/demo/start.ts";
import type { Standing } from "./stage.ts";

const run = promisify(execFile);
const here = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));

const isHere = (tool: string, version: string) => spawnSync(tool, [version]).status === 0;

/** What a recipe says when it went well, beside its last line. What the machine lacks must be said in its place. */
const recipes: Readonly<Record<string, readonly RegExp[]>> = {
  "express-api": [/three lines and their two imports/, /needs orders:write/, /the order was written/],
  "other-language": [
    /^- Node \(v\d.*refuses 14 forgeries/m,
    isHere("python3", "--version")
      ? /^- Python \(Python 3.*14 forgeries/m
      : /^- Python: there is no python3 on/m,
    isHere("go", "version") ? /^- Go \(go version.*14 forgeries/m : /^- Go: there is no go on this machine/m,
    /403 for what no rule names/,
  ],
  nextjs: [/^- By next dev: a stranger gets 401/m, /needs notes:write/, /the note was written/],
  langchain: [/called read_file over MCP/, /delete_file needs files:delete/, /The file is still there/],
  clients: [
    /^- Auth\.js: Ada/m,
    /^- passport-oauth2: Ada/m,
    /^- openid-client: Ada/m,
    /^- oidc-client-ts: Ada/m,
  ],
};

/** This one starts a demonstration of its own, as every recipe does that somebody runs; the others share one. */
const alone = "express-api";

// Each is a process of its own: that it ends, and ends with 0, is part of what is shown.
describe("examples/recipes", () => {
  const data = mkdtempSync(join(tmpdir(), "valetkey-recipes-"));
  let demo: Awaited<ReturnType<typeof startDemo>>;

  before(async () => {
    demo = await startDemo({ port: 0, data });
  });
  after(async () => {
    await demo?.close();
    rmSync(data, { recursive: true, force: true });
  });

  for (const [name, sentences] of Object.entries(recipes)) {
    it(`[I5-RECIPES] ${name} ends well and says what held`, async () => {
      const main = join("examples/recipes", name, "main.ts");
      const args = ["--conditions=valetkey-source", main];
      const standing: Standing = { facts: demo.facts, data };
      const env = {
        ...process.env,
        ...(name !== alone && { RECIPE_DEMONSTRATION: JSON.stringify(standing) }),
      };
      const { stdout } = await run(process.execPath, args, { cwd: root, timeout: 110_000, env });
      for (const sentence of sentences) assert.match(stdout, sentence);
      assert.match(stdout, /All as it should be\.\s*$/);
    });

    it(`${name} says in a README how to run it and what to change in yours`, () => {
      const page = readFileSync(join(here, name, "README.md"), "utf8");
      assert.ok(page.includes(`node --conditions=valetkey-source examples/recipes/${name}/main.ts`));
      assert.match(page, /^## In yours$/m);
    });
  }

  it("runs every recipe that there is", () => {
    const folders = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    assert.deepEqual(folders.map(({ name }) => name).sort(), Object.keys(recipes).sort());
  });
});
