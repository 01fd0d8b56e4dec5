import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { promisify } from "node:util";
import { aConfigured } from "./testing/a-configured.ts";
import { aFolder, running } from "./testing/a-process.ts";
import { inProcess } from "./testing/in-process.ts";

const issuer = ["--issuer", "http://127.0.0.1:1"];

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
    assert.deepEqual(
      [status, stderr],
      [1, "The MCP server does not start: there is no program no-such-program.\n"],
    );
  });

  it("prints the command that registers what it protects, which a shell takes, and ends on a signal", async () => {
    const place = await aConfigured();
    const server = join(import.meta.dirname, "../../../gateway/src/testing/stdio-server.ts");
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

/** The printed words as a person pastes them, with `valetkey` standing for the binary. */
async function inShell(folder: string, command: string): Promise<void> {
  const binary = join(import.meta.dirname, "../../bin/valetkey.js");
  const valetkey = `valetkey() { "${process.execPath}" --conditions=valetkey-source "${binary}" "$@"; }`;
  await promisify(execFile)("/bin/sh", ["-c", `${valetkey}\n${command}`], { cwd: folder });
}
