import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { createMcpHandler, McpServer as McpServer2 } from "@modelcontextprotocol/server";
import express from "express";
import { anIssuer, type Claims, type TestIssuer } from "../testing/an-issuer.ts";
import { type Listening, listen, listenFetch } from "../testing/listen.ts";
import { protect as protectExpress } from "./express.ts";
import { type McpHandler, protectMcp } from "./mcp.ts";

/** A tool that says who calls it. */
const whoami = async (extra: {
  authInfo?: { clientId: string; extra?: Record<string, unknown> } | undefined;
}) => ({
  content: [
    { type: "text" as const, text: `${extra.authInfo?.extra?.subject} by ${extra.authInfo?.clientId}` },
  ],
});

function aServer1(): McpServer {
  const server = new McpServer({ name: "notes", version: "1" });
  server.registerTool("whoami", {}, whoami);
  server.registerTool("save", {}, whoami);
  return server;
}

const handlers: Record<string, McpHandler> = {
  "SDK v1": async (request, options) => {
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
    await aServer1().connect(transport as unknown as Transport);
    return transport.handleRequest(request, options);
  },
  "SDK v2": createMcpHandler(() => {
    const server = new McpServer2({ name: "notes", version: "1" });
    server.registerTool("whoami", {}, async (context) => whoami(context.http ?? {}));
    server.registerTool("save", {}, async (context) => whoami(context.http ?? {}));
    return server;
  }).fetch,
};

async function connected(url: string, token: string): Promise<Client> {
  const client = new Client({ name: "test", version: "1" });
  const requestInit = { headers: { authorization: `Bearer ${token}` } };
  await client.connect(
    new StreamableHTTPClientTransport(new URL(url), { requestInit }) as unknown as Transport,
  );
  return client;
}

async function textOf(client: Client, tool: string): Promise<string> {
  const { content } = await client.callTool({ name: tool, arguments: {} });
  return (content as { text: string }[])[0]?.text ?? "";
}

for (const [sdk, handler] of Object.entries(handlers)) {
  describe(`MCP adapter, ${sdk}`, () => {
    let issuer: TestIssuer;
    let api: Listening;
    before(async () => {
      issuer = await anIssuer();
      const options = { issuer: issuer.issuer, resource: issuer.resource, scopes: ["notes:read"] };
      const toolScopes = { save: ["notes:write", "notes:read"] };
      api = await listenFetch(protectMcp(handler, options, { toolScopes }));
    });
    after(async () => {
      await api.close();
      await issuer.close();
    });

    const call = (token: string, body: unknown, headers: Record<string, string> = {}) =>
      fetch(`${api.origin}/mcp`, {
        method: "POST",
        body: typeof body === "string" ? body : JSON.stringify(body),
        headers: {
          authorization: `Bearer ${token}`,
          "content-type": "application/json",
          accept: "application/json, text/event-stream",
          ...headers,
        },
      });
    const toolCall = (name: string) => ({
      jsonrpc: "2.0",
      id: 1,
      method: "tools/call",
      params: { name, arguments: {} },
    });

    it("[MCP-RS-04] hands tools the checked token", async () => {
      const client = await connected(`${api.origin}/mcp`, await issuer.token());
      assert.equal(await textOf(client, "whoami"), "account-1 by client-1");
      await client.close();
    });

    it("[MCP-RS-08] answers 403 with every scope that the tool needs", async () => {
      const response = await call(await issuer.token(), toolCall("save"));
      assert.equal(response.status, 403);
      assert.match(
        response.headers.get("www-authenticate") ?? "",
        /error="insufficient_scope".*scope="notes:write notes:read"/,
      );
      const client = await connected(
        `${api.origin}/mcp`,
        await issuer.token({ scope: "notes:read notes:write" }),
      );
      assert.equal(await textOf(client, "save"), "account-1 by client-1");
      await client.close();
    });

    it("[MCP-RS-08] asks a batch for the scopes of all its calls", async () => {
      const response = await call(await issuer.token(), [toolCall("whoami"), toolCall("save")]);
      assert.equal(response.status, 403);
    });

    for (const [given, headers] of [
      ["another method", { "mcp-method": "tools/list", "mcp-name": "whoami" }],
      ["another tool", { "mcp-method": "tools/call", "mcp-name": "save" }],
      ["another tool, encoded", { "mcp-name": `=?base64?${btoa("save")}?=` }],
      ["a name that does not decode", { "mcp-name": "=?base64?%%%?=" }],
    ] as const) {
      it(`[MCP-RS-14] refuses headers that name ${given} than the body`, async () => {
        const response = await call(await issuer.token(), toolCall("whoami"), headers);
        assert.equal(response.status, 400);
        assert.equal(((await response.json()) as { error: { code: number } }).error.code, -32020);
      });
    }

    for (const { given, id, answered } of [
      { given: "a number", id: 7, answered: 7 },
      { given: "a string", id: "seven", answered: "seven" },
      { given: "no id that JSON-RPC knows", id: { seven: 7 }, answered: null },
    ]) {
      it(`[MCP-RS-14] answers headers that differ under the id of the request, given ${given}`, async () => {
        const response = await call(
          await issuer.token(),
          { ...toolCall("whoami"), id },
          { "mcp-name": "save" },
        );
        assert.equal(((await response.json()) as { id: unknown }).id, answered);
      });
    }

    it("[MCP-RS-14] never lets a header stand for the body when scopes are judged", async () => {
      const headers = { "mcp-method": "tools/call", "mcp-name": "save" };
      assert.equal((await call(await issuer.token(), toolCall("save"), headers)).status, 403);
    });

    for (const tool of ["constructor", "__proto__", "toString"]) {
      it(`asks nothing more for a tool called ${tool}`, async () => {
        assert.notEqual((await call(await issuer.token(), toolCall(tool))).status, 403);
      });
    }

    it("refuses what is no JSON, and what is too large", async () => {
      assert.equal((await call(await issuer.token(), "{")).status, 400);
      assert.equal((await call(await issuer.token(), `"${"x".repeat(4 * 1024 * 1024)}"`)).status, 413);
    });

    it("[MCP-RS-13] takes no session for a token", async () => {
      const headers = { "mcp-session-id": "1868a90c-2c3e-4d0b", "content-type": "application/json" };
      const body = '{"jsonrpc":"2.0","id":1,"method":"tools/list"}';
      const response = await fetch(`${api.origin}/mcp`, { method: "POST", headers, body });
      assert.equal(response.status, 401);
    });

    it("[MCP-RS-07 CL-15] reads no body of a caller without a token", async () => {
      const response = await fetch(`${api.origin}/mcp`, { method: "POST", body: "{" });
      assert.equal(response.status, 401);
    });

    it("[MCP-RS-12] judges origins without being told", async () => {
      const headers = { origin: "https://evil.example" };
      assert.equal((await call(await issuer.token(), toolCall("whoami"), headers)).status, 403);
    });
  });
}

describe("MCP over Express", () => {
  it("finds the caller in req.auth as the SDK's own middleware leaves it", async () => {
    const issuer = await anIssuer();
    const app = express();
    app.use(protectExpress({ issuer: issuer.issuer, resource: issuer.resource }), express.json());
    app.post("/mcp", async (req, res) => {
      const transport = new StreamableHTTPServerTransport({});
      await aServer1().connect(transport as unknown as Transport);
      await transport.handleRequest(req, res, req.body);
    });
    app.all("/mcp", (_, res) => void res.sendStatus(405));
    const api = await listen(app);
    const claims: Claims = { sub: "job-1", client_id: "job-1" };
    const client = await connected(`${api.origin}/mcp`, await issuer.token(claims));
    assert.equal(await textOf(client, "whoami"), "job-1 by job-1");
    await client.close();
    await api.close();
    await issuer.close();
  });
});
