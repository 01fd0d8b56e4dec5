import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { postgresStore } from "../adapters/postgres/store.ts";
import { freePort } from "../testing/free-port.ts";
import { freshDatabase, type TestDatabase } from "../testing/postgres.ts";
import { aConfigured } from "./testing/a-configured.ts";
import { aFolder, type RunningProcess, started, valetkey } from "./testing/a-process.ts";
import { type Devices, someDevices } from "./testing/devices.ts";
import { inProcess } from "./testing/in-process.ts";

describe("valetkey start --workers", () => {
  let database: TestDatabase;
  let folder: string;
  let issuer: string;
  let server: RunningProcess;
  let survivor: number;
  let devices: Devices;
  const env = () => ({ VALETKEY_STORE: database.url });

  before(async () => {
    database = await freshDatabase();
    folder = await aFolder();
    const port = await freePort();
    issuer = `http://127.0.0.1:${port}`;
    await writeFile(
      join(folder, "valetkey.yaml"),
      `issuer: ${issuer}\nlisten:\n  port: ${port}\nkey_file: ./valetkey.keys\nlog:\n  level: warn\n`,
    );
    server = await started(folder, ["--workers", "2"], env());
  });
  after(() => database.drop());

  function workers(): readonly number[] {
    const list = execFileSync("ps", ["-o", "pid=,ppid=", "-A"], { encoding: "utf8" });
    const rows = list
      .trim()
      .split("\n")
      .map((line) => line.trim().split(/\s+/).map(Number));
    return rows.filter(([, parent]) => parent === server.child.pid).map(([pid]) => pid ?? 0);
  }

  it("says once that all listen, in one line", () => {
    const { ready_ms, set_up_link, ...rest } = server.ready;
    assert.deepEqual(rest, { issuer, workers: 2 });
    assert.ok(ready_ms > 0);
    assert.ok(set_up_link.startsWith(`${issuer}/set-up?link=`));
    assert.match(server.stdout(), /^[^\n]*\n$/);
    assert.equal(workers().length, 2);
  });

  it("refreshes one device whichever worker is asked, and replaces a worker that was killed", async () => {
    devices = await someDevices({ folder, issuer, env: env() }, ["app"], ["ada@example.com"]);
    const token = await devices.signIn("ada@example.com");
    const answers = await Promise.all(Array.from({ length: 20 }, () => devices.refresh(token)));
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
    const successors = new Set(answers.map(({ body }) => body.refresh_token));
    assert.equal(successors.size, 1);
    const [killed = 0, other = 0] = workers();
    survivor = other;
    process.kill(killed, "SIGKILL");
    let last = [...successors][0] ?? "";
    let now = workers();
    for (let turn = 0; turn < 200 && (now.length < 2 || now.includes(killed)); turn++) {
      // The connection that the killed one had is broken; the client asks again.
      const { status, body } = await devices.refresh(last).catch(() => ({ status: 0, body: undefined }));
      if (status === 200 && body) last = body.refresh_token;
      await pause(50);
      now = workers();
    }
    assert.equal(now.length, 2);
    assert.ok(workers().includes(survivor) && !workers().includes(killed));
    assert.equal((await devices.refresh(last)).status, 200);
  });

  it("replaces the replacement too when that is killed", async () => {
    const killed = workers().find((pid) => pid !== survivor) ?? 0;
    process.kill(killed, "SIGKILL");
    let now = workers();
    for (let turn = 0; turn < 400 && (now.length < 2 || now.includes(killed)); turn++) {
      await pause(50);
      now = workers();
    }
    assert.deepEqual([now.length, now.includes(survivor), now.includes(killed)], [2, true, false]);
  });

  it("ends them all on SIGTERM to the whole group, with status 0", async () => {
    const all = workers();
    // The one that serves since the start: the other may not have come so far that it hears signals.
    process.kill(survivor, "SIGTERM");
    await pause(200);
    assert.deepEqual(workers(), all, "a worker leaves that to its supervisor");
    await devices.signIn("ada@example.com");
    const begun = performance.now();
    const { status, stdout, stderr } = await server.stop();
    assert.deepEqual([status, stdout.split("\n").length], [0, 2]);
    const pauses = [...stderr.matchAll(/A worker ended by SIGKILL; another one starts in ([\d.]+) s/g)];
    assert.deepEqual(
      pauses.map(([, seconds]) => seconds),
      ["0.25", "0.5"],
      "longer each time",
    );
    // After twenty seconds it would kill them.
    assert.ok(performance.now() - begun < 15_000, "it ends when the last of them has ended");
    const store = await postgresStore(database.url);
    const began = (await store.journal.events(1_000)).filter(({ what }) => what === "lineage.began");
    await store.close();
    assert.equal(began.length, 2, "what was recorded last is written before the end");
    for (const pid of all) assert.throws(() => process.kill(pid, 0), { code: "ESRCH" });
  });

  it("ends with the sentence of the first worker, once, when that cannot start", async () => {
    const { status, stdout, stderr } = await valetkey(folder, ["start", "--workers", "3"], {
      env: { VALETKEY_STORE: "postgres://me@127.0.0.1:1/db" },
    });
    assert.deepEqual([status, stdout], [1, ""]);
    assert.equal(stderr.trim().split("\n").length, 1, stderr);
    assert.match(stderr, /^Nothing answers at 127\.0\.0\.1 port 1/);
  });

  it("is refused on SQLite, with why and what to do, and where the number is none", async () => {
    const { folder } = await aConfigured();
    for (const { args, says } of [
      {
        args: ["--workers", "2"],
        says: /^--workers 2: needs PostgreSQL: SQLite has one writer.*valetkey move/,
      },
      { args: ["--workers", "many"], says: /^--workers many: is a number from 1/ },
      { args: ["--demo", "--workers", "2"], says: /^--workers: goes with a configuration/ },
    ]) {
      const { status, stderr } = await inProcess(folder, ["start", ...args]);
      assert.equal(status, 2);
      assert.match(stderr, says);
    }
  });
});
