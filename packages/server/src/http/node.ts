import type { IncomingMessage, OutgoingHttpHeaders, Server, ServerResponse } from "node:http";
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
    async (incoming, outgoing) => {
      silent.delete(incoming.socket);
      // RFC 9112 §9.6: it gets no answer any more, so it must not take effect either.
      if (lastAnswered.has(incoming.socket)) return;
      try {
        const response = await answer(handle, proxies, incoming);
        if (response) send(outgoing, response, isDraining);
      } catch (thrown) {
        audit.failed(thrown, "http");
        outgoing.destroy();
      }
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

/** Connections whose last answer is decided; their senders may have sent more already. */
const lastAnswered = new WeakSet<Socket>();

/** undefined when the sender left before its request was whole: there is nobody to answer. */
async function answer(
  handle: Handler,
  proxies: Proxies,
  incoming: IncomingMessage,
): Promise<HttpResponse | undefined> {
  const header = headersOf(incoming);
  if (header === "two hosts") return refused(400, incoming);
  const hasBody = incoming.method !== "GET" && incoming.method !== "HEAD";
  const body = hasBody ? await readBody(incoming) : { text: "" };
  if (body === "gone") return undefined;
  if (body === "too large") return refused(413, incoming);
  return await handle(plainRequest(incoming, header, body.text, proxies));
}

/** A last answer: the connection ends behind it. */
function refused(status: number, { socket }: IncomingMessage): HttpResponse {
  lastAnswered.add(socket);
  return {
    status,
    headers: { "content-type": "application/json", connection: "close" },
    body: '{"error":"invalid_request"}',
  };
}

type Headers = (name: string) => string | undefined;

/**
 * Headers by their lower-case name. One that came twice is joined as HTTP says (RFC 9110 §5.3), so that a second
 * Authorization is not lost; RFC 9112 §3.2: with two Hosts nobody can tell which one a proxy before us went by.
 */
function headersOf(incoming: IncomingMessage): Headers | "two hosts" {
  // Node's cheap view drops what comes twice, and then has fewer names than there were lines.
  const { headers, rawHeaders } = incoming;
  if (Object.keys(headers).length * 2 === rawHeaders.length) {
    return (name) => headers[name] as string | undefined;
  }
  const { headersDistinct } = incoming;
  if ((headersDistinct.host?.length ?? 0) > 1) return "two hosts";
  return (name) => headersDistinct[name]?.join(name === "cookie" ? "; " : ", ");
}

function plainRequest(incoming: IncomingMessage, own: Headers, body: string, proxies: Proxies): HttpRequest {
  const { authority, path, query } = targetOf(incoming.url ?? "/");
  const header: Headers = authority === undefined ? own : (name) => (name === "host" ? authority : own(name));
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

function readBody(incoming: IncomingMessage): "too large" | Promise<{ text: string } | "too large" | "gone"> {
  if (Number(incoming.headers["content-length"] ?? 0) > mostBodyBytes) return "too large";
  // Events: an asynchronous iterator over the same chunks costs more than the parsing of the whole request.
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= mostBodyBytes) chunks.push(chunk);
      else {
        // At once: the next request may stand in the same octets from the network, before the promise is heard of.
        lastAnswered.add(incoming.socket);
        incoming.pause();
        resolve("too large");
      }
    });
    incoming.on("end", () => resolve({ text: textOf(chunks) }));
    // A sender that leaves, stalls or breaks its own framing is no fault of ours: nothing for the operator's log.
    incoming.on("close", () => resolve("gone"));
    incoming.on("error", (error) => {
      if (incoming.destroyed && !incoming.complete) resolve("gone");
      else reject(error);
    });
  });
}

function textOf(chunks: readonly Buffer[]): string {
  const [first, ...more] = chunks;
  if (first === undefined) return "";
  return (more.length === 0 ? first : Buffer.concat(chunks)).toString("utf8");
}

function send(outgoing: ServerResponse, response: HttpResponse, isLast: boolean): void {
  const { status, body, bytes: picture } = response;
  const headers: OutgoingHttpHeaders = { ...(response.headers as OutgoingHttpHeaders) };
  const bytes = picture?.byteLength ?? Buffer.byteLength(body);
  // RFC 9110 §8.6: none on 204, and after HEAD none but the GET's own, which is not known here.
  if (status !== 204 && outgoing.req.method !== "HEAD") headers["content-length"] = bytes;
  if (isLast) headers.connection = "close";
  outgoing.writeHead(status, headers);
  if (picture) {
    outgoing.end(picture);
    return;
  }
  // Text of ASCII alone goes out as it lies in memory.
  outgoing.end(body, bytes === body.length ? "latin1" : "utf8");
}

async function drain(server: Server, patience: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const impatient = setTimeout(() => server.closeAllConnections(), patience);
  await closed;
  clearTimeout(impatient);
}
