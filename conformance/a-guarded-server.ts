import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { serve } from "@hono/node-server";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import { type McpHandler, protectMcp } from "../packages/resource/src/adapters/mcp.ts";
import { cleanEnvironment } from "../packages/server/src/testing/clean-environment.ts";
import { freePort } from "../packages/server/src/testing/free-port.ts";
import { everything } from "./a-protected-server.ts";

/** Something that answers MCP behind the guard of the library alone, without the gateway, on a free port. */
export async function aGuardedServer(issuer: string, handler: McpHandler) {
  let guarded: (request: Request) => Promise<Response> = async () => new Response(null, { status: 503 });
  const server = serve({ fetch: (request) => guarded(request), port: 0, hostname: "127.0.0.1" });
  await once(server, "listening");
  const resource = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
  guarded = protectMcp(handler, { issuer, resource, scopes: ["mcp:read"], requiredScopes: ["mcp:read"] });
  return {
    facts: { resource, scopes: [{ name: "mcp:read", sentence: "Use the tools" }] },
    async stop(): Promise<unknown> {
      const closed = once(server, "close");
      server.close();
      if ("closeAllConnections" in server) server.closeAllConnections();
      await closed;
      return 0;
    },
  };
}

/** Each session a process of the foreign server; messages are handed on as they are. */
export function overStdio(server: readonly string[]) {
  const sessions = new Map<string, WebStandardStreamableHTTPServerTransport>();
  const processes: StdioClientTransport[] = [];
  const handler: McpHandler = async (request, options) => {
    const known = sessions.get(request.headers.get("mcp-session-id") ?? "");
    if (known) return await known.handleRequest(request, options);
    const child = new StdioClientTransport({
      command: process.execPath,
      args: [...server],
      stderr: "ignore",
    });
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void sessions.set(id, transport),
    });
    child.onmessage = (message) => void transport.send(message);
    transport.onmessage = (message) => void child.send(message);
    await child.start();
    processes.push(child);
    await transport.start();
    return await transport.handleRequest(request, options);
  };
  return {
    handler,
    async stop(): Promise<void> {
      await Promise.all(processes.map((child) => child.close()));
    },
  };
}

/** Hands requests on to a foreign server over HTTP, without the token. */
export function overHttp(upstream: string): McpHandler {
  return async function handOn(request, { parsedBody }) {
    const headers = new Headers(request.headers);
    for (const name of ["authorization", "host", "connection", "content-length"]) headers.delete(name);
    const { method } = request;
    const text = parsedBody === undefined ? await request.text() : JSON.stringify(parsedBody);
    const body = method === "POST" ? { body: text } : {};
    const answer = await fetch(upstream, { method, headers, ...body });
    return new Response(answer.body, answer);
  };
}

/** `server-everything` over Streamable HTTP, open to this machine. */
export async function anEverythingServer(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const port = await freePort();
  const env = { ...cleanEnvironment(), PORT: String(port) };
  const child: ChildProcess = spawn(process.execPath, [everything, "streamableHttp"], {
    env,
    stdio: "ignore",
  });
  const ended = once(child, "close");
  const url = `http://127.0.0.1:${port}/mcp`;
  const answers = () =>
    fetch(url).then(
      () => true,
      () => false,
    );
  for (let wait = 0; wait < 100 && !(await answers()); wait++) await pause(100);
  return {
    url,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
