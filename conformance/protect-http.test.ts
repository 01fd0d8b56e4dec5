import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { SignInNeeded } from "../examples/mcp-login/connection.ts";
import { InMemoryProvider } from "../examples/mcp-login/provider.ts";
import { client } from "../examples/mcp-login/with-client.ts";
import { sdk } from "../examples/mcp-login/with-sdk.ts";
import { cleanEnvironment } from "../packages/server/src/testing/clean-environment.ts";
import { freePort } from "../packages/server/src/testing/free-port.ts";
import { type ADemonstration, aDemonstration } from "./a-demonstration.ts";
import { aProtectedUpstream, everything } from "./a-protected-server.ts";

/** JSON-RPC read by rules: the method and the tool stand in the body. */
const rules = `
rules:
  - { methods: [GET, POST, DELETE], path: /, scopes: [mcp:read] }
  - { methods: [POST], path: /, fields: { method: tools/call, params.name: "toggle-*" }, scopes: [mcp:write] }
`;

describe("a foreign MCP server over HTTP behind valetkey protect --upstream", () => {
  const folder = mkdtempSync(join(tmpdir(), "valetkey-protect-http-"));
  let demo: ADemonstration;
  let server: ChildProcess;
  let gateway: Awaited<ReturnType<typeof aProtectedUpstream>>;

  before(async () => {
    const port = await freePort();
    const env = { ...cleanEnvironment(), PORT: String(port) };
    server = spawn(process.execPath, [everything, "streamableHttp"], { env, stdio: "ignore" });
    demo = await aDemonstration();
    writeFileSync(join(folder, "mcp.yaml"), rules);
    const upstream = `http://127.0.0.1:${port}/mcp`;
    gateway = await aProtectedUpstream(demo.issuer, upstream, join(folder, "mcp.yaml"));
    const { resource, scopes } = gateway.facts;
    await demo.register(resource, Object.fromEntries(scopes.map((s) => [s.name, s.sentence])));
    for (let wait = 0; wait < 100 && !(await answers(upstream)); wait++) await pause(100);
  });
  after(async () => {
    const ended = once(server, "close");
    server?.kill("SIGTERM");
    await ended;
    assert.equal(await gateway?.stop(), 0);
    await demo?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const foreign of [sdk, client]) {
    it(`[MCP-RS-01 MCP-RS-08] lets ${foreign.name} log in, call and step up`, async () => {
      const provider = new InMemoryProvider("http://127.0.0.1:1/callback", undefined);
      const connection = foreign.connect(new URL(gateway.facts.resource), provider);
      const allow = async () => await connection.finish(await demo.approve(provider.takeDestination().href));
      try {
        await assert.rejects(connection.open(), SignInNeeded);
        await allow();
        await connection.open();
        assert.match(await connection.call("echo", { message: "hello" }), /Echo: hello/);
        assert.match(await connection.call("get-sum", { a: 2, b: 40 }), /42/);
        await assert.rejects(connection.call("toggle-simulated-logging"), SignInNeeded);
        await allow();
        assert.match(await connection.call("toggle-simulated-logging"), /Started simulated/);
      } finally {
        await connection.close();
      }
    });
  }
});

async function answers(url: string): Promise<boolean> {
  return await fetch(url).then(
    () => true,
    () => false,
  );
}
