import type { Program } from "./a-desktop.ts";

/** MCP spoken to a command line that is a server over stdio. */
export async function hello(program: Program): Promise<void> {
  const clientInfo = { name: "test", version: "1" };
  await asked(program, 1, "initialize", { protocolVersion: "2025-06-18", capabilities: {}, clientInfo });
  program.type(`${JSON.stringify({ jsonrpc: "2.0", method: "notifications/initialized" })}\n`);
}

/** What a tool answered, as JSON. */
export async function called(program: Program, id: number, name: string, input: object): Promise<string> {
  return JSON.stringify(await asked(program, id, "tools/call", { name, arguments: input }));
}

async function asked(program: Program, id: number, method: string, params: object): Promise<unknown> {
  program.type(`${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`);
  return await program.line((line) => {
    const message = JSON.parse(line) as { id?: unknown; result?: unknown };
    return message.id === id ? message.result : undefined;
  });
}
