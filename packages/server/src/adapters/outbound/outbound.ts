import type { IncomingMessage } from "node:http";
import type { Clock } from "../../ports/clock.ts";
import type { Outbound, OutboundAnswer, OutboundLimits } from "../../ports/outbound.ts";
import type { Seconds } from "../../records/instant.ts";
import { connectTo, type Dialler, systemDialler } from "./connect.ts";
import { ask, readBody } from "./exchange.ts";
import { freshness } from "./freshness.ts";
import { parseJson } from "./json.ts";
import { Refused } from "./refused.ts";
import { atMost, checkedAddresses, type Resolver, systemResolver } from "./resolve.ts";
import { targetOf } from "./target.ts";

export interface OutboundOptions {
  /**
   * For a development server whose own issuer is on loopback: `http` and `https` to a loopback literal or to
   * `localhost` are then fetched too. Names that merely resolve to loopback stay refused. CIMD §8.6.
   */
  readonly allowLoopback?: boolean;
  /** Octets of body read when the caller states no cap; 64 KiB. CIMD §8.7 asks for a cap of 5 kB or so. */
  readonly maxBytes?: number;
  /** For everything together: name lookup, connection, TLS, headers, body; 5 seconds. */
  readonly deadline?: Seconds;
  /** Fetches, and name lookups, under way at once; more are refused, so that strangers cannot use up our sockets; 64. */
  readonly maxConcurrent?: number;
  /** Certificates (PEM) to trust instead of Node's own list. */
  readonly ca?: string;
  readonly clock?: Clock;
  readonly resolver?: Resolver;
  readonly dial?: Dialler;
}

/** The port on `node:http` over a connection of our own making. MCP authorization, security of CIMD fetches. */
export function outbound(options: OutboundOptions = {}): Outbound {
  const { deadline = 5, maxConcurrent = 64 } = options;
  const resolver = atMost(maxConcurrent, options.resolver ?? systemResolver);
  let underWay = 0;
  return {
    async fetchJson(url, limits = {}) {
      if (underWay >= maxConcurrent) {
        return refusal(new Refused("unreachable", `${maxConcurrent} other fetches are under way.`));
      }
      const ending = new AbortController();
      const late = new Refused("timeout", `The document did not arrive within ${deadline} seconds.`);
      const timer = setTimeout(() => ending.abort(late), deadline * 1000);
      underWay += 1;
      try {
        return await Promise.race([
          fetchOnce(url, limits, { ...options, resolver }, ending.signal),
          aborted(ending.signal),
        ]);
      } catch (thrown) {
        if (thrown instanceof Refused) return refusal(thrown);
        throw thrown;
      } finally {
        underWay -= 1;
        clearTimeout(timer);
        ending.abort(late); // closes whatever is still open
      }
    },
  };
}

async function fetchOnce(
  given: string,
  limits: OutboundLimits,
  options: OutboundOptions & { readonly resolver: Resolver },
  signal: AbortSignal,
): Promise<OutboundAnswer> {
  const { allowLoopback = false, resolver, dial = systemDialler, ca } = options;
  const target = targetOf(given, { allowLoopback });
  const addresses = await checkedAddresses(target, resolver);
  signal.throwIfAborted();
  const socket = await connectTo({ target, addresses, dial, ca, signal });
  const etag = entityTag(limits.etag);
  const answer = await ask(socket, target.url, etag);
  const now = options.clock?.now() ?? Math.floor(Date.now() / 1000);
  const freshFor = freshness(answer.headers, now);
  if (answer.statusCode === 304 && etag !== undefined) return { status: "not-modified", freshFor };
  requireDocument(answer);
  const body = await readBody(answer, limits.maxBytes ?? options.maxBytes ?? 64 * 1024);
  const json = parseJson(body);
  return { status: "ok", json, bytes: body.length, freshFor, etag: entityTag(answer.headers.etag) };
}

/** @throws Refused "redirect", "status" or "content-type" */
function requireDocument({ statusCode = 0, headers }: IncomingMessage): void {
  // CIMD §5: a redirect is not followed, and nothing but 200 is a document.
  if (statusCode >= 300 && statusCode < 400 && statusCode !== 304) {
    throw new Refused("redirect", `The answer is a redirect (${statusCode}), which is not followed.`);
  }
  if (statusCode !== 200) throw new Refused("status", `The answer has the status ${statusCode}, not 200.`);
  const type = headers["content-type"] ?? "";
  if (!/^application\/(?:[\w!#$&^.+-]+\+)?json[ \t]*(?:;|$)/i.test(type)) {
    throw new Refused("content-type", `The answer is "${printable(type)}", not application/json.`);
  }
  const encoding = headers["content-encoding"] ?? "identity";
  if (encoding.toLowerCase() !== "identity") {
    throw new Refused(
      "content-type",
      `The answer is encoded (${printable(encoding)}), which was not offered.`,
    );
  }
}

/** RFC 9110 §8.8.3; anything else is no tag and is neither kept nor sent. */
function entityTag(text: string | undefined): string | undefined {
  return text !== undefined && /^(?:W\/)?"[\x21\x23-\x7E]*"$/.test(text) ? text : undefined;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

function refusal({ reason, message }: Refused): OutboundAnswer {
  return { status: "refused", reason, fact: message };
}

function printable(text: string): string {
  return text.replace(/[^\x20-\x7E]/g, "?").slice(0, 80);
}
