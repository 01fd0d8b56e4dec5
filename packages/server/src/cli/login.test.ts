import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { decodeJwt } from "jose";
import type { ABrowser } from "../testing/a-browser.ts";
import { cleanEnvironment } from "../testing/clean-environment.ts";
import { freePort } from "../testing/free-port.ts";
import { aBrowserAt } from "./testing/a-configured.ts";
import { aHome, type Home, onceShown } from "./testing/a-home.ts";
import { aFolder, started, valetkey } from "./testing/a-process.ts";
import { factsOf } from "./testing/in-process.ts";

describe("valetkey login, token, logout, whoami", () => {
  let place: string;
  let issuer: string;
  let mcp: string;
  let api: string;
  let ada: { email: string; password: string };
  /** Hers: she signs in there once. */
  let browser: ABrowser;
  before(async () => {
    place = await aFolder();
    const { ready } = await started(place, ["--demo", "--port", "0", "--data", "data"]);
    ({ issuer, mcp_url: mcp, api_url: api } = ready);
    [ada] = ready.accounts;
    browser = aBrowserAt(issuer);
  });

  /** The person allows what the address that is shown asks for. */
  const allowing = () =>
    onceShown(/(http\S+\/authorize\?\S+)\n/, async (address) => {
      await fetch(await browser.approve(address, ada));
    });
  async function login(home: Home, resource: string, ...more: readonly string[]) {
    const args = ["login", resource, "--no-browser", "--json", ...more];
    const { status, stdout, stderr } = await home.run(args, { sees: allowing() });
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^[^\n]*\n$/, "one line");
    return JSON.parse(stdout);
  }
  const bare = (resource: string, token: string, path = "") =>
    fetch(`${resource}${path}`, { headers: { authorization: `Bearer ${token}` } });

  it("[I5-COMMANDS] sign in with an address alone, print a token and nothing else, and end it at the issuer", async () => {
    const home = await aHome();
    const told = await login(home, api);
    assert.deepEqual(
      [told.resource, told.issuer, told.account, told.renewable, told.sealed],
      [api, issuer, ada.email, true, false],
    );
    const { status, stdout, stderr } = await home.run(["token", api]);
    assert.deepEqual([status, stderr], [0, ""]);
    assert.match(stdout, /^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    assert.equal((await bare(api, stdout.trim(), "/v1/models")).status, 200);
    const out = await home.run(["logout"]);
    assert.deepEqual([out.status, out.stdout], [0, `Signed out at ${api}. Its tokens are revoked.\n`]);
    const after = await home.run(["token", api]);
    assert.deepEqual([after.status, after.stdout], [1, ""]);
    assert.match(after.stderr, /Nobody is signed in at .* Sign in\.\n\n {2}valetkey login http/);
    const again = await home.run(["logout", api]);
    assert.deepEqual([again.status, again.stderr], [1, `Nobody is signed in at ${api}.\n`]);
    const local = await home.run(["logout", api, "--local", "--json"]);
    assert.deepEqual(
      [local.status, local.stdout, local.stderr],
      [1, "", `Nobody is signed in at ${api}: nothing was kept.\n`],
    );
    const anywhere = await home.run(["logout"]);
    assert.deepEqual([anywhere.status, anywhere.stderr], [1, "Nobody is signed in anywhere.\n"]);
  });

  it("[I5-COMMANDS] tell each login, and never a token", async () => {
    const home = await aHome();
    await login(home, mcp);
    await login(home, api, "--profile", "work");
    const { stdout } = await home.run(["whoami"]);
    assert.match(stdout, new RegExp(`account {3}${ada.email}`));
    assert.match(stdout, /token {5}good for 10 minutes, renewed by itself/);
    assert.match(stdout, /profile {3}work/);
    const { logins } = JSON.parse((await home.run(["whoami", "--json"])).stdout);
    assert.deepEqual(
      logins.map((one: { resource: string }) => one.resource).toSorted(),
      [api, mcp].toSorted(),
    );
    for (const text of [stdout, JSON.stringify(logins)]) assert.doesNotMatch(text, /eyJ|vkr_|"d":/);
    const which = await home.run(["logout"]);
    assert.equal(which.status, 2);
    assert.match(which.stderr, /There are 2 logins\. Which one\?[\s\S]*--profile work/);
  });

  it("hint at the login that differs by a last slash", async () => {
    const home = await aHome();
    await login(home, mcp);
    for (const command of ["token", "logout"]) {
      const { status, stdout, stderr } = await home.run([command, `${mcp}/`]);
      assert.deepEqual([status, stdout], [1, ""]);
      assert.ok(stderr.includes(`There is a login at ${mcp}: the last slash makes the difference.`), stderr);
      assert.doesNotMatch(stderr, /valetkey login/);
    }
  });

  it("name a file that cannot be read, fail, and say how it is removed", async () => {
    const home = await aHome();
    await login(home, mcp);
    const folder = join(home.folder, "valetkey");
    const name = (await readdir(folder)).find((one) => /^login-.*\.json$/.test(one)) ?? "";
    const file = join(folder, name);
    await writeFile(file, "{");
    const who = await home.run(["whoami"]);
    assert.deepEqual([who.status, who.stdout], [1, ""]);
    assert.ok(who.stderr.includes(file), who.stderr);
    const which = await home.run(["logout"]);
    assert.equal(which.status, 1);
    assert.ok(which.stderr.includes(file) && which.stderr.includes("--local"), which.stderr);
    const out = await home.run(["logout", mcp]);
    assert.equal(out.status, 1);
    assert.ok(out.stderr.endsWith(`To remove it:\n\n  valetkey logout ${mcp} --local\n`), out.stderr);
    assert.equal((await home.run(["logout", mcp, "--local"])).status, 0);
    const after = await home.run(["whoami"]);
    assert.deepEqual([after.status, after.stderr], [0, ""]);
  });

  it("renew by themselves, with the clock an hour on", async () => {
    const home = await aHome();
    await login(home, mcp);
    const first = (await home.run(["token", mcp])).stdout;
    const later = Math.floor(Date.now() / 1000) + 3_600;
    const second = await home.run(["token", mcp], { now: later });
    assert.equal(second.status, 0, second.stderr);
    assert.notEqual(second.stdout, first);
  });

  it("print a token of fewer scopes, and say what to sign in for where one is missing", async () => {
    const home = await aHome();
    await login(home, mcp, "--scope", "notes:read notes:write");
    const narrow = await home.run(["token", mcp, "--scope", "notes:read", "--json"]);
    const told = JSON.parse(narrow.stdout);
    assert.deepEqual([told.scope, told.token_type], ["notes:read", "Bearer"]);
    assert.equal(decodeJwt(told.access_token).scope, "notes:read");
    const missing = await home.run(["token", mcp, "--scope", "notes:burn"]);
    assert.deepEqual([missing.status, missing.stdout], [1, ""]);
    assert.match(missing.stderr, /does not have notes:burn\./);
    assert.match(
      missing.stderr,
      /\n {2}valetkey login \S+ --scope notes:read --scope notes:write --scope notes:burn\n/,
    );
  });

  it("bind tokens to a key, so that a copy is worth nothing", async () => {
    const home = await aHome();
    assert.equal((await login(home, mcp, "--dpop")).dpop, true);
    const { stdout, stderr } = await home.run(["token", mcp]);
    assert.match(stderr, /bound to a key/);
    assert.equal((await bare(mcp, stdout.trim())).status, 401);
  });

  it("sign in with a code that is allowed on another device, by flag or where no browser would open", async () => {
    const ways: readonly { args: string[]; env: Record<string, string> }[] = [
      { args: ["--device"], env: { DISPLAY: ":0" } },
      { args: [], env: { DISPLAY: ":0", SSH_CONNECTION: "198.51.100.7 22 198.51.100.8 22" } },
    ];
    const all = ways.map(async ({ args, env }) => {
      const home = await aHome();
      const elsewhere = onceShown(/\n {2}([A-Z0-9]{4}-[A-Z0-9]{4})\n/, async (code) => {
        let visit = await browser.open(`${issuer}/device`);
        if (visit.url.includes("sign-in")) visit = await browser.submit(visit, ada);
        visit = await browser.submit(visit, { user_code: code });
        await browser.submit(visit, { decision: "allow" });
      });
      const { status, stdout, stderr } = await home.run(["login", mcp, ...args], { env, sees: elsewhere });
      assert.equal(status, 0, stderr);
      assert.match(stdout, /Signed in\./);
      assert.match(stderr, /[▀▄█]{5}/, "a picture");
      assert.match(stderr, new RegExp(`\\n {2}${issuer}/device\\n`));
      assert.equal((await home.run(["token", mcp])).status, 0);
    });
    // Each waits for five seconds, as the server asks.
    await Promise.all(all);
  });

  it("keep what they have where nobody else can read it", async () => {
    const home = await aHome();
    await login(home, mcp);
    const folder = join(home.folder, "valetkey");
    assert.equal((await stat(folder)).mode & 0o777, 0o700);
    for (const name of await readdir(folder)) {
      if (name.endsWith(".json")) assert.equal((await stat(join(folder, name))).mode & 0o777, 0o600, name);
    }
  });

  it("open the person's browser at the address that they print, too", async (context) => {
    const home = await aHome();
    const told = join(home.folder, "told");
    // On Linux the xdg-open that the package `open` brings along runs what BROWSER names; macOS has a command `open`.
    const program = `#!/bin/sh\nprintf '%s' "$*" > ${told}.new && mv ${told}.new ${told}\n`;
    for (const name of ["open", "xdg-open"])
      await writeFile(join(home.folder, name), program, { mode: 0o755 });
    const { DISPLAY: _, WAYLAND_DISPLAY: __, ...before } = process.env;
    const PATH = `${home.folder}:${before.PATH}`;
    const own = { ...before, PATH, BROWSER: join(home.folder, "xdg-open") };
    context.mock.property(process, "env", own);
    const sees = onceShown(/Your browser opens\.[\s\S]*?(http\S+\/authorize\?\S+)\n/, async (address) => {
      for (let wait = 0; wait < 1_000 && !existsSync(told); wait++) await pause(20);
      const opened = await readFile(told, "utf8").catch(() => "nothing");
      await fetch(await browser.approve(opened === address ? address : `${issuer}/authorize`, ada));
    });
    const { status, stderr } = await home.run(["login", mcp], { env: { DISPLAY: ":0" }, sees });
    assert.equal(status, 0, stderr);
  });

  it("show no secret in the list of processes or the output", async () => {
    const home = await aHome();
    const child = spawn(
      process.execPath,
      [
        "--conditions=valetkey-source",
        new URL("../../bin/valetkey.js", import.meta.url).pathname,
        ...["login", mcp, "--no-browser"],
      ],
      { env: { ...cleanEnvironment(), ...home.env }, stdio: ["ignore", "pipe", "pipe"] },
    );
    let text = "";
    let commandLine = "";
    const sees = onceShown(/(http\S+\/authorize\?\S+)\n/, async (address) => {
      commandLine = await readFile(`/proc/${child.pid}/cmdline`, "utf8").catch(() => "");
      await fetch(await browser.approve(address, ada));
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
        sees(text);
      });
    }
    assert.equal(await new Promise((resolve) => child.once("close", resolve)), 0, text);
    assert.doesNotMatch(`${text}${commandLine}`, /eyJ|vkr_|code_verifier|[?&]code=/);
  });

  it("are a machine, with a secret that stands in the environment or a key in a file", async () => {
    const home = await aHome();
    const job = ["--confidential", "--scope", "inference:read", "--data", "data"];
    const one = await factsOf(place, ["client", "add", "--name", "Nightly", ...job]);
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const about = { kid: "k1", alg: "ES256" };
    await writeFile(
      join(home.folder, "key.json"),
      JSON.stringify({ ...privateKey.export({ format: "jwk" }), ...about }),
    );
    const keys = [{ ...publicKey.export({ format: "jwk" }), ...about, use: "sig" }];
    await writeFile(join(place, "public.json"), JSON.stringify({ keys }));
    const two = await factsOf(place, [
      "client",
      "add",
      "--name",
      "Weekly",
      "--jwks",
      "public.json",
      ...job.slice(1),
    ]);
    for (const { id, env, more } of [
      { id: one.client_id, env: { VALETKEY_CLIENT_SECRET: one.client_secret }, more: [] },
      { id: two.client_id, env: {}, more: ["--client-key", "key.json"] },
    ]) {
      const args = ["token", api, "--machine", "--issuer", issuer, "--client-id", id, ...more];
      const { status, stdout, stderr } = await home.run(args, { env });
      assert.equal(status, 0, stderr);
      assert.equal(decodeJwt(stdout.trim()).sub, id);
      assert.equal((await bare(api, stdout.trim(), "/v1/models")).status, 200);
    }
  });

  it("go on after a process that was killed with the issuer's answer in hand", async () => {
    const home = await aHome();
    await login(home, mcp);
    const later = String(Math.floor(Date.now() / 1000) + 590);
    const program = fileURLToPath(new URL("../../../agent/src/testing/asking-process.ts", import.meta.url));
    const about = [join(home.folder, "valetkey"), mcp, later, "dies"];
    const child = spawn(process.execPath, ["--conditions=valetkey-source", program, ...about], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    assert.equal(await new Promise((resolve) => child.once("close", (_, by) => resolve(by))), "SIGKILL");
    for (const ahead of [590, 1_800]) {
      const again = await home.run(["token", mcp], { now: Math.floor(Date.now() / 1000) + ahead });
      assert.equal(again.status, 0, again.stderr);
    }
  });

  it("[I5-COMMANDS] run as a program: $(valetkey token URL)", async () => {
    const home = await aHome();
    await login(home, mcp);
    const { status, stdout, stderr } = await valetkey(home.folder, ["token", mcp], { env: home.env });
    assert.deepEqual([status, stderr], [0, ""]);
    assert.match(stdout, /^eyJ\S+\n$/);
  });

  for (const { args, env = {}, faults } of [
    {
      args: ["login"],
      faults: [/^URL: The MCP server's or API's own address is needed, e\.g\. valetkey login https:/],
    },
    { args: ["login", "notes"], faults: [/^URL notes: is no URL, e\.g\./] },
    { args: ["token", "http://notes.example"], faults: [/is an https URL, or http on this machine/] },
    { args: ["token", "https://ada:pw@notes.example"], faults: [/has no user name/] },
    { args: ["logout", "ftp://notes.example"], faults: [/is an https URL/] },
    {
      args: ["login", "https://notes.example", "--issuer", "http://evil.example", "--port", "70000"],
      faults: [/^--issuer http:\/\/evil\.example: is an https URL/, /^--port 70000: is a number/],
    },
    {
      args: ["login", "https://notes.example", "--device", "--no-browser"],
      faults: [/^--device: is one way, --no-browser the other/],
    },
    {
      args: ["login", "https://notes.example", "--client-id", "app"],
      env: { VALETKEY_CLIENT_SECRET: "hush" },
      faults: [/^--issuer: is needed with a secret or key/],
    },
    {
      args: ["token", "https://notes.example", "--machine"],
      faults: [/^--issuer: is needed with --machine/, /^--client-id: is needed with --machine/],
    },
    {
      args: [
        ..."token https://notes.example --client-id a --issuer https://i.example --client-key no.json".split(
          " ",
        ),
      ],
      faults: [/^--client-key no\.json: There is no/],
    },
    {
      args: ["login", "https://notes.example", "--scope", 'notes:"read'],
      faults: [/^--scope notes:\\"read: has a character that no scope has, e\.g\./],
    },
    {
      args: [
        ..."token https://notes.example --machine --client-id a --issuer https://login.example".split(" "),
      ],
      env: { VALETKEY_CLIENT_SECRET: "" },
      faults: [/^--client-id a: needs VALETKEY_CLIENT_SECRET/],
    },
    { args: ["whoami", "ada"], faults: [/^ada: valetkey whoami does not know what to do with it/] },
    { args: ["token", "https://notes.example", "--scopes"], faults: [/Is --scope meant\?/] },
  ]) {
    it(`refuse ${args.join(" ")}, and do nothing`, async () => {
      const home = await aHome();
      const { status, stdout, stderr } = await home.run(args, { env });
      assert.deepEqual([status, stdout], [2, ""], stderr);
      const told = stderr.split("\n\n")[0]?.split("\n") ?? [];
      assert.equal(told.length, faults.length, stderr);
      faults.forEach((fault, at) => {
        assert.match(told[at] ?? "", fault);
      });
      assert.doesNotMatch(stderr, /hush/);
      assert.deepEqual(await readdir(home.folder), []);
    });
  }

  it("print a line to copy in which a shell runs nothing, whatever a resource calls itself", async () => {
    const home = await aHome();
    const hostile = createServer((_, response) => {
      response.setHeader("content-type", "application/json");
      const resource = "http://127.0.0.1/$(touch pwned)`id`\u001b[2J\u202E";
      response.end(JSON.stringify({ resource, authorization_servers: [issuer] }));
    });
    hostile.listen(0, "127.0.0.1");
    await once(hostile, "listening");
    try {
      const { port } = hostile.address() as AddressInfo;
      const { status, stderr } = await home.run(["login", `http://127.0.0.1:${port}/mcp`, "--no-browser"]);
      assert.equal(status, 1);
      assert.match(stderr, /\n {2}valetkey login 'http:\/\/127\.0\.0\.1\/\$\(touch%20pwned\)[^']*'\n/);
      assert.doesNotMatch(stderr, /[\u202E]|[^\n\P{Cc}]/u);
    } finally {
      hostile.close();
    }
  });

  it("say in a sentence what is wrong with a resource that nobody guards", async () => {
    const home = await aHome();
    const silent = `http://127.0.0.1:${await freePort()}/mcp`;
    const { status, stdout, stderr } = await home.run(["login", silent, "--no-browser"]);
    assert.deepEqual([status, stdout], [1, ""]);
    assert.match(stderr, /^http:\S+\/mcp cannot be reached \(ECONNREFUSED\)\. Try again in a moment/);
    const none = await home.run(["login", issuer, "--no-browser"]);
    assert.equal(none.status, 1);
    assert.match(
      none.stderr,
      /does not say who issues its tokens\. Name the issuer yourself, or .*\n\n {2}--issuer URL names/,
    );
  });
});
