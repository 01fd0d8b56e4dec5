import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Admitted } from "./admit.ts";
import { answerHeaders } from "./answer-headers.ts";
import { headerPairs } from "./connection-headers.ts";
import type { Gateway } from "./gateway.ts";
import { atTokenEnd } from "./token-end.ts";

/** Whether a request asks to become a WebSocket, in the way that RFC 6455 §4.1 has it. For `shouldUpgradeCallback`. */
export function isWebSocketRequest({ method, headers }: IncomingMessage): boolean {
  return (
    method === "GET" &&
    headers.upgrade?.toLowerCase() === "websocket" &&
    /(?:^|,)\s*upgrade\s*(?:,|$)/i.test(headers.connection ?? "") &&
    headers["sec-websocket-key"] !== undefined &&
    headers["content-length"] === undefined &&
    headers["transfer-encoding"] === undefined
  );
}

export interface TunnelEnds {
  readonly answer: IncomingMessage;
  readonly client: Duplex;
  readonly upstream: Duplex;
  /** What the client sent behind its request. */
  readonly head: Buffer;
  /** What the upstream sent behind its answer. */
  readonly upstreamHead: Buffer;
}

/** Joins both sides. It lasts no longer than the token, and ends when nothing passes for the idle time. */
export function joinTunnel(gateway: Gateway, { caller, rules }: Admitted, ends: TunnelEnds): void {
  const { client, upstream, answer } = ends;
  const lines = ["HTTP/1.1 101 Switching Protocols", "connection: Upgrade", "upgrade: websocket"];
  for (const [name, value] of headerPairs(answerHeaders(answer, gateway.place, {})))
    lines.push(`${name}: ${value}`);
  client.write(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
  if (ends.upstreamHead.length > 0) client.write(ends.upstreamHead);
  if (ends.head.length > 0) upstream.write(ends.head);

  const callOff = atTokenEnd(caller, gateway.clock(), end);
  gateway.underWay.begin(client, caller.subject);
  for (const side of [client, upstream]) {
    if ("setTimeout" in side && typeof side.setTimeout === "function") {
      side.setTimeout(rules.timeouts.idle * 1_000, end);
    }
    side.on("error", end);
    side.once("close", end);
  }
  client.pipe(upstream);
  upstream.pipe(client);

  function end(): void {
    callOff();
    gateway.underWay.end(client);
    client.destroy();
    upstream.destroy();
  }
}
