import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { AuditLog } from "../ports/audit-log.ts";
import { mostBodyBytes } from "./fetch.ts";
import type { HttpRequest, HttpResponse } from "./message.ts";
import { type Proxies, trustedProxies } from "./proxy.ts";
import type { Handler } from "./router.ts";

// An import of node:http would evaluate its every lazy export, fetch's whole engine among them: a tenth of a second a start.
const { createServer } = process.getBuiltinModule("node:http");

export interface ListenOptions {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Addresses and ranges of proxies whose forwarded headers are believed. */
  readonly trustedProxies: readonly string[];
  /** Octets of the request line and headers together: an 8,000-octet request line must pass (OAuth 2.1 §1.7.1). */
  readonly headerBytes?: number;
  /** How long a sender may take; milliseconds. */
  readonly timeouts?: Timeouts;
}

export interface Timeouts {
  /** From the connection to the last header; 10,000. */
  readonly headers?: number;
  /** From the connection to the last octet of the body; 30,000. */
  readonly request?: number;
  /** Between two looks at who is late; 5,000. */
  readonly check?: number;
}

export interface Listener {
  readonly port: number;
  /** Takes no new connection, lets what is under way finish, at most `patience` milliseconds. */
  close(patience?: number): Promise<void>;
}

/** The `node:http` edge: limits, timeouts, bodies as text. It knows no endpoint. */
export async function listen(handle: Handler, audit: AuditLog, options: ListenOptions): Promise<Listener> {
  const { headerBytes = 32_768, timeouts = {} } = options;
  const proxies = trustedProxies(options.trustedProxies);
  /** Connections on which no request came yet: Node does not count them as idle, and would wait for them. */
  const silent = new Set<Socket>();
  let isDraining = false;
  const server = createServer(
    {
      maxHeaderSize: headerBytes,
      headersTimeout: timeouts.headers ?? 10_000,
      requestTimeout: timeouts.request ?? 30_000,
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: timeouts.check ?? 5_000,
    },
    (incoming, outgoing) => {
      silent.delete(incoming.socket);
      answer(handle, proxies, incoming)
        .then((response) => response && send(outgoing, response, isDraining))
        .catch((thrown: unknown) => {
          audit.failed(thrown, "http");
          outgoing.destroy();
        });
    },
  );
  server.maxRequestsPerSocket = 10_000;
  server.on("connection", (socket: Socket) => {
    silent.add(socket);
    socket.once("close", () => silent.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, () => resolve());
  });
  return {
    port: (server.address() as AddressInfo).port,
    close(patience = 10_000) {
      isDraining = true;
      for (const socket of silent) socket.destroy();
      return drain(server, patience);
    },
  };
}

/** undefined when the sender left before its request was whole: there is nobody to answer. */
async function answer(
  handle: Handler,
  proxies: Proxies,
  incoming: IncomingMessage,
): Promise<HttpResponse | undefined> {
  // RFC 9112 §3.2: with two names nobody can tell which one a proxy before us went by.
  if ((incoming.headersDistinct.host?.length ?? 0) > 1) return refused(400);
  const body = await readBody(incoming);
  if (body === "gone") return undefined;
  if (body === "too large") return refused(413);
  return await handle(plainRequest(incoming, body.text, proxies));
}

function refused(status: number): HttpResponse {
  return {
    status,
    headers: { "content-type": "application/json", connection: "close" },
    body: '{"error":"invalid_request"}',
  };
}

function plainRequest(incoming: IncomingMessage, body: string, proxies: Proxies): HttpRequest {
  const { authority, path, query } = targetOf(incoming.url ?? "/");
  const header = (name: string) =>
    name === "host" && authority !== undefined ? authority : headerOf(incoming, name);
  const peer = { peer: incoming.socket.remoteAddress ?? "", header };
  return {
    method: incoming.method ?? "GET",
    path,
    query,
    header: (name) => (name === "host" ? proxies.hostOf(peer) : header(name)),
    body,
    address: proxies.addressOf(peer),
  };
}

/** RFC 9112 §3.2.2: a target may be a whole URL, as proxies write it; its authority then counts and Host does not. */
function targetOf(target: string): { authority: string | undefined; path: string; query: string } {
  const [, authority, rest = target] = /^https?:\/\/([^/?#]*)(.*)$/is.exec(target) ?? [];
  const at = rest.indexOf("?");
  const path = at < 0 ? rest : rest.slice(0, at);
  return { authority, path: path === "" ? "/" : path, query: at < 0 ? "" : rest.slice(at + 1) };
}

/** A header that came twice is joined as HTTP says (RFC 9110 §5.3), so that a second Authorization is not lost. */
function headerOf(incoming: IncomingMessage, name: string): string | undefined {
  return incoming.headersDistinct[name]?.join(name === "cookie" ? "; " : ", ");
}

async function readBody(incoming: IncomingMessage): Promise<{ text: string } | "too large" | "gone"> {
  if (incoming.method === "GET" || incoming.method === "HEAD") return { text: "" };
  if (Number(incoming.headers["content-length"] ?? 0) > mostBodyBytes) return "too large";
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > mostBodyBytes) return "too large";
      chunks.push(chunk);
    }
  } catch (thrown) {
    // A sender that leaves, stalls or breaks its own framing is no fault of ours: nothing for the operator's log.
    if (incoming.destroyed && !incoming.complete) return "gone";
    throw thrown;
  }
  return { text: Buffer.concat(chunks).toString("utf8") };
}

function send(outgoing: ServerResponse, response: HttpResponse, isLast: boolean): void {
  const { status, headers, body } = response;
  for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
  // RFC 9110 §8.6: none on 204, and after HEAD none but the GET's own, which is not known here.
  if (status !== 204 && outgoing.req.method !== "HEAD") {
    outgoing.setHeader("content-length", Buffer.byteLength(body));
  }
  if (isLast) outgoing.setHeader("connection", "close");
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
