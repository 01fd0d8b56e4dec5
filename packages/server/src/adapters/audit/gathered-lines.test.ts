import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { GatheredLines } from "./gathered-lines.ts";

function gathered() {
  const handed: string[] = [];
  return { handed, lines: new GatheredLines((text) => void handed.push(text)) };
}

/** What a process wrote to its standard error until it ended. */
async function stderrOf(script: string): Promise<string> {
  const logger = new URL("./logger.ts", import.meta.url).href;
  const code = `const { stderrLogger } = await import(${JSON.stringify(logger)}); const log = stderrLogger("info"); ${script}`;
  const child = spawn(process.execPath, [
    "--conditions=valetkey-source",
    "--input-type=module",
    "--eval",
    code,
  ]);
  let text = "";
  child.stderr.on("data", (chunk) => {
    text += chunk;
  });
  await new Promise((resolve) => child.once("close", resolve));
  return text;
}

describe("lines of the log that are written together", () => {
  it("go in their order, within milliseconds, in one piece", async () => {
    const { handed, lines } = gathered();
    lines.write("a\n");
    lines.write("b\n");
    assert.deepEqual(handed, []);
    await sleep(50);
    assert.deepEqual(handed, ["a\nb\n"]);
    lines.write("c\n");
    await sleep(50);
    assert.deepEqual(handed, ["a\nb\n", "c\n"]);
  });

  it("do not wait when they are many", () => {
    const { handed, lines } = gathered();
    const line = `${"x".repeat(1_000)}\n`;
    for (let n = 0; n < 70; n++) lines.write(line);
    assert.deepEqual(handed, [line.repeat(66)]);
  });

  it("go at once when they are asked for, and no more than once", async () => {
    const { handed, lines } = gathered();
    lines.write("a\n");
    let isDone = false;
    lines.flush(() => {
      isDone = true;
    });
    await sleep(50);
    assert.deepEqual([handed, isDone], [["a\n"], true]);
  });

  for (const { given, script } of [
    { given: "comes to its end", script: 'log.info("last words");' },
    { given: "is told to exit", script: 'log.info("last words"); process.exit(3);' },
    { given: "fails", script: 'log.info("last words"); throw new Error("a fault");' },
  ]) {
    it(`are written by a process that ${given}`, async () => {
      const lines = (await stderrOf(script)).split("\n");
      assert.equal(lines.filter((line) => line.includes('"msg":"last words"')).length, 1);
    });
  }
});
