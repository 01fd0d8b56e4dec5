import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { openStore } from "../open-store.ts";
import { outOfService } from "../sql/withdrawn.ts";
import { holdAlone, holdTogether, StoreHeld } from "./hold.ts";

describe("who has the file open", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "valetkey-hold-"));
  });
  after(() => rm(folder, { recursive: true }));
  const module = new URL("./hold.ts", import.meta.url).href;

  /** Whether another process gets the file for itself. */
  function othersGetIt(path: string): boolean {
    const script = `const { holdAlone } = await import(${JSON.stringify(module)});
      await holdAlone(${JSON.stringify(path)}).then(() => process.exit(0), () => process.exit(7));`;
    const { status } = spawnSync(process.execPath, [
      ...["--conditions=valetkey-source", "--input-type=module", "-e", script],
    ]);
    assert.ok(status === 0 || status === 7, `status ${status}`);
    return status === 0;
  }

  it("keeps others from replacing it, in this process and in another, until the last store is closed", async () => {
    const path = join(folder, "a.sqlite");
    const [one, two] = [await openStore(path), await openStore(path)];
    await assert.rejects(holdAlone(path), StoreHeld);
    await one.close();
    assert.equal(othersGetIt(path), false);
    await two.close();
    assert.equal(othersGetIt(path), true);
    assert.equal((await stat(`${path}.lock`)).mode & 0o777, 0o600);
  });

  it("keeps the store closed while somebody replaces it", async () => {
    const path = join(folder, "b.sqlite");
    const alone = await holdAlone(path);
    await assert.rejects(openStore(path), /works alone on .*b\.sqlite/);
    await assert.rejects(holdAlone(path), StoreHeld);
    alone.release();
    await (await openStore(path)).close();
  });

  it("is given back when the process is killed", async () => {
    const path = join(folder, "c.sqlite");
    const script = `const { holdAlone } = await import(${JSON.stringify(module)});
      await holdAlone(${JSON.stringify(path)}); process.kill(process.pid, "SIGKILL");`;
    const { signal } = spawnSync(process.execPath, [
      ...["--conditions=valetkey-source", "--input-type=module", "-e", script],
    ]);
    assert.equal(signal, "SIGKILL");
    (await holdTogether(path)).release();
  });

  it("opens no database that was taken out of service, and says why", async () => {
    const path = join(folder, "d.sqlite");
    const store = await openStore(path);
    await store.settings.claim(outOfService, "This database was moved.");
    await store.close();
    await assert.rejects(openStore(path), { message: "This database was moved." });
    (await holdAlone(path)).release();
  });
});
