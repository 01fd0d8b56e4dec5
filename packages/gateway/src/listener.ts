import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { type Log, printable } from "./log.ts";
import { UnreadAnswers } from "./unread-answers.ts";

// An import of node:http would evaluate its every lazy export, fetch's whole engine among them.
const { createServer } = process.getBuiltinModule("node:http");

export interface ListenOptions {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** The origin that requests are read under: the resource's, whatever a Host header says. */
  readonly origin: string;
  /** On whose account the answer to a request is held; asked once it is there. */
  readonly personOf: (request: Request) => string;
  /** Told of every request that was answered, or whose client left. */
  readonly done: (request: Request) => void;
  readonly log: Log;
}

export interface Listener {
  readonly port: number;
  /** Takes no new connection, lets answers finish for `patience` milliseconds, then cuts them off. */
  close(patience?: number): Promise<void>;
}

const mebi = 1024 * 1024;
/** What the server sends to those who do not read must not fill our memory. */
const mostUnread = { ofOne: 8 * mebi, ofPerson: 64 * mebi, ofAll: 256 * mebi };

/** The `node:http` edge: limits and timeouts set, streams passed on as they come. */
export async function listen(
  handle: (request: Request) => Promise<Response>,
  { host, port, origin, personOf, done, log }: ListenOptions,
): Promise<Listener> {
  const unread = new UnreadAnswers(mostUnread);
  const server = createServer(
    {
      maxHeaderSize: 32_768,
      headersTimeout: 10_000,
      // Until the request is here; an answer may stream for as long as it likes.
      requestTimeout: 30_000,
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: 5_000,
    },
    (incoming, outgoing) => {
      answer({ handle, origin, personOf, done, unread }, incoming, outgoing).catch((thrown: unknown) => {
        log(`A request failed: ${printable(thrown instanceof Error ? thrown.message : String(thrown))}`);
        if (outgoing.headersSent) outgoing.destroy();
        else outgoing.writeHead(500, { "content-type": "application/json" }).end('{"error":"server_error"}');
      });
    },
  );
  server.maxConnections = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve());
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: (patience = 5_000) => drain(server, patience),
  };
}

interface Edge {
  readonly handle: (request: Request) => Promise<Response>;
  readonly origin: string;
  readonly personOf: (request: Request) => string;
  readonly done: (request: Request) => void;
  readonly unread: UnreadAnswers;
}

async function answer(
  { handle, origin, personOf, done, unread }: Edge,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  const request = requestOf(incoming, origin, gone.signal);
  if (request === undefined) {
    outgoing.writeHead(400).end();
    return;
  }
  // Also keeps the request: one that nobody refers to is not told that its client left.
  outgoing.once("close", () => done(request));
  const response = await handle(request);
  await send(response, outgoing, (piece) => unread.write(outgoing, personOf(request), piece));
}

/** Built from the raw headers: Node would hide a second Authorization header. */
function requestOf(incoming: IncomingMessage, origin: string, signal: AbortSignal): Request | undefined {
  const headers = new Headers();
  const { rawHeaders, method = "GET", url = "/" } = incoming;
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    headers.append(rawHeaders[at] ?? "", rawHeaders[at + 1] ?? "");
  }
  // RFC 9112 §3.2.2: a target may be a whole URL; only its path and query count, under our own origin.
  const path = url.replace(/^https?:\/\/[^/?#]*/i, "") || "/";
  if (!path.startsWith("/") || !URL.canParse(origin + path)) return undefined;
  const hasBody = method !== "GET" && method !== "HEAD";
  const body = hasBody ? { body: Readable.toWeb(incoming) as ReadableStream, duplex: "half" as const } : {};
  try {
    return new Request(origin + path, { method, headers, signal, ...body });
  } catch {
    // TRACE and CONNECT are methods that no Request may have.
    return undefined;
  }
}

async function send(
  response: Response,
  outgoing: ServerResponse,
  write: (piece: Uint8Array) => boolean,
): Promise<void> {
  for (const [name, value] of response.headers) {
    if (name !== "connection") outgoing.setHeader(name, value);
  }
  outgoing.writeHead(response.status);
  if (response.body === null) {
    outgoing.end();
    return;
  }
  // With the first piece in one write, where it is there already; a standing stream is open before its first event comes.
  const opening = setImmediate(() => outgoing.flushHeaders());
  const reader = response.body.getReader();
  outgoing.once("close", () => {
    clearImmediate(opening);
    reader.cancel().catch(() => {});
  });
  for (;;) {
    const { done, value } = await reader.read();
    clearImmediate(opening);
    if (done) break;
    if (!write(value)) return;
  }
  outgoing.end();
}

async function drain(server: Server, patience: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const impatient = setTimeout(() => server.closeAllConnections(), patience);
  await closed;
  clearTimeout(impatient);
}
