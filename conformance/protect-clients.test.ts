import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { freePort } from "../packages/server/src/testing/free-port.ts";
import { type ADemonstration, aDemonstration } from "./a-demonstration.ts";
import { type ADesktop, aDesktop, inspector, mcpRemote } from "./a-desktop.ts";
import { aProtectedServer, everything } from "./a-protected-server.ts";
import { called, hello } from "./over-stdio.ts";

/** Command lines that people have, unchanged, with nothing but the URL of the gateway. */
describe("foreign command lines at a server behind valetkey protect", () => {
  let demo: ADemonstration;
  let tools: Awaited<ReturnType<typeof aProtectedServer>>;
  let desktop: ADesktop;

  before(async () => {
    demo = await aDemonstration();
    tools = await aProtectedServer(demo.issuer, [everything]);
    const { resource, scopes } = tools.facts;
    await demo.register(resource, Object.fromEntries(scopes.map((s) => [s.name, s.sentence])));
    desktop = await aDesktop(demo);
  });
  after(async () => {
    const end = await tools?.stop();
    await desktop?.close();
    await demo?.close();
    assert.equal(end, 0);
    assert.deepEqual(desktop?.failures, []);
  });

  const scopesAsked = () => desktop.visits.splice(0).map((url) => url.searchParams.get("scope"));

  it("[MCP-RS-01 MCP-RS-08] mcp-remote logs in, calls, steps up when a tool writes, and calls again", async () => {
    const program = desktop.run(mcpRemote, [tools.facts.resource]);
    try {
      await hello(program);
      assert.match(await called(program, 2, "echo", { message: "hi" }), /Echo: hi/);
      assert.deepEqual(scopesAsked(), ["mcp:read offline_access"]);
      assert.match(await called(program, 3, "toggle-simulated-logging", {}), /Started simulated/);
      assert.deepEqual(scopesAsked(), ["mcp:read offline_access mcp:write"]);
      assert.match(tools.log(), /refused: token\.scope: \S+ lacks mcp:write for toggle-simulated-logging/);
    } finally {
      await program.stop();
    }
  });

  // Not port 0: it would be another at each sign-in, and the Inspector's second still names the first.
  const call = async (tool: string, ...more: readonly string[]) => [
    ...["--cli", "--callback-url", `http://127.0.0.1:${await freePort()}/oauth/callback`],
    ...["--method", "tools/call", "--tool-name", tool, ...more],
  ];

  it("[MCP-RS-01 MCP-RS-08] mcp-remote does so at a server behind the guard", async () => {
    const program = desktop.run(mcpRemote, [demo.mcpUrl]);
    try {
      await hello(program);
      assert.match(await called(program, 2, "whoami", {}), /You are /);
      const [first] = scopesAsked();
      assert.match(await called(program, 3, "add_note", { note: "water the plants" }), /Noted/);
      const [second] = scopesAsked();
      assert.ok(
        !first?.includes("notes:write") && second?.includes("notes:write"),
        `${first}, then ${second}`,
      );
    } finally {
      await program.stop();
    }
  });

  it("[MCP-RS-01] the Inspector's command line logs in and calls at a server behind the guard", async () => {
    const url = ["--server-url", demo.mcpUrl, "--transport", "http"];
    const program = desktop.run(inspector, [...(await call("whoami")), ...url]);
    assert.equal(await program.end(), 0, program.err);
    assert.match(program.out, /You are /);
    assert.equal(desktop.visits.splice(0).length, 1);
  });

  it("[MCP-RS-08] the Inspector's command line, with a token to read, asks its user and steps up", async () => {
    const config = join(desktop.home, "reads.json");
    const server = { type: "http", url: tools.facts.resource, oauth: { scopes: "mcp:read" } };
    writeFileSync(config, JSON.stringify({ mcpServers: { reads: server } }));
    const program = desktop.run(inspector, [
      ...(await call("toggle-simulated-logging")),
      ...["--config", config, "--server", "reads", "--relogin"],
    ]);
    program.type("y\n");
    assert.equal(await program.end(), 0, program.err);
    assert.match(program.err, /step-up/i);
    assert.match(program.out, /Started simulated/);
    const [first = "", second = ""] = scopesAsked();
    assert.ok(!first?.includes("mcp:write") && second?.includes("mcp:write"), `${first}, then ${second}`);
  });
});
