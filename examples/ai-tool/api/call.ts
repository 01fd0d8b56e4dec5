import type { IncomingMessage, ServerResponse } from "node:http";
import type { Caller } from "@valetkey/resource";

/** A request that the guard let in. */
export interface Call {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly caller: Caller;
  /** Adds to the auditor's line what was done, or why it was not; the newest counts. */
  note(detail: string): void;
}

export interface Route {
  readonly scopes: readonly string[];
  /** As the auditor reads it: "asked a model". Without it nothing is noted. */
  readonly did?: string;
  handle(call: Call): unknown;
}

const mostOctets = 262_144;

/** The body as text; undefined, and answered, where it is too long. */
export async function bodyOf({ incoming, outgoing, note }: Call): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  // What is too long is read no further, and the connection stays for the answer.
  for await (const part of incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > mostOctets) {
      note("more than 256 KB");
      sendJson(outgoing, 413, { error: "too_large", error_description: "256 KB are enough for anybody." });
      return undefined;
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

/** The body as an object with these texts; undefined, and answered, where it is none. */
export async function textsOf<Name extends string>(
  call: Call,
  names: readonly Name[],
): Promise<Readonly<Record<Name, string>> | undefined> {
  const body = await bodyOf(call);
  if (body === undefined) return undefined;
  const found = parsed(body);
  const isWhole = names.every((name) => typeof found[name] === "string" && found[name].trim() !== "");
  if (isWhole) return found as Record<Name, string>;
  const error_description = `The body is JSON with ${names.join(" and ")}.`;
  call.note(`without ${names.join(" and ")}`);
  sendJson(call.outgoing, 400, { error: "invalid_request", error_description });
  return undefined;
}

function parsed(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

export function sendJson(outgoing: ServerResponse, status: number, body: object): void {
  outgoing.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  outgoing.end(JSON.stringify(body));
}
