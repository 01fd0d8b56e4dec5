import assert from "node:assert/strict";
import { once } from "node:events";
import { chmod, cp, readdir, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { before, describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { spec } from "../testing/spec.ts";
import { aBrowserAt, aConfigured, aRunningServer } from "./testing/a-configured.ts";
import { aFolder, started, startedBehindAShell, valetkey } from "./testing/a-process.ts";
import { factsOf, inProcess } from "./testing/in-process.ts";

describe("valetkey start", () => {
  spec(
    ["I2-START", "I2-CLI"],
    "runs what init wrote, and its one-time link makes the first administrator",
    async () => {
      const { process, issuer, folder } = await aRunningServer();
      const { set_up_link, ready_ms, ...rest } = process.ready;
      assert.deepEqual(rest, { issuer });
      assert.ok(ready_ms > 0);
      assert.ok(set_up_link.startsWith(`${issuer}/set-up?link=vku_`));
      assert.equal((await fetch(`${issuer}/readyz`)).status, 200);

      const browser = aBrowserAt(issuer);
      const done = await browser.submit(await browser.open(set_up_link), {
        email: "root@example.com",
        name: "Root",
        password: "a password of length",
      });
      assert.equal(done.status, 200);
      const [root] = await factsOf(folder, ["account", "list"]);
      assert.deepEqual([root.email, root.roles], ["root@example.com", ["administrator"]]);
      assert.equal((await aBrowserAt(issuer).open(set_up_link)).status, 410, "it works once");

      assert.equal((await process.stop()).status, 0);
      const second = await started(folder, []);
      assert.ok(!("set_up_link" in second.ready), "there is an administrator");
      // Whoever disables the last one can come back in by the next start.
      await factsOf(folder, ["account", "disable", "root@example.com"]);
      await second.stop();
      assert.ok("set_up_link" in (await started(folder, [])).ready);
    },
  );

  spec(
    "I2-START-JSON",
    "--demo --json prints exactly one line, and ends with status 0 on SIGTERM",
    async () => {
      const folder = await aFolder();
      const demo = await started(folder, ["--demo", "--port", "0"]);
      const { issuer, mcp_url, api_url, accounts, ready_ms } = demo.ready;
      for (const url of [issuer, mcp_url, api_url]) assert.match(url, /^http:\/\/127\.0\.0\.1:\d+/);
      assert.deepEqual(Object.keys(accounts[0]).sort(), ["email", "name", "password", "roles"]);
      assert.ok(Number.isInteger(ready_ms));
      // The commands find the demonstration by its folder, and say so where JSON does not stand.
      const list = await valetkey(folder, ["account", "list", "--json"]);
      assert.match(list.stderr, /\.\/\.valetkey/);
      assert.equal(JSON.parse(list.stdout).length, 2);
      const { status, stdout } = await demo.stop();
      assert.equal(status, 0);
      assert.match(stdout, /^\{[^\n]*\}\n$/);
    },
  );

  spec("I2-HEALTH", "SIGTERM takes no new request and finishes the one under way", async () => {
    const { process, port } = await aRunningServer();
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    const body = "grant_type=client_credentials&client_id=nobody";
    socket.write(
      `POST /token HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/x-www-form-urlencoded\r\n` +
        `content-length: ${body.length}\r\n\r\n${body.slice(0, 10)}`,
    );
    await pause(500);
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    const closed = once(socket, "close");
    const end = process.stop();
    const isTaken = () =>
      fetch(`http://127.0.0.1:${port}/livez`).then(
        () => true,
        () => false,
      );
    for (let turn = 0; turn < 100 && (await isTaken()); turn++) await pause(100);
    assert.equal(await isTaken(), false, "no new connection is taken");
    socket.write(body.slice(10));
    const { status } = await end;
    await closed;
    assert.match(answer, /^HTTP\/1\.1 401 [\s\S]*invalid_client/);
    assert.equal(status, 0);
  });

  it("ends with npm, whose shell dies of a SIGTERM without passing it on", async () => {
    const folder = await aFolder();
    const demo = await startedBehindAShell(folder, ["--demo", "--port", "0"], {
      npm_lifecycle_event: "start",
    });
    const ended = await Promise.race([demo.stop(), pause(10_000, undefined, { ref: false })]);
    if (!ended) {
      const { port } = new URL(demo.ready.issuer);
      assert.fail(`the server goes on at port ${port}`);
    }
    await assert.rejects(fetch(`${demo.ready.issuer}/livez`));
  });

  it("says in a sentence that the port is taken", async () => {
    const { folder, port } = await aConfigured();
    const other = createServer().listen(port, "127.0.0.1");
    await once(other, "listening");
    const { status, stdout, stderr } = await valetkey(folder, ["start"]);
    other.close();
    assert.deepEqual([status, stdout], [1, ""]);
    assert.match(stderr, new RegExp(`^Another program listens on 127\\.0\\.0\\.1 port ${port} already\\.`));
    assertNoStack(stderr);
  });

  it("says in a sentence that a file stands where its folder should be", async () => {
    const folder = await aFolder();
    await writeFile(join(folder, "taken"), "");
    const { status, stdout, stderr } = await valetkey(folder, ["start", "--demo", "--data", "taken"]);
    assert.deepEqual([status, stdout], [1, ""]);
    assert.match(stderr, /taken cannot be a folder: a file stands in the way\.$/m);
    assertNoStack(stderr);
  });

  spec("I2-MIGRATIONS", "a database of a newer program is refused by name, by every command", async () => {
    const { folder } = await aConfigured();
    await factsOf(folder, ["client", "list"]);
    const db = new DatabaseSync(join(folder, "valetkey-data", "valetkey.sqlite"));
    db.exec("INSERT INTO schema_version (number, name, applied_at) VALUES (9999, 'tomorrow', 0)");
    db.close();
    for (const [run, args] of [
      [valetkey, ["start"]],
      [inProcess, ["client", "list"]],
      [inProcess, ["trace"]],
    ] as const) {
      const { status, stdout, stderr } = await run(folder, args);
      assert.deepEqual([status, stdout], [1, ""]);
      assert.match(stderr, /schema version 9999.*a newer Valetkey wrote it/);
      assertNoStack(stderr);
    }
  });

  describe("with keys that are not the store's", () => {
    let used: string;
    before(async () => {
      const { folder, process } = await aRunningServer();
      await process.stop();
      used = folder;
    });

    for (const { given, change, says } of [
      {
        given: "other keys",
        change: (file: string) => writeFile(file, `${Buffer.alloc(32, 7).toString("base64url")}\n`),
        says: /are not those of the store/,
      },
      {
        given: "damaged keys",
        change: (file: string) => writeFile(file, "not a key\n"),
        says: /is not 32 bytes in base64.* Restore it from your backup/,
      },
      { given: "no key file", change: (file: string) => rm(file), says: /There is no key file/ },
      { given: "a key file for everybody", change: (file: string) => chmod(file, 0o644), says: /chmod 600/ },
    ]) {
      it(`refuses to start: ${given}`, async () => {
        const folder = await aFolder();
        await cp(used, folder, { recursive: true });
        await change(join(folder, "valetkey-data", "valetkey.keys"));
        const { status, stdout, stderr } = await valetkey(folder, ["start", "--json"]);
        assert.deepEqual([status, stdout], [1, ""]);
        assert.match(stderr, says);
        assertNoStack(stderr);
      });
    }
  });

  spec("I2-FAULTS", "without a configuration it names both ways on, and makes nothing", async () => {
    const folder = await aFolder();
    const { status, stdout, stderr } = await valetkey(folder, ["start"]);
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(stderr, /valetkey init/);
    assert.match(stderr, /valetkey start --demo/);
    assert.deepEqual(await readdir(folder), []);
  });

  spec(
    "I2-FAULTS",
    "every fault of the configuration is named at once, with the secret in none",
    async () => {
      const { folder } = await aConfigured();
      const text =
        "issuer: http://auth.example.com\nstore: mysql://me:hunter2@db/x\nlisten:\n  port: 99999\nisuer: x\n";
      await writeFile(join(folder, "valetkey.yaml"), text);
      for (const [run, args] of [
        [valetkey, ["start"]],
        [inProcess, ["client", "list"]],
      ] as const) {
        const { status, stdout, stderr } = await run(folder, args);
        assert.deepEqual([status, stdout], [2, ""]);
        for (const named of [/^issuer /m, /^store /m, /^listen\.port /m, /^isuer /m])
          assert.match(stderr, named);
        assert.doesNotMatch(stderr, /hunter2/);
      }
      assert.deepEqual(await readdir(folder), ["valetkey.yaml"]);
    },
  );
});

function assertNoStack(text: string): void {
  assert.doesNotMatch(text, /^\s+at /m);
}
