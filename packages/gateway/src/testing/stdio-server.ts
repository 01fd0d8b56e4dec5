import { createInterface } from "node:readline";

/** A stdio MCP server that does what its tools are named for: run as a process of its own by the tests. */
const tools = [
  { name: "read", annotations: { readOnlyHint: true } },
  { name: "add", annotations: { readOnlyHint: false, destructiveHint: false, openWorldHint: false } },
  ...["env", "pid", "ask", "progress", "hang", "cancelled", "slow", "called", "hanging", "large"].map(
    (name) => ({
      name,
      annotations: { readOnlyHint: true },
    }),
  ),
  ...["crash", "long-line", "flood", "noise", "more-tools", "more-danger", "__proto__", "constructor"].map(
    (name) => ({
      name,
    }),
  ),
];

type Json = Record<string, unknown>;
const asked = new Map<number, (answer: Json) => void>();
const cancelled: unknown[] = [];
let initialize: unknown;
let last = 0;
let slow = 0;
let hanging = 0;

function send(message: Json): void {
  process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
}

async function call(name: unknown, params: Json): Promise<unknown> {
  switch (name) {
    case "env":
      return process.env;
    case "pid":
      return process.pid;
    case "ask": {
      const id = ++last;
      send({
        id,
        method: "elicitation/create",
        params: { message: "Who?", requestedSchema: { type: "object" } },
      });
      return await new Promise((resolve) => asked.set(id, resolve));
    }
    case "progress":
      for (let progress = 1; progress <= 3; progress++) {
        const { progressToken } = params._meta as Json;
        send({ method: "notifications/progress", params: { progressToken, progress, total: 3 } });
      }
      return "done";
    case "large":
      return "z".repeat(12 * 1024 * 1024);
    case "hanging":
      return hanging;
    case "hang":
      hanging++;
      return await new Promise(() => {});
    case "slow":
      slow++;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      return "slowly";
    case "called":
      return slow;
    case "cancelled":
      return cancelled;
    case "crash":
      process.stderr.write("about to crash\n\u001b[31mred\n");
      return process.exit(3);
    case "long-line":
      process.stdout.write("x".repeat(20 * 1024 * 1024));
      return await new Promise(() => {});
    case "flood":
      for (let at = 0; at < 1_000; at++) {
        const data = "y".repeat(10_000);
        send({ method: "notifications/message", params: { level: "info", data } });
      }
      return "flooded";
    case "noise":
      process.stdout.write("not json\n[]\n{}\n42\n".repeat(20));
      return "noisy";
    case "more-tools":
      tools.push({ name: "late", annotations: { readOnlyHint: true } });
      send({ method: "notifications/tools/list_changed" });
      return "more";
    case "more-danger":
      tools.push({ name: "burn" });
      send({ method: "notifications/tools/list_changed" });
      return "more";
    default:
      return { initialize, arguments: params.arguments };
  }
}

async function answer(method: unknown, params: Json): Promise<Json> {
  switch (method) {
    case "initialize":
      if (params.protocolVersion === "refuse-me") return { error: { code: -32602, message: "refused" } };
      initialize = params;
      return {
        result: {
          protocolVersion: params.protocolVersion,
          capabilities: {
            tools: { listChanged: true },
            logging: {},
            tasks: {},
            resources: { subscribe: true },
          },
          serverInfo: { name: "stdio-server", version: "1.0.0" },
        },
      };
    case "tools/list":
      return { result: { tools: tools.map((tool) => ({ inputSchema: { type: "object" }, ...tool })) } };
    case "tools/call":
      return {
        result: { content: [{ type: "text", text: JSON.stringify(await call(params.name, params)) }] },
      };
    default:
      return { error: { code: -32601, message: `no ${method}` } };
  }
}

createInterface({ input: process.stdin }).on("line", async (line) => {
  const { id, method, params = {}, ...rest } = JSON.parse(line);
  if (method === undefined) asked.get(id)?.(rest);
  else if (method === "notifications/cancelled") cancelled.push(params);
  else if (id !== undefined) send({ id, ...(await answer(method, params)) });
});
