import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { aConfigured } from "./testing/a-configured.ts";
import { aFolder, running } from "./testing/a-process.ts";
import { inProcess } from "./testing/in-process.ts";

const issuer = ["--issuer", "http://127.0.0.1:1"];
const server = join(import.meta.dirname, "../../../gateway/src/testing/stdio-server.ts");

describe("valetkey protect", () => {
  let folder = "";
  before(async () => {
    folder = await aFolder();
  });

  for (const { given, args, says, env = {} } of [
    {
      given: "no issuer",
      args: ["--", "x"],
      says: /^--issuer: is needed: the URL of the server that people log in at/,
    },
    {
      given: "an issuer that is no URL",
      args: ["--issuer", "login", "--", "x"],
      says: /^--issuer login: is no URL/,
    },
    { given: "no server", args: issuer, says: /^Behind -- stands the server to protect/ },
    { given: "nothing behind the dashes", args: [...issuer, "--"], says: /^Behind -- stands/ },
    {
      given: "the server before the dashes",
      args: [...issuer, "npx"],
      says: /^npx: valetkey protect does not know/,
    },
    {
      given: "a strange address",
      args: [...issuer, "--listen", "8808", "--", "x"],
      says: /^--listen 8808: is an address and a port, e\.g\. --listen 127\.0\.0\.1:8808/,
    },
    {
      given: "a port that is none",
      args: [...issuer, "--listen", "127.0.0.1:70000", "--", "x"],
      says: /^--listen 127\.0\.0\.1:70000: is an address/,
    },
    {
      given: "no such way",
      args: [...issuer, "--process", "two", "--", "x"],
      says: /^--process two: is per-caller or shared/,
    },
    {
      given: "nobody to be told of",
      args: [...issuer, "--process", "shared", "--tell-caller", "--", "x"],
      says: /^--tell-caller: goes with --process per-caller/,
    },
    {
      given: "no process at all",
      args: [...issuer, "--most", "0", "--", "x"],
      says: /^--most 0: is a number from 1/,
    },
    {
      given: "no time",
      args: [...issuer, "--idle", "soon", "--", "x"],
      says: /^--idle soon: is a whole number/,
    },
    {
      given: "a variable of ours",
      args: [...issuer, "--env", "VALETKEY_KEYS=x", "--", "x"],
      says: /^--env VALETKEY_KEYS: is a variable of Valetkey, which is never passed on/,
    },
    {
      given: "a name that no variable has, without repeating its value,",
      args: [...issuer, "--env", "A-B=hidden", "--", "x"],
      says: /^--env A-B: begins with no name of a variable/,
    },
    {
      given: "a variable that is not set",
      args: [...issuer, "--env", "NOWHERE", "--", "x"],
      says: /^--env NOWHERE: is not set/,
    },
    {
      given: "no such file",
      args: [...issuer, "--tools", "no.yaml", "--", "x"],
      says: /^--tools no\.yaml: cannot be read/,
    },
    {
      given: "introspection without a secret",
      args: [...issuer, "--introspect", "client_x", "--", "x"],
      says: /^--introspect client_x: needs the client's secret in the variable VALETKEY_CLIENT_SECRET/,
    },
    {
      given: "a feed to follow without a secret",
      args: [...issuer, "--revocations", "client_x", "--", "x"],
      says: /^--revocations client_x: needs the client's secret in the variable VALETKEY_CLIENT_SECRET/,
    },
    {
      given: "two clients with one secret",
      args: [...issuer, "--revocations", "a", "--introspect", "b", "--", "x"],
      env: { VALETKEY_CLIENT_SECRET: "x" },
      says: /^--revocations: names another client than --introspect/,
    },
    ...[
      { url: "http://login.example.com", says: "is no https URL; http is for a loopback address only" },
      { url: "https://login.example.com/?a", says: "has a query or a fragment" },
      { url: "https://login.example.com/#a", says: "has a fragment" },
    ].map(({ url, says }) => ({
      given: `the issuer ${url}`,
      args: ["--issuer", url, "--", "x"],
      says: new RegExp(`^--issuer \\S+: ${says}, e\\.g\\.`),
    })),
    {
      given: "an issuer with a password, without repeating it,",
      args: ["--issuer", "https://u:p@a", "--", "x"],
      says: /^--issuer https:\/\/\*\*\*@a: carries a user or password/,
    },
    ...[
      { url: "files", says: "is no URL" },
      { url: "http://files.example.com/mcp", says: "is no https URL; http is for a loopback address only" },
      { url: "https://files.example.com/mcp#a", says: "has a fragment" },
    ].map(({ url, says }) => ({
      given: `the resource ${url}`,
      args: [...issuer, "--resource", url, "--", "x"],
      says: new RegExp(`^--resource \\S+: ${says}, e\\.g\\.`),
    })),
    ...["0.0.0.0:0", "[::]:0", "files.example.com:80"].map((address) => ({
      given: `--listen ${address} without a name for clients`,
      args: [...issuer, "--listen", address, "--", "x"],
      says: /^--resource: is needed where --listen names more than this machine/,
    })),
    ...["port", "host"].map((name) => ({
      given: `--${name}, which is called otherwise here,`,
      args: [...issuer, `--${name}=1`, "--", "x"],
      says: new RegExp(`^--${name}: there is no such option\\. Is --listen meant\\?`),
    })),
    {
      given: "two words for a prefix",
      args: [...issuer, "--prefix", "a b", "--", "x"],
      says: /^--prefix a b: is a word/,
    },
  ]) {
    it(`refuses ${given}, in a sentence, before anything starts`, async () => {
      const { status, stdout, stderr } = await inProcess(folder, ["protect", ...args], { env });
      assert.deepEqual([status, stdout], [2, ""]);
      assert.match(stderr, says);
    });
  }

  it("says what keeps the server from starting", async () => {
    const { status, stderr } = await inProcess(folder, [
      "protect",
      ...issuer,
      "--",
      "no-such-program",
      "--help",
    ]);
    assert.equal(status, 1);
    assert.match(stderr, /^The MCP server does not start: there is no program no-such-program\.\n$/m);
  });

  it("says what it starts, and that the issuer is not there yet", async () => {
    const program = ["no-such-program", "--api-key=hidden"];
    const { stderr } = await inProcess(folder, ["protect", ...issuer, "--", ...program]);
    assert.match(stderr, /^The issuer's metadata cannot be read: .*\. Until it can, no token counts\.\n/);
    assert.match(stderr, /^Starting no-such-program, to ask it for its tools\.$/m);
    assert.ok(!stderr.includes("hidden"));
  });

  it("says of a program that repeats what it reads that it does not speak MCP", async () => {
    const { status, stderr } = await inProcess(folder, ["protect", ...issuer, "--", "cat"]);
    assert.equal(status, 1);
    assert.match(
      stderr,
      /^The MCP server does not start: It does not speak MCP: it sends back what it is sent\.\n$/m,
    );
  });

  it("tells every fault of the table of tools with its file and line, and starts nothing", async () => {
    await writeFile(join(folder, "tools.yaml"), "tools:\n  a: {}\n  b: { scopes: [a b] }\nx: 1\n");
    const given = ["protect", ...issuer, "--tools", "tools.yaml", "--", "no-such-program"];
    const { status, stderr } = await inProcess(folder, given);
    assert.equal(status, 2);
    assert.deepEqual(stderr.split("\n").slice(0, 4), [
      "--tools tools.yaml: line 2: tools.a.scopes is missing.",
      "--tools tools.yaml: line 3: tools.b.scopes item 1 must be a scope: visible ASCII without quotes and backslashes (RFC 6749 §3.3).",
      "--tools tools.yaml: line 4: x is no setting.",
      "",
    ]);
  });

  it("names its own option where the port is taken", async (t) => {
    const other = createServer().listen(0, "127.0.0.1");
    t.after(() => other.close());
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const listen = ["--listen", `127.0.0.1:${port}`];
    const { status, stderr } = await inProcess(folder, [
      ...["protect", ...issuer, ...listen, "--", process.execPath, server],
    ]);
    assert.equal(status, 1);
    assert.match(
      stderr,
      new RegExp(
        `^Another program listens on 127\\.0\\.0\\.1 port ${port} already\\. .* by --listen, e\\.g\\.`,
        "m",
      ),
    );
  });

  for (const { given, name, path } of [
    { given: "a slash more", name: (own: string) => own, path: "/" },
    { given: "another name", name: () => "https://other.example", path: "" },
  ]) {
    it(`refuses an issuer with ${given} than it gives itself, with both spellings, before the program runs`, async (t) => {
      const there = createServer((incoming, outgoing) => {
        const { port } = there.address() as AddressInfo;
        const isKnown = incoming.url === "/.well-known/oauth-authorization-server";
        outgoing.writeHead(isKnown ? 200 : 404);
        outgoing.end(isKnown ? JSON.stringify({ issuer: name(`http://127.0.0.1:${port}`) }) : "");
      }).listen(0, "127.0.0.1");
      t.after(() => there.close());
      await once(there, "listening");
      const own = `http://127.0.0.1:${(there.address() as AddressInfo).port}`;
      const args = ["protect", "--issuer", own + path, "--", "no-such-program"];
      const { status, stderr } = await inProcess(folder, args);
      assert.equal(status, 2);
      assert.ok(
        stderr.startsWith(
          `--issuer ${own + path}: the server there calls itself ${name(own)}, and tokens are compared with that letter by letter\n`,
        ),
        stderr,
      );
      assert.ok(!stderr.includes("Starting"));
    });
  }

  for (const { signal, times, given } of [
    { signal: "SIGTERM", times: 1, given: "once" },
    { signal: "SIGINT", times: 1, given: "once" },
    { signal: "SIGINT", times: 2, given: "twice" },
  ] as const) {
    it(`leaves no program behind when ${signal} stops it ${given} while it starts`, async () => {
      // Neither the end of its input nor SIGTERM ends it, and it has a child.
      const script = "trap '' TERM; sleep 987 & echo \"pids $$ $!\" >&2; wait; wait";
      const starting = running(folder, ["protect", ...issuer, "--", "/bin/sh", "-c", script]);
      await starting.untilErr(/pids \d+ \d+/);
      const [, ...pids] = /pids (\d+) (\d+)/.exec(starting.stderr()) ?? [];
      assert.equal(pids.length, 2);
      if (times === 2) starting.signal(signal);
      if (times === 2) await pause(300);
      const { status } = await starting.stop(signal);
      assert.equal(status, times === 1 ? 0 : 1);
      for (let wait = 0; wait < 50 && pids.some(isAlive); wait++) await pause(100);
      assert.deepEqual(pids.filter(isAlive), []);
    });
  }

  it("prints the command that registers what it protects, which a shell takes, and ends on a signal", async () => {
    const place = await aConfigured();
    const process_ = running(place.folder, [
      "protect",
      ...issuer,
      "--listen",
      "127.0.0.1:0",
      "--",
      process.execPath,
      server,
    ]);
    await process_.untilOut(/Ctrl-C stops/);
    const text = process_.stdout();
    const [, resource = ""] = /MCP server {2}(\S+)/.exec(text) ?? [];
    assert.match(text, /--risk mcp:tool:noise=high \\\n {4}--allow operator=mcp:tool:noise \\\n/);
    assert.ok(
      text.includes(`valetkey resource add ${resource} \\\n    --scope 'mcp:read=Look at what`),
      text,
    );
    assert.equal((await fetch(resource, { method: "POST" })).status, 401);
    assert.deepEqual(await (await fetch(new URL("/health", resource))).json(), { status: "ok" });
    const [, command = ""] = /\n(valetkey resource add .*?)\n\n/s.exec(text) ?? [];
    await inShell(place.folder, command);
    const { stdout } = await inProcess(place.folder, ["resource", "show", resource, "--json"]);
    const { scopes, ...others } = JSON.parse(stdout) as { scopes: { name: string; risk: string }[] };
    const risks = Object.fromEntries(scopes.map(({ name, risk }) => [name, risk]));
    assert.equal(scopes.length, 10);
    assert.deepEqual(
      ["mcp:read", "mcp:write", "mcp:tool:crash", "mcp:tool:__proto__"].map((name) => risks[name]),
      ["medium", "medium", "high", "high"],
    );
    assert.match(JSON.stringify(others), /"default_scopes":\["mcp:read"\]/);
    assert.equal((await process_.stop("SIGTERM")).status, 0);
  });
});

function isAlive(pid: string): boolean {
  try {
    process.kill(Number(pid), 0);
    // One that ended and that nobody has asked for is no program any more.
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/** The printed words as a person pastes them, with `valetkey` standing for the binary. */
async function inShell(folder: string, command: string): Promise<void> {
  const binary = join(import.meta.dirname, "../../bin/valetkey.js");
  const valetkey = `valetkey() { "${process.execPath}" --conditions=valetkey-source "${binary}" "$@"; }`;
  await promisify(execFile)("/bin/sh", ["-c", `${valetkey}\n${command}`], { cwd: folder });
}
