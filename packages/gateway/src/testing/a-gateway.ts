import { fileURLToPath } from "node:url";
import { anIssuer } from "../../../resource/src/testing/an-issuer.ts";
import { type ProtectStdioOptions, protectStdio } from "../protect-stdio.ts";

const server = fileURLToPath(new URL("./stdio-server.ts", import.meta.url));

/** A gateway before the tests' own stdio server, and an issuer whose tokens it takes. */
export async function aGateway(options: Partial<ProtectStdioOptions> = {}) {
  const issuer = await anIssuer();
  const log: string[] = [];
  const gateway = await protectStdio({
    program: process.execPath,
    args: [server],
    issuer: issuer.issuer,
    log: (line) => log.push(line),
    ...options,
  }).catch(async (thrown: unknown) => {
    await issuer.close();
    throw thrown;
  });
  const token = (scope: string, claims: Record<string, unknown> = {}) =>
    issuer.token({ aud: gateway.resource, scope, ...claims });
  return {
    ...gateway,
    issuer,
    log,
    token,
    post: (bearer: string | undefined, body: unknown, headers: Record<string, string> = {}) =>
      post(gateway.resource, bearer, body, headers),
    /** Initializes a session for a caller, and speaks in it. */
    async session(bearer: string, capabilities: object = {}) {
      const opened = await post(gateway.resource, bearer, {
        jsonrpc: "2.0",
        id: 1,
        method: "initialize",
        params: { protocolVersion: "2025-11-25", capabilities, clientInfo: { name: "test", version: "1" } },
      });
      const id = opened.headers.get("mcp-session-id") ?? "";
      const hello = await messagesOf(opened);
      const headers = { "mcp-session-id": id, "mcp-protocol-version": "2025-11-25" };
      let last = 1;
      return {
        id,
        hello,
        headers,
        request: (method: string, params: object = {}, own = bearer) =>
          post(gateway.resource, own, { jsonrpc: "2.0", id: ++last, method, params }, headers),
        /** Calls a tool and reads what it answered. */
        async call(name: string, params: object = {}) {
          const answered = await post(
            gateway.resource,
            bearer,
            { jsonrpc: "2.0", id: ++last, method: "tools/call", params: { name, ...params } },
            headers,
          );
          return resultOf(await messagesOf(answered));
        },
        get: () =>
          fetch(gateway.resource, {
            headers: { ...headers, authorization: `Bearer ${bearer}`, accept: "text/event-stream" },
          }),
        delete: () =>
          fetch(gateway.resource, {
            method: "DELETE",
            headers: { ...headers, authorization: `Bearer ${bearer}` },
          }),
      };
    },
    async close() {
      await gateway.close();
      await issuer.close();
    },
  };
}

export function post(
  url: string,
  bearer: string | undefined,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
      ...headers,
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

// biome-ignore lint/suspicious/noExplicitAny: what a server under test sent, whose form the tests judge
export type Judged = any; // what a server under test sent: a type would claim the form that the tests are to judge

export async function messagesOf(response: Response): Promise<Judged[]> {
  const text = await response.text();
  if (!response.headers.get("content-type")?.startsWith("text/event-stream")) return [JSON.parse(text)];
  return [...text.matchAll(/^data: (.+)$/gm)].map(([, data]) => JSON.parse(data ?? ""));
}

export function resultOf(messages: readonly Judged[]): Judged {
  const last = messages.at(-1);
  return last.result ? JSON.parse(last.result.content[0].text) : last.error;
}

/** Reads a stream until it said something; what it said so far. */
export async function heard(
  reader: ReadableStreamDefaultReader<Uint8Array> | undefined,
  pattern: RegExp,
): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  while (!pattern.test(text)) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done) throw new Error(`The stream ended before it said ${pattern}: ${text}`);
    text += decoder.decode(value, { stream: true });
  }
  return text;
}

/** Waits until something holds; ten seconds at most, since the machine may be busy. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let at = 0; at < 200; at++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("It did not come to hold within ten seconds.");
}
