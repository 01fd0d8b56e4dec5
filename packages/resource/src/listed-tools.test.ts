import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { createMcpHandler, McpServer as McpServer2 } from "@modelcontextprotocol/server";
import { listedBy, type McpHandler, toolScopes } from "./adapters/mcp.ts";

const resource = "https://notes.example.com/mcp";
const nothing = async () => ({ content: [] });
const harmless = { readOnlyHint: false, destructiveHint: false };

function makers(asked: () => void): Record<string, McpHandler> {
  return {
    "SDK v1": async (request, options) => {
      asked();
      const server = new McpServer({ name: "notes", version: "1" });
      server.registerTool("look", { annotations: { readOnlyHint: true } }, nothing);
      server.registerTool("save", { annotations: harmless }, nothing);
      server.registerTool("silent", {}, nothing);
      const transport = new WebStandardStreamableHTTPServerTransport();
      await server.connect(transport as unknown as Transport);
      return await transport.handleRequest(request, options);
    },
    "SDK v2": createMcpHandler(() => {
      asked();
      const server = new McpServer2({ name: "notes", version: "1" });
      server.registerTool("look", { annotations: { readOnlyHint: true } }, nothing);
      server.registerTool("save", { annotations: harmless }, nothing);
      server.registerTool("silent", {}, nothing);
      return server;
    }).fetch,
  };
}

const call = (name: string) => ({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name } });

describe("the tools that a server lists itself", () => {
  for (const sdk of ["SDK v1", "SDK v2"]) {
    it(`are asked of ${sdk}, and their annotations are the scopes`, async () => {
      const handler = makers(() => {})[sdk] as McpHandler;
      const tools = toolScopes({ tools: listedBy(handler, resource), prefix: "notes" });
      const needed = async (name: string) => (await tools.needed(call(name))).scopes;
      assert.deepEqual(await needed("look"), ["notes:read"]);
      assert.deepEqual(await needed("save"), ["notes:write"]);
      assert.deepEqual(await needed("silent"), ["notes:tool:silent"]);
      assert.deepEqual(
        (await tools.scopes()).map(({ name, risk }) => [name, risk]),
        [
          ["notes:read", "medium"],
          ["notes:write", "medium"],
          ["notes:tool:silent", "high"],
        ],
      );
    });
  }

  it("are asked once for calls that come together, and again after five seconds", async () => {
    let asked = 0;
    let now = 0;
    const handler = makers(() => asked++)["SDK v2"] as McpHandler;
    const list = listedBy(handler, resource, () => now);
    await Promise.all(Array.from({ length: 10 }, list));
    const once = asked;
    now = 4.9;
    await list();
    assert.equal(asked, once);
    now = 5;
    assert.equal((await list()).length, 3);
    assert.equal(asked, 2 * once);
  });

  it("are read page by page, and not without end", async () => {
    const paged =
      (last: number): McpHandler =>
      async (_request, { parsedBody }) => {
        const { cursor = "0" } = (parsedBody as { params: { cursor?: string } }).params;
        const at = Number(cursor);
        const more = at < last ? { nextCursor: String(at + 1) } : {};
        return Response.json({ jsonrpc: "2.0", id: 1, result: { tools: [{ name: `tool-${at}` }], ...more } });
      };
    assert.equal((await listedBy(paged(2), resource)()).length, 3);
    await assert.rejects(listedBy(paged(Number.POSITIVE_INFINITY), resource)(), /has no end/);
  });

  for (const [given, handler] of [
    ["an error", async () => Response.json({ jsonrpc: "2.0", id: 1, error: { code: 1, message: "no" } })],
    ["no JSON", async () => new Response("no")],
    [
      "nothing",
      async () => {
        throw new Error("no");
      },
    ],
  ] as const) {
    it(`count as nobody's where the server answers with ${given}: none is held to be harmless`, async () => {
      const tools = toolScopes({ tools: listedBy(handler, resource), prefix: "notes" });
      assert.deepEqual((await tools.needed(call("look"))).scopes, ["notes:tool:look"]);
    });
  }
});
