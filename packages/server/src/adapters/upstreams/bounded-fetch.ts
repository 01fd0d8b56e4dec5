import type { CustomFetch } from "openid-client";
import type { Seconds } from "../../records/instant.ts";
import { targetOf } from "../outbound/target.ts";
import { readBounded } from "./bounded-body.ts";

export interface FetchBounds {
  /** http to loopback: for a development server whose own issuer is there. */
  readonly allowLoopback: boolean;
  /** For everything together, from name lookup to the last octet. */
  readonly deadline: Seconds;
  readonly maxBytes: number;
  readonly fetch: typeof fetch;
}

/**
 * How upstreams are spoken to: https only, no redirect, no answer that never ends. The operator chose the host, which may
 * well be within their own network: its addresses are not judged, as those of a stranger's URL are (adapters/outbound).
 * @throws Refused "url", "too-large"; TypeError and DOMException as `fetch` does
 */
export function boundedFetch(bounds: FetchBounds): CustomFetch {
  return async (url, { body, headers, method, signal }) => {
    targetOf(url, bounds);
    const deadline = AbortSignal.timeout(bounds.deadline * 1000);
    const answer = await bounds.fetch(url, {
      method,
      headers,
      redirect: "manual",
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      ...(body === undefined || body === null ? {} : { body: body as NonNullable<RequestInit["body"]> }),
    });
    const octets = await readBounded(answer, bounds.maxBytes);
    const { status } = answer;
    const isBare = status === 204 || status === 205 || status === 304;
    return new Response(isBare ? null : octets, { status, headers: answer.headers });
  };
}
