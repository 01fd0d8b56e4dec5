import type { Seconds } from "../records/instant.ts";

/**
 * The server's only way to fetch a URL that somebody else chose: client ID metadata documents and their
 * `jwks_uri`. It never throws for what the network or the far end does; every fault is an answer.
 */
export interface Outbound {
  fetchJson(url: string, limits?: OutboundLimits): Promise<OutboundAnswer>;
}

export interface OutboundLimits {
  /** Octets of body that are read before the answer is refused; the adapter's own cap when absent. */
  readonly maxBytes?: number | undefined;
  /** The entity tag of an earlier answer; asks for `not-modified` when it still holds. RFC 9110 §13.1.2. */
  readonly etag?: string | undefined;
}

export type OutboundAnswer =
  | {
      readonly status: "ok";
      /** Parsed JSON, any type; no object in it has a member `__proto__` or a repeated name. */
      readonly json: unknown;
      /** Octets of the body. */
      readonly bytes: number;
      /** What the HTTP cache headers allow (RFC 9111 §4.2); 0 when they say nothing. The caller sets bounds. */
      readonly freshFor: Seconds;
      readonly etag: string | undefined;
    }
  | { readonly status: "not-modified"; readonly freshFor: Seconds }
  | {
      readonly status: "refused";
      readonly reason: OutboundRefusal;
      /** One sentence for the operator. Never for the wire: it may name addresses of this network. */
      readonly fact: string;
    };

export type OutboundRefusal =
  /** Not an https URL, or one that carries credentials. */
  | "url"
  /** The host is, or resolves to, an address that is not public. */
  | "address"
  /** The name does not resolve, nothing listens there, the certificate is not valid, or too much is under way. */
  | "unreachable"
  | "redirect"
  /** An HTTP status other than 200 (or 304 when it was asked for). */
  | "status"
  /** Not JSON, or compressed though that was not offered. */
  | "content-type"
  | "too-large"
  | "timeout"
  /** Not HTTP, not UTF-8, or not JSON in which each name stands once. */
  | "malformed";
