import type { IncomingMessage, ServerResponse } from "node:http";
import { OAuthError } from "@valetkey/protocol/errors";
import type { Caller } from "@valetkey/resource";
import { requireBodyType } from "../rules/content-type.ts";
import { type JsonObject, readJsonBody } from "../rules/json-body.ts";
import { type Candidates, candidatesFor, judge, type Verdict } from "../rules/judge.ts";
import type { Rules } from "../rules/rules.ts";
import { readTarget, type Target } from "../rules/target.ts";
import { hasBody, type ReadBody, readBody } from "./body.ts";
import { requireBudget } from "./budgets.ts";
import type { Gateway, Live } from "./gateway.ts";
import { guardRequest } from "./guard-request.ts";
import { liveMetadata } from "./live-metadata.ts";
import { mcpHeaders, mcpHeadersPass, namesOperation } from "./mcp-headers.ts";
import { requestHeaders, requireNoToken, requireSingleHeaders } from "./request-headers.ts";

/** A request that may be sent on. */
export interface Admitted {
  readonly caller: Caller;
  readonly rules: Rules;
  /** As the client wrote it, without the query. */
  readonly path: string;
  /** As it goes upstream. */
  readonly method: string;
  readonly upstreamPath: string;
  /** Flat, without those that frame the body. */
  readonly headers: string[];
  readonly credential: SentCredential;
  /** Present when a rule had to read it; else the body is still to come. */
  readonly body: Buffer | undefined;
}

/** What went upstream in the place of the caller's token. */
export interface SentCredential {
  /** The server behind did not accept it. */
  refused(): void;
  /** The server behind wants this in proofs to come. Whether {@link anew} gives such. */
  nonce(nonce: string): boolean;
  /** All headers once more, with a fresh proof. @throws OAuthError when there is no credential to be had */
  anew(): Promise<string[]>;
}

/** A request with its way back. */
export interface Arrived {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly isWebSocket: boolean;
}

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** The keys of the caller tokens. */
export const jwksPath = "/.well-known/valetkey-gateway/jwks.json";

/**
 * Judges a request, the cheap before the dear, and the token before the body. An answer where the guard has one;
 * undefined when the sender left.
 * @throws OAuthError for every refusal of the gateway's own
 */
export async function admit(
  gateway: Gateway,
  { incoming, outgoing, isWebSocket }: Arrived,
): Promise<Admitted | Response | undefined> {
  const { guard, live } = gateway;
  const { rules, credentials } = live;
  const method = incoming.method ?? "";
  requireMethod(method);
  requireSingleHeaders(incoming.rawHeaders);
  const target = readTarget(incoming.url ?? "");
  const request = guardRequest(incoming, target, gateway.resourceOrigin);
  const open = liveMetadata(gateway, request) ?? keysFor(gateway, method, target);
  if (open) return await open;
  if (isHealth(gateway, method, target)) return Response.json({ status: "ok" });
  const { path: upstreamPath, segments } = gateway.place.inward(target);
  const candidates = candidatesFor(rules.rules, method, segments, isWebSocket);
  const operation = `${method} ${target.path}`;

  const caller = await guard.guard(request, { scopes: candidates.certainScopes, operation });
  if (caller instanceof Response) return caller;
  const judged = await verdictOf(candidates, {
    incoming,
    outgoing,
    most: rules.limits.judged_body,
    room: gateway.room,
    caller: caller.subject,
  });
  if (judged === undefined) return undefined;
  const authorized = guard.authorize(caller, request, { scopes: judged.verdict.scopes, operation });
  if (authorized instanceof Response) return authorized;

  gateway.underWay.requireRoom(caller.subject, rules);
  for (const spelling of [upstreamPath, percentDecoded(upstreamPath)])
    requireNoToken(spelling, caller.token, "the path or query");
  requireBudget(gateway, rules, caller);
  const { credential: name } = judged.verdict;
  const asked = { caller, name, upstream: gateway.place.url, method, path: upstreamPath };
  const outbound = async () => {
    const own = { ...(await credentials.headersFor(asked)), ...told(gateway, live, caller) };
    const { host } = gateway.place.url;
    const { passHeaders: pass } = rules;
    const drop = [...rules.dropHeaders, ...judged.drop];
    return requestHeaders(incoming.rawHeaders, { host, token: caller.token, pass, drop, own });
  };
  const headers = await outbound();
  const credential: SentCredential = {
    refused: () => credentials.refused?.(asked),
    nonce: (nonce) => credentials.nonce?.(asked, nonce) ?? false,
    anew: outbound,
  };
  const { body } = judged;
  return { caller, rules, path: target.path, method, upstreamPath, headers, credential, body };
}

/** Who calls, where the rules want it told. */
function told(gateway: Gateway, { rules, callerTokens }: Live, caller: Caller): Record<string, string> {
  if (rules.callerToken === undefined) return {};
  const { audience = gateway.place.url.origin, lifetime } = rules.callerToken;
  return { "valetkey-caller": callerTokens.issue(caller, { audience, lifetime, now: gateway.clock() }) };
}

/** RFC 9110 §9.3.6, §9.3.8: CONNECT and TRACE are for others; what is not known cannot be judged. */
function requireMethod(method: string): void {
  if (methods.has(method)) return;
  throw new OAuthError("invalid_request", "This method is not taken here.", "request.method", {
    fact: method.slice(0, 40),
  });
}

/** As a server reads it: an opaque token's + / = are often percent-encoded in a query. */
function percentDecoded(path: string): string {
  return path.replace(/%[0-9a-f]{2}/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
}

/** The gateway's own health, as with a stdio server, unless the path is one of the upstream's. */
function isHealth({ place, live }: Gateway, method: string, target: Target): boolean {
  if (target.path !== "/health" || (method !== "GET" && method !== "HEAD")) return false;
  if (!place.contains(target)) return true;
  return candidatesFor(live.rules.rules, "GET", place.inward(target).segments).rules.length === 0;
}

function keysFor(gateway: Gateway, method: string, target: Target): Response | undefined {
  if (target.path !== jwksPath || method !== "GET" || !gateway.live.rules.callerToken) return undefined;
  return new Response(gateway.live.callerTokens.jwks, {
    headers: { "content-type": "application/jwk-set+json", "cache-control": "public, max-age=300" },
  });
}

interface Judged {
  readonly verdict: Verdict;
  readonly body: Buffer | undefined;
  /** Headers that say what no body bears out. */
  readonly drop: readonly string[];
}

async function verdictOf(candidates: Candidates, reading: ReadBody): Promise<Judged | undefined> {
  const { headers } = reading.incoming;
  const namesMcp = namesOperation(headers);
  const drop = namesMcp ? mcpHeaders : [];
  if (!hasBody(reading.incoming)) return { verdict: judge(candidates, undefined), body: undefined, drop };
  requireBodyType(candidates, {
    contentType: headers["content-type"],
    contentEncoding: headers["content-encoding"],
  });
  const isMessage = namesMcp && isPlainJson(headers);
  if (!candidates.readsBody && !isMessage)
    return { verdict: judge(candidates, undefined), body: undefined, drop };
  const body = await readBody(reading);
  if (body === undefined) return undefined;
  const json = candidates.readsBody ? readJsonBody(body) : messageIn(body);
  const passes = isMessage && mcpHeadersPass(headers, json);
  return {
    verdict: judge(candidates, candidates.readsBody ? json : undefined),
    body,
    drop: passes ? [] : drop,
  };
}

function isPlainJson(headers: IncomingMessage["headers"]): boolean {
  const { "content-type": type = "", "content-encoding": coding = "identity" } = headers;
  return /^application\/json\s*(?:;|$)/i.test(type) && coding.toLowerCase() === "identity";
}

/** A body that no rule reads may be anything; the headers beside what has two readings do not pass. */
function messageIn(body: Buffer): JsonObject | undefined {
  try {
    return readJsonBody(body);
  } catch (thrown) {
    if (thrown instanceof OAuthError) return undefined;
    throw thrown;
  }
}
