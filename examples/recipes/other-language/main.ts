import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createAgent, memoryStore } from "@valetkey/agent";
import { freePort, onStage, say } from "../stage.ts";
import { forger } from "./forgeries.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const audience = "greeter";

/** Go fetches neither a newer self nor packages. */
const offline = { GOTOOLCHAIN: "local", GOPROXY: "off", GOFLAGS: "-mod=mod", CGO_ENABLED: "0" };

/** The service in each language. What the machine lacks is said, and not run. */
const languages: readonly Language[] = [
  {
    name: "Node",
    tool: process.execPath,
    version: "--version",
    run: ["greeter.ts"],
    cwd: path("node"),
    withoutKeys: 503,
  },
  {
    name: "Python",
    tool: "python3",
    version: "--version",
    run: ["-B", "greeter.py"],
    cwd: path("python"),
    withoutKeys: 503,
  },
  { name: "Go", tool: "go", version: "version", build: ["build", "-o"], cwd: path("go"), withoutKeys: 401 },
];

interface Language {
  readonly name: string;
  readonly tool: string;
  readonly version: string;
  readonly run?: readonly string[];
  /** Makes a program first; the path to put it at is added. */
  readonly build?: readonly string[];
  readonly cwd: string;
  /** What it answers while the gateway's keys cannot be read: never 200. */
  readonly withoutKeys: number;
}

await onStage(async (stage) => {
  const port = await freePort();
  const upstream = ["--upstream", `http://127.0.0.1:${port}`, "--rules", path("rules.yaml")];
  const gateway = String((await stage.protect(...upstream)).resource);
  const { key, tokens } = forger(gateway, audience);
  const keys = await keySet(gateway, key);

  await stage.valetkey("resource", "add", gateway, "--scope", "greeting:read=Be greeted by your name");
  const agent = createAgent({ resource: gateway, store: memoryStore() });
  await agent.signIn({ showAddress: async (url) => void (await fetch(await stage.approve(url.href))) });
  const { accessToken } = await agent.token();
  const { sub, client_id } = JSON.parse(Buffer.from(accessToken.split(".")[1] ?? "", "base64url").toString());
  say("The gateway stands before the service, and Ada signed in for it.");

  try {
    for (const { name, tool, version, run, build, cwd, withoutKeys } of languages) {
      const found = spawnSync(tool, [version], { encoding: "utf8" });
      if (found.status !== 0) {
        say(`${name}: there is no ${tool} on this machine, so its service did not run; the one in Node did.`);
        continue;
      }
      const env = { PORT: String(port), GATEWAY: gateway, GATEWAY_KEYS: keys.url, AUDIENCE: audience };
      const made = join(stage.folder, "greeter");
      if (build)
        await promisify(execFile)(tool, [...build, made], { cwd, env: { ...process.env, ...offline } });
      const shown = async (token: string) => {
        const headers = token === "" ? {} : { "valetkey-caller": token };
        return (await fetch(`http://127.0.0.1:${port}/greeting`, { headers })).status;
      };
      const start = (more = {}) =>
        stage.start(build ? made : tool, run ?? [], { cwd, env: { ...env, ...more } });
      const alone = await start({ GATEWAY_KEYS: `http://127.0.0.1:${await freePort()}/jwks.json` });
      assert.equal(await shown(tokens().good), withoutKeys);
      assert.equal(await shown(tokens().good), withoutKeys);
      await alone.end();
      const service = await start();
      const greeting = await agent.fetch(`${gateway}/greeting`);
      assert.equal(greeting.status, 200);
      const { scopes, ...told } = (await greeting.json()) as { scopes: string[] };
      assert.deepEqual(told, { language: name, hello: sub, through: client_id });
      assert.ok(scopes.includes("greeting:read"));

      const { good, forgeries } = tokens();
      assert.equal(await shown(good), 200);
      for (const [what, forged] of Object.entries(forgeries)) assert.equal(await shown(forged), 401, what);
      const forwarded = await agent.fetch(`${gateway}/greeting`, { headers: { "valetkey-caller": good } });
      assert.equal(((await forwarded.json()) as { hello: string }).hello, sub);
      const many = Object.keys(forgeries).length;
      say(
        `${name} (${found.stdout.trim()}): greets Ada by the signed header, and refuses ${many} forgeries of it.`,
      );
      await service.end();
    }
    assert.equal((await fetch(`${gateway}/greeting`)).status, 401);
    const { status } = await agent.fetch(`${gateway}/elsewhere`);
    assert.equal(status, 403);
    say(
      "Without a token the gateway answers 401, and 403 for what no rule names: the service hears of neither.",
    );
  } finally {
    keys.close();
  }
});
console.log("All as it should be.");

/** The gateway's keys and one of ours: what two processes of a gateway publish together. */
async function keySet(gateway: string, ours: object) {
  const published = await fetch(`${gateway}/.well-known/valetkey-gateway/jwks.json`);
  const { keys } = (await published.json()) as { keys: object[] };
  assert.equal(keys.length, 1);
  const server = createServer((_, response) => response.end(JSON.stringify({ keys: [...keys, ours] })));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`;
  return { url, close: () => server.close() };
}
