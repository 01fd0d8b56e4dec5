import assert from "node:assert/strict";
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { newRingKey, ringKeyLine } from "./ring.ts";
import { createRingFile, loadRing } from "./ring-file.ts";

describe("key file", async () => {
  const folder = await mkdtemp(join(tmpdir(), "valetkey-ring-"));
  after(() => rm(folder, { recursive: true }));

  it("is made at the first start, readable by its owner alone, and found again at the second", async () => {
    const file = join(folder, "new", "keys");
    const made = await loadRing({ file, create: true });
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.deepEqual(await readdir(join(folder, "new")), ["keys"]);
    assert.deepEqual((await loadRing({ file, create: true })).ids, made.ids);
    assert.deepEqual((await loadRing({ file, create: false })).ids, made.ids);
  });

  it("is made by one of any number of processes; the others read that one", async () => {
    const file = join(folder, "raced");
    const rings = await Promise.all(Array.from({ length: 20 }, () => loadRing({ file, create: true })));
    assert.equal(new Set(rings.map((ring) => ring.activeId)).size, 1);
  });

  it("is never replaced", async () => {
    const file = join(folder, "kept");
    await createRingFile(file);
    const text = await readFile(file, "utf8");
    await createRingFile(file);
    assert.equal(await readFile(file, "utf8"), text);
  });

  it("is not made unless told to", async () => {
    const file = join(folder, "absent");
    await assert.rejects(loadRing({ file, create: false }), /There is no key file at .*absent/);
    await assert.rejects(stat(file));
  });

  for (const mode of [0o640, 0o604, 0o620, 0o602, 0o610, 0o644]) {
    it(`is refused with mode ${mode.toString(8)}, with the command that mends it`, async () => {
      const file = join(folder, `mode-${mode}`);
      await writeFile(file, `${ringKeyLine(newRingKey())}\n`);
      await chmod(file, mode);
      await assert.rejects(loadRing({ file, create: true }), /by others than its owner\. Run: chmod 600 /);
    });
  }

  it("is refused in a sentence when it cannot be read or made", async () => {
    await assert.rejects(loadRing({ file: folder, create: true }), /cannot be read: EISDIR/);
    const under = join(folder, "a-file", "keys");
    await writeFile(join(folder, "a-file"), "");
    await assert.rejects(loadRing({ file: under, create: true }), { name: "KeyRingError" });
  });

  it("is not asked when the environment has the keys", async () => {
    const key = newRingKey();
    const ring = await loadRing({ file: join(folder, "absent"), text: ringKeyLine(key), create: true });
    assert.deepEqual(ring.ids, [key.id]);
    await assert.rejects(stat(join(folder, "absent")));
  });
});
