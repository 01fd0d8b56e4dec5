import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { invalidRequest, OAuthError } from "@valetkey/protocol/errors";
import type { Rules } from "../rules/rules.ts";
import { admit } from "./admit.ts";
import { type Exchange, exchange } from "./exchange.ts";
import { type Gateway, gatewayOf, liveOf } from "./gateway.ts";
import { sendGuardAnswer } from "./guard-request.ts";
import type { Used } from "./ledger.ts";
import type { UpstreamOptions } from "./options.ts";
import { answerRefusal } from "./refusal-answer.ts";
import { isWebSocketRequest, joinTunnel } from "./tunnel.ts";

// As in gateway.ts: no import of node:http's lazy exports.
const { ServerResponse: Outgoing } = process.getBuiltinModule("node:http");

export interface UpstreamHandler {
  /** For the server's "request". */
  handle(incoming: IncomingMessage, outgoing: ServerResponse): void;
  /** For the server's "upgrade". */
  upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** From now on for new requests; those under way keep the rules that they began with. @throws TypeError for rules that cannot hold here */
  replace(rules: Rules): void;
  /** What each caller and each client used since this process began, as far as its counters reach. */
  usage(): { readonly callers: ReadonlyMap<string, Used>; readonly clients: ReadonlyMap<string, Used> };
  /** Ends what is under way, and the connections to the upstream. Stop listening first, and give requests their time. */
  close(): void;
}

/**
 * Stands in front of a server that knows nothing of OAuth.
 * @throws TypeError for options that cannot hold
 */
export function upstreamHandler(options: UpstreamOptions): UpstreamHandler {
  const gateway = gatewayOf(options);
  return {
    handle(incoming, outgoing) {
      outgoing.once("finish", () => endUnread(incoming));
      inTurn(outgoing, () => {
        pass(gateway, incoming, outgoing, false, (about) => exchange(about)).catch(() => outgoing.destroy());
      });
    },
    upgrade(incoming, socket, head) {
      upgrade(gateway, incoming, socket, head).catch(() => socket.destroy());
    },
    replace(rules) {
      gateway.live = liveOf(options, rules, gateway);
      for (const ledger of [gateway.callers, gateway.clients]) ledger.allow(rules.limits.counters);
    },
    usage: () => ({ callers: gateway.callers.used(), clients: gateway.clients.used() }),
    close() {
      gateway.underWay.endAll();
      gateway.agent.destroy();
    },
  };
}

/**
 * RFC 9112 §9.3.2: of pipelined requests each waits for the answer before it. An answer that waits in Node's queue does not
 * hear that the connection ended once an upgrade came behind it, and would keep its place among those under way for ever.
 */
function inTurn(outgoing: ServerResponse, begin: () => void): void {
  if (outgoing.socket) begin();
  else outgoing.once("socket", begin);
}

/** Admits, and answers whatever speaks against it: the one catch of a request. */
async function pass(
  gateway: Gateway,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  isWebSocket: boolean,
  go: (about: Exchange) => void,
): Promise<void> {
  const cors = gateway.corsFor(incoming.headers.origin);
  const refuse = (error: OAuthError) => {
    gateway.onRefusal(error, incoming);
    if (outgoing.headersSent || outgoing.destroyed) outgoing.destroy();
    else answerRefusal(error, outgoing, cors);
  };
  try {
    const admitted = await admit(gateway, { incoming, outgoing, isWebSocket });
    // The sender left while it was judged: nothing goes upstream.
    if (admitted === undefined || outgoing.destroyed) return;
    if (admitted instanceof Response) await sendGuardAnswer(admitted, outgoing);
    else go({ gateway, incoming, outgoing, admitted, cors, refuse });
  } catch (thrown) {
    refuse(thrown instanceof OAuthError ? thrown : failed(thrown));
  }
}

async function upgrade(
  gateway: Gateway,
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  socket.on("error", () => socket.destroy());
  // An answer like any other until both sides have agreed.
  const outgoing = new Outgoing(incoming);
  outgoing.shouldKeepAlive = false;
  outgoing.assignSocket(socket as Parameters<typeof outgoing.assignSocket>[0]);
  // Node has let go of the socket, so nobody else tells the answer that it may go on.
  socket.on("drain", () => outgoing.emit("drain"));
  outgoing.once("finish", () => socket.end());
  if (!isWebSocketRequest(incoming)) {
    const error = invalidRequest("Only a WebSocket can be opened here.", "upstream.header");
    gateway.onRefusal(error, incoming);
    answerRefusal(error, outgoing, {});
    return;
  }
  await pass(gateway, incoming, outgoing, true, (about) => {
    const { admitted } = about;
    const headers = [...admitted.headers, "connection", "Upgrade", "upgrade", "websocket"];
    exchange({ ...about, admitted: { ...admitted, headers } }, (answer, upstream, upstreamHead) => {
      outgoing.detachSocket(socket as Parameters<typeof outgoing.detachSocket>[0]);
      joinTunnel(gateway, admitted, { answer, client: socket, upstream, head, upstreamHead });
    });
  });
}

/** Milliseconds in which a client that is still sending may read its answer. */
const linger = 1_000;

/** RFC 9112 §9.6: what still comes after the answer is not worth reading, and reading it without end is an attack. */
function endUnread(incoming: IncomingMessage): void {
  if (incoming.complete) return;
  const { socket } = incoming;
  const timer = setTimeout(() => incoming.complete || socket.destroy(), linger);
  socket.once("close", () => clearTimeout(timer));
}

function failed(cause: unknown): OAuthError {
  return new OAuthError("server_error", "The request failed.", "server.failed", { cause });
}
