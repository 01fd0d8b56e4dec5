import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));

// Each story is a process of its own: that it ends, and ends with 0, is part of what is shown.
describe("examples/mcp-login", () => {
  for (const made of ["sdk", "client"]) {
    for (const kind of ["document", "registration"]) {
      it(`[I2-LOGIN] ends well with the ${made} package, the client known by its ${kind}`, async () => {
        const args = ["--conditions=valetkey-source", "examples/mcp-login/main.ts", made, kind];
        const { stdout } = await run(process.execPath, args, { cwd: root, timeout: 100_000 });
        assert.match(stdout, /the next call got 401/);
        assert.match(stdout, /All as it should be\.\s*$/);
        for (const picture of [`consent-${kind}.png`, `step-up-${kind}.png`]) {
          assert.ok(statSync(`${root}/.artifacts/mcp-login/${picture}`).size > 1_000);
        }
      });
    }
  }
});
