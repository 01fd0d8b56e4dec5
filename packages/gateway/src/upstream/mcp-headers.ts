import { invalidRequest } from "@valetkey/protocol/errors";
import { isObject, member } from "../json-rpc.ts";

/** Headers in which an MCP client repeats what its body asks for (Streamable HTTP, request metadata). */
export const mcpHeaders: readonly string[] = ["mcp-method", "mcp-name"];

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

export function namesOperation(headers: Headers): boolean {
  return mcpHeaders.some((name) => headers[name] !== undefined);
}

/**
 * Whether these headers may pass: beside a JSON-RPC message that says the same. Beside anything else nobody can tell.
 * @throws invalid_request when the message says something else
 */
export function mcpHeadersPass(headers: Headers, body: unknown): boolean {
  if (!isObject(body) || member(body, "jsonrpc") !== "2.0") return false;
  const { "mcp-method": method, "mcp-name": name } = headers;
  if (method !== undefined && method !== member(body, "method")) throw differs("Mcp-Method");
  if (name !== undefined && (typeof name !== "string" || decoded(name) !== nameOf(body)))
    throw differs("Mcp-Name");
  return true;
}

/** What Mcp-Name repeats: a tool's or prompt's name, a resource's URI, a task's id. */
function nameOf(message: unknown): unknown {
  const params = member(message, "params");
  const method = String(member(message, "method"));
  if (method === "resources/read") return member(params, "uri");
  return member(params, method.startsWith("tasks/") ? "taskId" : "name");
}

/** Names beyond ASCII travel as `=?base64?...?=`; what does not decode fits no name. */
function decoded(header: string): string | undefined {
  const encoded = /^=\?base64\?(.*)\?=$/i.exec(header.trim())?.[1];
  if (encoded === undefined) return header.trim();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(encoded, "base64"));
  } catch {
    return undefined;
  }
}

function differs(fact: string): Error {
  return invalidRequest("Mcp-Method or Mcp-Name differs from the body.", "upstream.header", { fact });
}
