import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { SignInNeeded, textOf } from "../examples/mcp-login/connection.ts";
import { Client, next, StreamableHTTPClientTransport } from "../examples/mcp-login/packages.ts";
import { InMemoryProvider } from "../examples/mcp-login/provider.ts";
import { client } from "../examples/mcp-login/with-client.ts";
import { sdk } from "../examples/mcp-login/with-sdk.ts";
import { type ADemonstration, aDemonstration } from "./a-demonstration.ts";
import { aProtectedServer, everything, filesystem } from "./a-protected-server.ts";

const redirect = "http://127.0.0.1:1/callback";

/** Foreign servers, foreign clients, and between them the command alone. */
describe("foreign stdio servers behind valetkey protect", () => {
  const folder = mkdtempSync(join(tmpdir(), "valetkey-protect-"));
  const open = join(folder, "open");
  const closed = join(folder, "closed");
  let demo: ADemonstration;
  let tools: Awaited<ReturnType<typeof aProtectedServer>>;
  let files: Awaited<ReturnType<typeof aProtectedServer>>;

  before(async () => {
    for (const place of [open, closed]) mkdirSync(place);
    writeFileSync(join(open, "note.txt"), "water the plants");
    writeFileSync(join(closed, "secret.txt"), "not for the network");
    demo = await aDemonstration();
    tools = await aProtectedServer(demo.issuer, [everything]);
    files = await aProtectedServer(demo.issuer, [filesystem, open], ["--prefix", "files"]);
    for (const { facts } of [tools, files]) {
      await demo.register(facts.resource, Object.fromEntries(facts.scopes.map((s) => [s.name, s.sentence])));
    }
  });
  after(async () => {
    assert.deepEqual([await tools?.stop(), await files?.stop()], [0, 0]);
    await demo?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const foreign of [sdk, client]) {
    it(`[MCP-RS-01 MCP-RS-08] let ${foreign.name} log in, call, step up and write`, async () => {
      const provider = new InMemoryProvider(redirect, undefined);
      const connection = foreign.connect(new URL(files.facts.resource), provider);
      const allow = async () => await connection.finish(await demo.approve(provider.takeDestination().href));
      try {
        await assert.rejects(connection.open(), SignInNeeded);
        await allow();
        await connection.open();
        const path = join(open, "note.txt");
        assert.equal(await connection.call("read_text_file", { path }), "water the plants");
        const written = join(open, `by-${foreign.name.replaceAll("/", "-")}.txt`);
        const input = { path: written, content: "done" };
        await assert.rejects(connection.call("write_file", input), SignInNeeded);
        await allow();
        assert.match(await connection.call("write_file", input), /Successfully wrote/);
        assert.equal(readFileSync(written, "utf8"), "done");
        assert.match(await connection.call("read_text_file", { path: join(closed, "secret.txt") }), /denied/);
      } finally {
        await connection.close();
      }
    });
  }

  it("do not take folders of the server's machine from a client", async () => {
    const connection = new Client(
      { name: "greedy", version: "1" },
      { capabilities: { roots: { listChanged: true } } },
    );
    const { ListRootsRequestSchema } = await import(
      "./node_modules/@modelcontextprotocol/sdk/dist/esm/types.js"
    );
    let wasAsked = false;
    connection.setRequestHandler(ListRootsRequestSchema, () => {
      wasAsked = true;
      return { roots: [{ uri: pathToFileURL(folder).href }] };
    });
    await connection.connect(await bearing(files.facts.resource, "files:read"));
    try {
      await connection.sendRootsListChanged();
      const allowed = textOf(await connection.callTool({ name: "list_allowed_directories", arguments: {} }));
      assert.ok(allowed.includes(open) && !allowed.includes(`${folder}\n`), allowed);
      const path = join(closed, "secret.txt");
      assert.match(
        textOf(await connection.callTool({ name: "read_text_file", arguments: { path } })),
        /denied/,
      );
      assert.equal(wasAsked, false);
    } finally {
      await connection.close();
    }
  });

  it("ask their client, tell progress and are heard by its session, as over stdio", async () => {
    const connection = new Client(
      { name: "answering", version: "1" },
      { capabilities: { elicitation: {}, sampling: {} } },
    );
    const schemas = await import("./node_modules/@modelcontextprotocol/sdk/dist/esm/types.js");
    connection.setRequestHandler(schemas.CreateMessageRequestSchema, () => ({
      model: "none",
      role: "assistant",
      content: { type: "text", text: "sampled by the client" },
    }));
    await connection.connect(await bearing(tools.facts.resource, "mcp:read mcp:write"));
    try {
      const { tools: list } = await connection.listTools();
      assert.ok(list.some(({ name }) => name === "trigger-sampling-request"));
      const sampled = await connection.callTool({
        name: "trigger-sampling-request",
        arguments: { prompt: "Hi" },
      });
      assert.match(textOf(sampled), /sampled by the client/);
      const steps: number[] = [];
      const long = { name: "trigger-long-running-operation", arguments: { duration: 1, steps: 4 } };
      await connection.callTool(long, undefined, { onprogress: ({ progress }) => void steps.push(progress) });
      assert.deepEqual(steps, [1, 2, 3, 4]);
      const { resources } = await connection.listResources();
      assert.ok(resources.length > 0);
      const { prompts } = await connection.listPrompts();
      assert.ok(prompts.length > 0);
    } finally {
      await connection.close();
    }
  });

  it("are spoken to in revision 2026-07-28 by a client that knows it", async () => {
    const connection = new next.Client(
      { name: "new", version: "1" },
      { versionNegotiation: { mode: "auto" } },
    );
    const token = await demo.token("mcp:read", tools.facts.resource);
    const transport = new next.StreamableHTTPClientTransport(new URL(tools.facts.resource), {
      requestInit: { headers: { authorization: `Bearer ${token}` } },
    });
    await connection.connect(transport);
    try {
      assert.equal(connection.getNegotiatedProtocolVersion(), "2026-07-28");
      assert.equal(transport.sessionId, undefined);
      const { tools: list } = await connection.listTools();
      assert.ok(list.some(({ name }) => name === "echo"));
      const echoed = await connection.callTool({ name: "echo", arguments: { message: "hello" } });
      assert.match(textOf(echoed), /Echo: hello/);
      const steps: number[] = [];
      const sum = { name: "trigger-long-running-operation", arguments: { duration: 1, steps: 2 } };
      await connection.callTool(sum, { onprogress: ({ progress }) => void steps.push(progress) });
      assert.deepEqual(steps, [1, 2]);
    } finally {
      await connection.close();
    }
  });

  it("never see the token", async () => {
    const token = await demo.token("mcp:read", tools.facts.resource);
    const connection = new Client({ name: "curious", version: "1" });
    await connection.connect(bearer(tools.facts.resource, token));
    try {
      const env = textOf(await connection.callTool({ name: "get-env", arguments: {} }));
      assert.ok(env.includes("PATH") && !env.includes(token) && !env.includes("VALETKEY_"));
      assert.ok(!tools.log().includes(token));
    } finally {
      await connection.close();
    }
  });

  async function bearing(resource: string, scope: string) {
    return bearer(resource, await demo.token(scope, resource));
  }

  function bearer(resource: string, token: string): Parameters<Client["connect"]>[0] {
    return new StreamableHTTPClientTransport(new URL(resource), {
      requestInit: { headers: { authorization: `Bearer ${token}` } },
    }) as Parameters<Client["connect"]>[0];
  }
});
