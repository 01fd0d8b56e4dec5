import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { AuditLog } from "../ports/audit-log.ts";
import { mostBodyBytes } from "./fetch.ts";
import type { HttpRequest, HttpResponse } from "./message.ts";
import { type Proxies, trustedProxies } from "./proxy.ts";
import type { Handler } from "./router.ts";

export interface ListenOptions {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Addresses and ranges of proxies whose forwarded headers are believed. */
  readonly trustedProxies: readonly string[];
  /** Octets of the request line and headers together: an 8,000-octet request line must pass (OAuth 2.1 §1.7.1). */
  readonly headerBytes?: number;
}

export interface Listener {
  readonly port: number;
  /** Takes no new connection, lets what is under way finish, at most `patience` milliseconds. */
  close(patience?: number): Promise<void>;
}

/** The `node:http` edge: limits, timeouts, bodies as text. It knows no endpoint. */
export async function listen(handle: Handler, audit: AuditLog, options: ListenOptions): Promise<Listener> {
  const proxies = trustedProxies(options.trustedProxies);
  const server = createServer(
    {
      maxHeaderSize: options.headerBytes ?? 32_768,
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: 5_000,
    },
    (incoming, outgoing) => {
      answer(handle, proxies, incoming, outgoing).catch((thrown: unknown) => {
        audit.failed(thrown, "http");
        outgoing.destroy();
      });
    },
  );
  server.maxRequestsPerSocket = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, () => resolve());
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: (patience = 10_000) => drain(server, patience),
  };
}

async function answer(
  handle: Handler,
  proxies: Proxies,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const body = await readBody(incoming);
  if (body === undefined) {
    send(outgoing, {
      status: 413,
      headers: { "content-type": "application/json", connection: "close" },
      body: '{"error":"invalid_request"}',
    });
    return;
  }
  send(outgoing, await handle(plainRequest(incoming, body, proxies)));
}

function plainRequest(incoming: IncomingMessage, body: string, proxies: Proxies): HttpRequest {
  const target = incoming.url ?? "/";
  const at = target.indexOf("?");
  const header = (name: string) => headerOf(incoming, name);
  const peer = { peer: incoming.socket.remoteAddress ?? "", header };
  return {
    method: incoming.method ?? "GET",
    path: at < 0 ? target : target.slice(0, at),
    query: at < 0 ? "" : target.slice(at + 1),
    header: (name) => (name === "host" ? proxies.hostOf(peer) : header(name)),
    body,
    address: proxies.addressOf(peer),
  };
}

/** A header that came twice is joined as HTTP says (RFC 9110 §5.3), so that a second Authorization is not lost. */
function headerOf(incoming: IncomingMessage, name: string): string | undefined {
  return incoming.headersDistinct[name]?.join(name === "cookie" ? "; " : ", ");
}

/** undefined when the body is larger than we read. */
async function readBody(incoming: IncomingMessage): Promise<string | undefined> {
  if (incoming.method === "GET" || incoming.method === "HEAD") return "";
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBodyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function send(outgoing: ServerResponse, { status, headers, body }: HttpResponse): void {
  for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
  outgoing.setHeader("content-length", Buffer.byteLength(body));
  outgoing.writeHead(status);
  outgoing.end(body);
}

async function drain(server: Server, patience: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const impatient = setTimeout(() => server.closeAllConnections(), patience);
  await closed;
  clearTimeout(impatient);
}
