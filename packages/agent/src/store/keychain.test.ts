import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { aFolder } from "../testing/a-folder.ts";
import { fileStore } from "./file-store.ts";
import { systemKeychain } from "./keychain.ts";

/** A program in the place of the one that asks the system. */
async function aProgram(text: string): Promise<URL> {
  const file = join(aFolder(), "program.mjs");
  await writeFile(file, text);
  return pathToFileURL(file);
}

describe("the system's keychain", () => {
  it("is asked by a process of its own, which is told the account alone where others can see it", async () => {
    const program = await aProgram(`
      import { readFileSync, writeFileSync } from "node:fs";
      const file = new URL("kept", import.meta.url);
      const given = readFileSync(0, "utf8");
      if (given) writeFileSync(file, JSON.stringify({ given, seen: process.argv.slice(2) }));
      else try { process.stdout.write(JSON.parse(readFileSync(file, "utf8")).given); } catch {}
      if (process.argv.length !== 3 || given && process.argv.includes(given)) process.exit(1);`);
    const keychain = systemKeychain("/home/ada/.local/state/valetkey", { program });
    assert.equal(await keychain.read(), undefined);
    const key = new Uint8Array(32).fill(7);
    await keychain.write(key);
    assert.deepEqual(new Uint8Array((await keychain.read()) ?? []), key);
  });

  it("that answers nothing holds nobody up: it counts as one that cannot be reached", async () => {
    const program = await aProgram("setInterval(() => undefined, 1_000);");
    const store = fileStore({
      folder: aFolder(),
      keychain: systemKeychain("x", { program, patience: 0.3 }),
    });
    const kept = await store.exclusively("login-a", (slot) => slot.write({}));
    assert.equal(kept.isSealed, false);
    assert.match(kept.says, /cannot be reached/);
  });
});
