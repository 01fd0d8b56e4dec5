import type { IncomingMessage, ServerResponse } from "node:http";
import type { Target } from "../rules/target.ts";
import { headerPairs } from "./connection-headers.ts";

/** The request as the guard reads it: every header, so that it sees a second Authorization, and the path that is sent. */
export function guardRequest(incoming: IncomingMessage, target: Target, origin: string): Request {
  const headers = new Headers();
  for (const [name, value] of headerPairs(incoming.rawHeaders)) headers.append(name, value);
  return new Request(`${origin}${target.path}${target.query}`, { method: incoming.method ?? "GET", headers });
}

/** Sends an answer of the guard's, whose bodies are short texts. */
export async function sendGuardAnswer(answer: Response, outgoing: ServerResponse): Promise<void> {
  const body = await answer.text();
  const headers: Record<string, string> = {};
  answer.headers.forEach((value, name) => {
    headers[name] = value;
  });
  if (answer.status !== 204) headers["content-length"] = String(Buffer.byteLength(body));
  outgoing.writeHead(answer.status, headers);
  outgoing.end(body === "" ? undefined : body);
}
