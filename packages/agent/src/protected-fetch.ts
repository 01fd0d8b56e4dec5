import { covers, union } from "@valetkey/protocol/scope";
import { isWithin } from "./address.ts";
import { type Demand, demandOf } from "./demand.ts";
import type { DpopKey, Nonces } from "./dpop-key.ts";
import { AgentError } from "./errors.ts";
import type { Instant } from "./instant.ts";
import type { StepUp } from "./options.ts";
import type { Fetch, Outbound } from "./outbound.ts";
import type { Token } from "./token.ts";

export type ProvenToken = Token & { readonly key: DpopKey | undefined };

export interface ProtectedFetch {
  readonly resource: string;
  readonly outbound: Outbound;
  readonly nonces: Nonces;
  now(): Instant;
  /** @param refused a token that the resource does not take */
  token(refused: string | undefined): Promise<ProvenToken>;
  readonly onStepUp: ((needed: StepUp) => Promise<boolean>) | undefined;
  heldScopes(): Promise<readonly string[]>;
}

const mostRedirects = 5;

/**
 * `fetch` for one resource. A token goes into the header of a request to the resource's own origin and path, and nowhere
 * else (MCP authorization, token requirements; RFC 9700 §4.10): another address throws, and so does a redirect that
 * leaves the resource. A redirect inside it is followed for GET and HEAD.
 * @throws AgentError address-foreign, redirect-refused, scope-needed, stronger-sign-in-needed, and those of `token`
 */
export function protectedFetch(about: ProtectedFetch): Fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    requireOwnAddress(about.resource, request.url);
    const body = await bodyOf(request, init);
    const attempt: Attempt = {
      send: (url, token) => sent(about, request, url, body, token),
      canRepeat: body.stream === undefined,
      hasAsked: false,
    };
    let response = await attempted(about, request.url, attempt);
    if (request.redirect === "manual") return response;
    let at = request.url;
    for (let hop = 0; isRedirect(response); hop++) {
      at = redirectTarget(about.resource, request, { at, response, hop });
      await response.body?.cancel();
      response = await attempted(about, at, attempt);
    }
    return response;
  };
}

interface Attempt {
  send(url: string, token: ProvenToken): Promise<Response>;
  /** A stream is gone when it was sent. */
  readonly canRepeat: boolean;
  /** Whether the person was asked for more; once, however often the resource redirects. */
  hasAsked: boolean;
}

/** One request: with another token at a 401, and once more with what a step-up brought, here or in another process. */
async function attempted(about: ProtectedFetch, url: string, attempt: Attempt): Promise<Response> {
  const { send, canRepeat } = attempt;
  let token = await about.token(undefined);
  let response = await send(url, token);
  let demand = demandOf(response);
  if (demand?.kind === "another-token" && canRepeat) {
    const next = await anotherToken(about, token.accessToken);
    // Nothing else to show: the caller sees what the resource said.
    if (!next) return response;
    await response.body?.cancel();
    token = next;
    response = await send(url, token);
    demand = demandOf(response);
  }
  if (demand === undefined || demand.kind === "another-token") return response;
  await response.body?.cancel();
  if (!canRepeat) throw needed(about.resource, demand, await about.heldScopes());
  // MCP authorization, step-up: once. What still does not do is told.
  const last = await send(
    url,
    (await newerToken(about, token, demand)) ?? (await stepUp(about, attempt, demand)),
  );
  const still = demandOf(last);
  if (still === undefined || still.kind === "another-token") return last;
  await last.body?.cancel();
  throw needed(about.resource, still, await about.heldScopes());
}

async function anotherToken(about: ProtectedFetch, refused: string): Promise<ProvenToken | undefined> {
  const next = await about.token(refused);
  return next.accessToken === refused ? undefined : next;
}

/**
 * Another process may have stepped up since the token was taken: what is held by now is asked of nobody again. It throws
 * where the token that was refused has all of it, since another sign-in would bring the same.
 */
async function newerToken(
  about: ProtectedFetch,
  refused: ProvenToken,
  demand: Demand,
): Promise<ProvenToken | undefined> {
  const held = await about.heldScopes();
  if (demand.kind !== "scopes" || demand.scopes.length === 0 || !covers(held, demand.scopes))
    return undefined;
  const newer = await about.token(undefined);
  if (newer.accessToken === refused.accessToken) throw needed(about.resource, demand, held);
  return newer;
}

/** The token that a step-up brought. */
async function stepUp(about: ProtectedFetch, attempt: Attempt, demand: Demand): Promise<ProvenToken> {
  const held = await about.heldScopes();
  const { acrValues, maxAge } = demand;
  const scopes = union(held, demand.scopes);
  const isDone = !attempt.hasAsked && (await about.onStepUp?.({ scopes, acrValues, maxAge }));
  attempt.hasAsked = true;
  if (isDone !== true) throw needed(about.resource, demand, held);
  return await about.token(undefined);
}

function needed(resource: string, demand: Demand, held: readonly string[]): AgentError {
  const { acrValues, maxAge } = demand;
  const scopes = union(held, demand.scopes);
  const facts = {
    address: resource,
    scopes,
    ...(acrValues && { acrValues }),
    ...(maxAge !== undefined && { maxAge }),
  };
  if (demand.kind === "sign-in") {
    return new AgentError("stronger-sign-in-needed", `${resource} asks for another sign-in.`, facts);
  }
  const list = demand.scopes.join(" ").slice(0, 300) || "more than is held";
  return new AgentError("scope-needed", `${resource} asks for ${list}.`, facts);
}

/** One try, and one more with the nonce that the resource asks for: RFC 9449 §9. */
async function sent(
  { outbound, nonces, now }: ProtectedFetch,
  request: Request,
  url: string,
  body: Body,
  token: ProvenToken,
): Promise<Response> {
  const target = new URL(url);
  const once = async () => {
    const headers = new Headers(request.headers);
    headers.set("authorization", `${token.tokenType} ${token.accessToken}`);
    headers.delete("dpop");
    const { accessToken, key } = token;
    if (key && token.tokenType === "DPoP") {
      const about = {
        method: request.method,
        url: target,
        now: now(),
        nonce: nonces.of(target),
        accessToken,
      };
      headers.set("dpop", await key.proof(about));
    }
    return await outbound.fetch(url, {
      method: request.method,
      headers,
      redirect: "manual",
      signal: request.signal,
      ...(body.bytes && { body: body.bytes }),
      ...(body.stream && { body: body.stream, duplex: "half" }),
    });
  };
  const first = await once();
  const hasNew = nonces.learn(target, first.headers);
  const asksNonce =
    first.status === 401 && /use_dpop_nonce/.test(first.headers.get("www-authenticate") ?? "");
  if (!hasNew || !asksNonce || body.stream) return first;
  await first.body?.cancel();
  const second = await once();
  nonces.learn(target, second.headers);
  return second;
}

/** A body that can be sent again, or a stream, which can be sent once. */
interface Body {
  readonly bytes?: Uint8Array<ArrayBuffer>;
  readonly stream?: ReadableStream;
}

async function bodyOf(request: Request, init: RequestInit | undefined): Promise<Body> {
  if (request.body === null) return {};
  if (init?.body instanceof ReadableStream) return { stream: request.body };
  return { bytes: new Uint8Array(await request.arrayBuffer()) };
}

function requireOwnAddress(resource: string, url: string): void {
  if (isWithin(resource, url)) return;
  const { origin, pathname } = new URL(url);
  const address = `${origin}${pathname}`.slice(0, 200);
  throw new AgentError("address-foreign", `${address} is not in ${resource}.`, { address });
}

function isRedirect({ status, headers }: Response): boolean {
  return [301, 302, 303, 307, 308].includes(status) && headers.has("location");
}

/** RFC 9110 §10.2.2: a relative place is meant from the address that answered, not from the first one. */
function redirectTarget(
  resource: string,
  request: Request,
  { at, response, hop }: { readonly at: string; readonly response: Response; readonly hop: number },
): string {
  const place = response.headers.get("location") ?? "";
  const next = URL.canParse(place, at) ? new URL(place, at) : undefined;
  const isSafe = request.method === "GET" || request.method === "HEAD";
  if (
    next &&
    isSafe &&
    hop < mostRedirects &&
    request.redirect === "follow" &&
    isWithin(resource, next.href)
  ) {
    return next.href;
  }
  const address = next ? `${next.origin}${next.pathname}`.slice(0, 200) : "nowhere";
  throw new AgentError("redirect-refused", `${resource} redirects to ${address}.`, { address });
}
