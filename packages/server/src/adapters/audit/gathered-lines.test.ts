import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { GatheredLines } from "./gathered-lines.ts";

function gathered() {
  const handed: string[] = [];
  const outlet = {
    write: (text: string) => void handed.push(text),
    whenWritten: (done: () => void) => done(),
  };
  return { handed, lines: new GatheredLines(outlet) };
}

const switches = ["--conditions=valetkey-source", "--input-type=module", "--eval"];
function inChild(script: string): string {
  const logger = new URL("./logger.ts", import.meta.url).href;
  return `const { stderrLogger } = await import(${JSON.stringify(logger)}); const log = stderrLogger("info"); ${script}`;
}

/** What a process wrote until it ended; its standard error is read only `behind` milliseconds after its start. */
async function outputOf(script: string, behind = 0): Promise<{ stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [...switches, inChild(script)]);
  const text = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (chunk: string) => {
      text[name] += chunk;
    });
  }
  const closed = new Promise((resolve) => child.once("close", resolve));
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.stderr.pause();
  await Promise.race([sleep(behind, undefined, { ref: false }), ended]);
  child.stderr.resume();
  await closed;
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
      const lines = (await outputOf(script)).stderr.split("\n");
      assert.equal(lines.filter((line) => line.includes('"msg":"last words"')).length, 1);
    });
  }

  it("are all written, in their order, at an orderly end before a reader who is behind", async () => {
    const script = `
      for (let n = 0; n < 2_000; n++) {
        log.info({ n, pad: "x".repeat(200) });
        if (n % 50 === 49) await new Promise(setImmediate);
      }
      log.flush(() => process.exit(0));`;
    const lines = (await outputOf(script, 600)).stderr.trim().split("\n");
    assert.deepEqual(
      lines.map((line) => JSON.parse(line).n),
      Array.from({ length: 2_000 }, (_, n) => n),
    );
  });

  it("do not hold up an end when nobody reads", async () => {
    const script = `
      for (let n = 0; n < 2_000; n++) log.info({ n, pad: "x".repeat(200) });
      const begun = performance.now();
      log.flush(() => process.stdout.write(String(performance.now() - begun), () => process.kill(process.pid, "SIGKILL")));`;
    const waited = Number((await outputOf(script, 60_000)).stdout);
    assert.ok(waited > 500 && waited < 5_000, `${waited} ms`);
  });

  it("leave a process alive, nearly idle and able to end when the device is full", async () => {
    const script = `
      for (let n = 0; n < 20; n++) {
        log.info("a line for nobody");
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      const before = process.cpuUsage();
      await new Promise((resolve) => setTimeout(resolve, 500));
      const { user, system } = process.cpuUsage(before);
      await new Promise((resolve) => log.flush(resolve));
      process.stdout.write(String((user + system) / 1_000), () => process.exit(0));`;
    const device = openSync("/dev/full", "w");
    const child = spawn(process.execPath, [...switches, inChild(script)], {
      stdio: ["ignore", "pipe", device],
      timeout: 10_000,
      killSignal: "SIGKILL",
    });
    closeSync(device);
    let stdout = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      stdout += chunk;
    });
    const [code] = await once(child, "close");
    assert.equal(code, 0);
    assert.ok(stdout !== "" && Number(stdout) < 250, `${stdout} ms of processor in half a second`);
  });
});
