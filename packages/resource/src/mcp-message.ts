/** Largest body that is read to find the tool it calls, in octets; the SDK's own bound. */
const largest = 4 * 1024 * 1024;

/** Whether the headers name a method or tool, which counts only if the body says the same. */
export function namesOperation(headers: Headers): boolean {
  return headers.has("mcp-method") || headers.has("mcp-name");
}

/**
 * The JSON-RPC message of a POST, read once; the handler is given it parsed. An answer instead when the body is too
 * large or no JSON, or when a header says something else than the body (MCP Streamable HTTP, request metadata).
 */
export async function readMessage(
  request: Request,
  hold: (octets: number) => boolean,
): Promise<{ readonly body: unknown } | Response> {
  const text = await boundedText(request, hold);
  if (text instanceof Response) return text;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return refusal(400, -32700, "Parse error: the body is no JSON.");
  }
  if (headersFit(request.headers, body)) return { body };
  return refusal(400, -32020, "Mcp-Method or Mcp-Name differs from the body.", member(body, "id"));
}

/** JSON-RPC 2.0 §5: an error carries the id of its request, and null only when that cannot be read. */
function refusal(status: number, code: number, message: string, id?: unknown): Response {
  const read = typeof id === "string" || typeof id === "number" ? id : null;
  return Response.json({ jsonrpc: "2.0", error: { code, message }, id: read }, { status });
}

async function boundedText(request: Request, hold: (octets: number) => boolean): Promise<string | Response> {
  if (Number(request.headers.get("content-length") ?? 0) > largest) return tooLarge();
  const decoder = new TextDecoder();
  let text = "";
  let octets = 0;
  for await (const chunk of request.body ?? []) {
    octets += chunk.byteLength;
    if (octets > largest) return tooLarge();
    if (!hold(chunk.byteLength)) return busy();
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function tooLarge(): Response {
  return refusal(413, -32000, "The request body is too large.");
}

function busy(): Response {
  const answer = refusal(503, -32000, "Too many requests are under way.");
  answer.headers.set("retry-after", "1");
  return answer;
}

/** Every scope that the tools of a message need: a batch needs those of all its calls. */
export function toolScopesNeeded(
  body: unknown,
  toolScopes: Readonly<Record<string, readonly string[]>>,
): { readonly scopes: readonly string[]; readonly operation: string } {
  const messages: readonly unknown[] = Array.isArray(body) ? body : [body];
  const tools = messages.filter((one) => member(one, "method") === "tools/call").map(nameOf);
  const scopes = tools.flatMap((tool) =>
    typeof tool === "string" && Object.hasOwn(toolScopes, tool) ? (toolScopes[tool] ?? []) : [],
  );
  return { scopes: [...new Set(scopes)], operation: tools.join(" ").slice(0, 200) };
}

function headersFit(headers: Headers, body: unknown): boolean {
  const method = headers.get("mcp-method");
  const name = headers.get("mcp-name");
  if (method !== null && method !== member(body, "method")) return false;
  return name === null || decoded(name) === nameOf(body);
}

/** What Mcp-Name repeats: a tool's or prompt's name, a resource's URI, a task's id. */
function nameOf(message: unknown): unknown {
  const params = member(message, "params");
  const method = String(member(message, "method"));
  if (method === "resources/read") return member(params, "uri");
  return method.startsWith("tasks/") ? member(params, "taskId") : member(params, "name");
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

/** Names beyond ASCII travel as `=?base64?...?=`; what does not decode fits no name. */
function decoded(header: string): string | undefined {
  const encoded = /^=\?base64\?(.*)\?=$/i.exec(header.trim())?.[1];
  if (encoded === undefined) return header.trim();
  try {
    const octets = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true }).decode(octets);
  } catch {
    return undefined;
  }
}
