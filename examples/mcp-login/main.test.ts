import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync, rmSync, statSync } from "node:fs";
import { before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { askedFor } from "./asked.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const pictures = `${root}/.artifacts/mcp-login`;

// All stories are one process: that it ends, and ends with 0, is part of what is shown.
describe("examples/mcp-login", () => {
  let said: string;
  before(async () => {
    rmSync(pictures, { recursive: true, force: true });
    const args = ["--conditions=valetkey-source", "examples/mcp-login/main.ts"];
    said = (await run(process.execPath, args, { cwd: root, timeout: 110_000 })).stdout;
  });

  for (const made of ["sdk", "client"]) {
    for (const [kind, known] of [
      ["document", "its document"],
      ["registration", "registration"],
    ]) {
      it(`[I2-LOGIN] ends well with the ${made} package, the client known by its ${kind}`, () => {
        const [, story = ""] = said.split(`@modelcontextprotocol/${made}, known by ${known}\n`);
        const steps = story.split("\n\n")[0]?.split("\n") ?? [];
        assert.equal(steps.length, 8, story);
        assert.match(steps[0] ?? "", /^- A 401 led the client/);
        assert.match(steps[7] ?? "", /the next call got 401/);
        assert.match(said, /All as it should be\.\s*$/);
      });
    }
  }

  it("keeps a picture of each page on which Ada decided", () => {
    const names = ["document", "registration"].flatMap((kind) => [
      `consent-${kind}.png`,
      `step-up-${kind}.png`,
    ]);
    assert.deepEqual(readdirSync(pictures).sort(), names.sort());
    for (const name of names) assert.ok(statSync(`${pictures}/${name}`).size > 1_000, name);
  });

  for (const { words, packages, kinds } of [
    { words: [], packages: ["sdk", "client"], kinds: ["document", "registration"] },
    { words: ["client"], packages: ["client"], kinds: ["document", "registration"] },
    { words: ["sdk", "registration"], packages: ["sdk"], kinds: ["registration"] },
    { words: ["document"], packages: ["sdk", "client"], kinds: ["document"] },
  ]) {
    it(`tells what ${words.join(" ") || "no word"} asks for`, () => {
      assert.deepEqual(askedFor(words), { packages, kinds });
    });
  }

  it("does not take a word that means nothing for all being well", () => {
    assert.throws(() => askedFor(["skd"]), /"skd" is none of sdk, client, document, registration/);
  });
});
