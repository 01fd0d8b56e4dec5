import type { ClientRequest, IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { OAuthError } from "@valetkey/protocol/errors";
import type { Admitted } from "./admit.ts";
import { answerHeaders } from "./answer-headers.ts";
import { AnswerUsage } from "./answer-usage.ts";
import { hasBody } from "./body.ts";
import { countTokens } from "./budgets.ts";
import type { Gateway } from "./gateway.ts";
import { atTokenEnd } from "./token-end.ts";

/** One admitted request, and the way back. */
export interface Exchange {
  readonly gateway: Gateway;
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly admitted: Admitted;
  readonly cors: Readonly<Record<string, string>>;
  /** Called once at most, and never after the answer's first line. */
  refuse(error: OAuthError): void;
}

/** Takes over both ways once the upstream agreed to another protocol. */
export type OnUpgrade = (answer: IncomingMessage, upstream: Duplex, head: Buffer) => void;

/**
 * Sends one admitted request and passes the answer on, piece by piece, at the pace of the slower side.
 * @throws temporarily_unavailable when its place was taken meanwhile
 */
export function exchange(about: Exchange, onUpgrade?: OnUpgrade): void {
  const { gateway, outgoing } = about;
  const { caller, rules } = about.admitted;
  // Others may have gone ahead while the issuer was asked. In one step with the count, or all who waited pass at once.
  gateway.underWay.requireRoom(caller.subject, rules);
  gateway.underWay.begin(outgoing, caller.subject);
  let underWay: ClientRequest | undefined;
  outgoing.once("close", () => {
    gateway.underWay.end(outgoing);
    // Nobody is left to read: the upstream is told by the end of the connection, and stops.
    if (!outgoing.writableFinished) underWay?.destroy();
  });
  underWay = send(about, true);

  function send(of: Exchange, mayRepeat: boolean): ClientRequest {
    const { incoming, admitted } = of;
    const { timeouts } = admitted.rules;
    const isBodied = admitted.body !== undefined || hasBody(incoming);
    const request = gateway.request({
      method: admitted.method,
      path: admitted.upstreamPath,
      headers: [...admitted.headers, ...framing(incoming, admitted.method, isBodied, admitted.body)],
      timeout: timeouts.headers * 1_000,
    });
    let late: "connect" | "answer" | undefined;
    let isAnswered = false;
    limitConnect(request, timeouts.connect * 1_000, () => {
      late = "connect";
      request.destroy(new Error("connect timed out"));
    });
    request.on("timeout", () => {
      late = "answer";
      request.destroy(new Error("timed out"));
    });
    request.on("response", (answer) => {
      isAnswered = true;
      const isRepeatable = mayRepeat && !onUpgrade && (admitted.body !== undefined || !isBodied);
      if (wantsNonce(admitted, answer) && isRepeatable) repeatProven(of, answer);
      else relay(of, request, answer);
    });
    request.on("upgrade", (answer, upstream, head) => {
      isAnswered = true;
      gateway.underWay.end(outgoing);
      if (onUpgrade && answer.headers.upgrade?.toLowerCase() === "websocket") {
        tellUsage(of, 101, new AnswerUsage("", false), 0, true);
        onUpgrade(answer, upstream, head);
      } else {
        upstream.destroy();
        of.refuse(down(new Error("an upgrade that was not asked for")));
      }
    });
    request.on("error", (cause: NodeJS.ErrnoException) => {
      if (isAnswered) return;
      isAnswered = true;
      if (outgoing.destroyed)
        return tellUsage(of, undefined, new AnswerUsage("", false), bodyLength(of), false);
      // An idle connection that the upstream closed as the request came; RFC 9110 §9.2.2 allows to repeat these alone.
      const isStale = request.reusedSocket && cause.code === "ECONNRESET" && late === undefined;
      if (mayRepeat && isStale && !isBodied && isSafe(admitted.method)) {
        underWay = send(of, false);
        return;
      }
      const isClientSlow = late === "answer" && isBodied && !incoming.complete;
      of.refuse(isClientSlow ? clientSlow() : late ? slow(late) : down(cause));
      tellUsage(of, outgoing.statusCode, new AnswerUsage("", false), 0, false);
    });
    if (admitted.body) request.end(admitted.body);
    else if (isBodied) {
      incoming.on("data", (chunk: Buffer) => countSent(incoming, chunk.length));
      incoming.pipe(request);
    } else request.end();
    return request;
  }

  /** RFC 9449 §9: the request was not judged, only its proof. */
  function repeatProven(of: Exchange, answer: IncomingMessage): void {
    answer.resume();
    const again = (headers: string[]) => {
      if (!outgoing.destroyed) underWay = send({ ...of, admitted: { ...of.admitted, headers } }, false);
    };
    of.admitted.credential
      .anew()
      .then(again)
      .catch(() => of.refuse(unauthorized()));
  }
}

/** Whether the answer only says that the proof lacked a nonce, which is known now. */
function wantsNonce({ credential }: Admitted, { headers, statusCode }: IncomingMessage): boolean {
  const nonce = headers["dpop-nonce"];
  const isTold = typeof nonce === "string" && credential.nonce(nonce);
  return isTold && statusCode === 401 && /\buse_dpop_nonce\b/.test(headers["www-authenticate"] ?? "");
}

function relay(about: Exchange, request: ClientRequest, answer: IncomingMessage): void {
  const { gateway, outgoing, admitted } = about;
  const status = answer.statusCode ?? 0;
  if (status === 401 || status === 407 || status < 200 || status > 999) {
    answer.resume();
    if (status === 401) about.admitted.credential.refused();
    // A 401 from there is about our credential. Passed on, it would send the client for a new token without end.
    about.refuse(status === 401 || status === 407 ? unauthorized() : down(new Error(`status ${status}`)));
    tellUsage(about, outgoing.statusCode, new AnswerUsage("", false), 0, false);
    return;
  }
  request.setTimeout(admitted.rules.timeouts.idle * 1_000);
  const { "content-type": type = "", "content-encoding": coding, "content-length": length } = answer.headers;
  const usage = new AnswerUsage(type, coding !== undefined && coding !== "identity");
  try {
    outgoing.writeHead(status, answerHeaders(answer, gateway.place, about.cors));
  } catch (cause) {
    request.destroy();
    about.refuse(down(cause));
    return;
  }
  if (length === undefined) openStream(answer, outgoing);
  if (admitted.method === "GET" && /^text\/event-stream\b/i.test(type)) {
    // A standing stream is a grant without end: it ends with its token, and the client comes back with a fresh one.
    outgoing.once(
      "close",
      atTokenEnd(admitted.caller, gateway.clock(), () => outgoing.destroy()),
    );
  }
  answer.on("data", (chunk: Buffer) => usage.push(chunk));
  answer.on("error", () => outgoing.destroy());
  answer.once("close", () => {
    // RFC 9112 §8: an answer that broke off must not look whole.
    if (!answer.complete) outgoing.destroy();
    tellUsage(about, status, usage, bodyLength(about), answer.complete);
  });
  answer.pipe(outgoing);
}

/** Of a stream the first line counts, however long its first event takes; one that is there already goes in one write with it. */
function openStream(answer: IncomingMessage, outgoing: ServerResponse): void {
  const opening = setImmediate(() => outgoing.flushHeaders());
  const clear = () => clearImmediate(opening);
  answer.once("data", clear).once("end", clear).once("close", clear);
}

function tellUsage(
  { gateway, admitted }: Exchange,
  status: number | undefined,
  usage: AnswerUsage,
  requestOctets: number,
  isWhole: boolean,
): void {
  const use = usage.used(requestOctets, isWhole);
  const { caller, method, path, rules } = admitted;
  countTokens(gateway, rules, caller, use);
  const { subject, clientId } = caller;
  gateway.onUsage({ subject, clientId, method, path, status, ...use, at: gateway.clock() });
}

function bodyLength({ incoming, admitted }: Exchange): number {
  return admitted.body?.length ?? Number(incoming.headers["content-length"] ?? sentOctets.get(incoming) ?? 0);
}

/** What passed of bodies; those in chunks say their length nowhere else. */
const sentOctets = new WeakMap<IncomingMessage, number>();

function countSent(incoming: IncomingMessage, octets: number): void {
  sentOctets.set(incoming, (sentOctets.get(incoming) ?? 0) + octets);
}

/** RFC 9112 §6: the framing of the next connection is written anew. */
function framing(
  incoming: IncomingMessage,
  method: string,
  isBodied: boolean,
  body: Buffer | undefined,
): string[] {
  const length = body?.length ?? incoming.headers["content-length"];
  if (isBodied && length !== undefined) return ["content-length", String(length)];
  if (isBodied) return ["transfer-encoding", "chunked"];
  return ["POST", "PUT", "PATCH"].includes(method) ? ["content-length", "0"] : [];
}

function limitConnect(request: ClientRequest, milliseconds: number, end: () => void): void {
  request.once("socket", (socket) => {
    if (!socket.connecting) return;
    const timer = setTimeout(end, milliseconds);
    const stop = () => clearTimeout(timer);
    // Of TLS the handshake is a part: a server that hangs often takes the connection still.
    socket.once("encrypted" in socket ? "secureConnect" : "connect", stop).once("close", stop);
  });
}

function isSafe(method: string): boolean {
  return method === "GET" || method === "HEAD" || method === "OPTIONS";
}

function down(cause: unknown): OAuthError {
  const context = { cause, ...(cause instanceof Error && { fact: cause.message.slice(0, 200) }) };
  return new OAuthError(
    "temporarily_unavailable",
    "The server behind this gateway cannot be reached.",
    "upstream.down",
    context,
  );
}

function slow(fact: string): OAuthError {
  return new OAuthError(
    "temporarily_unavailable",
    "The server behind this gateway did not answer in time.",
    "upstream.slow",
    { fact },
  );
}

function clientSlow(): OAuthError {
  return new OAuthError("invalid_request", "The body did not arrive in time.", "upstream.client-slow");
}

function unauthorized(): OAuthError {
  return new OAuthError(
    "server_error",
    "The server behind this gateway did not accept the gateway.",
    "upstream.unauthorized",
  );
}
