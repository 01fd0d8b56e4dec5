import assert from "node:assert/strict";
import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { reloadRules } from "./reload-rules.ts";
import { aFolder } from "./testing/a-process.ts";

describe("the file of the rules", () => {
  let file: string;
  let taken: string[];
  let told: string[];
  let reloading: { close(): void };

  beforeEach(async () => {
    file = join(await aFolder(), "rules.yaml");
    [taken, told] = [[], []];
    await writeFile(file, "first");
    reloading = reloadRules(file, {
      onHangUp: false,
      replace: (text) => void taken.push(text),
      log: (line) => void told.push(line),
      lookEvery: 100,
    });
  });
  afterEach(() => reloading.close());

  /** Ten seconds at most, since the machine may be busy. */
  async function until(holds: () => boolean): Promise<void> {
    for (let wait = 0; wait < 200 && !holds(); wait++) await pause(50);
  }

  it("is read anew when it changes, and not when it was only touched", async () => {
    await writeFile(file, "first");
    await pause(600);
    await writeFile(file, "second");
    await until(() => taken.length > 0);
    assert.deepEqual([taken, told], [["second"], []]);
  });

  it("may be replaced by another of its name", async () => {
    await writeFile(`${file}.new`, "second");
    await rename(`${file}.new`, file);
    await until(() => taken.length > 0);
    assert.deepEqual([taken, told], [["second"], []]);
  });

  it("is not taken half written", async () => {
    for (let length = 0; length < 30; length++) {
      await writeFile(file, "part ".repeat(length));
      await pause(50);
    }
    await writeFile(file, "whole");
    await until(() => taken.length > 0);
    assert.deepEqual([taken, told], [["whole"], []]);
  });

  it("is missed aloud, and taken when it comes back", async () => {
    await rm(file);
    await until(() => told.length > 0);
    assert.match(told[0] ?? "", /^rules not taken: their file cannot be read/);
    await writeFile(file, "second");
    await until(() => taken.length > 0);
    assert.deepEqual(taken, ["second"]);
  });
});
