import { learnTime, type ProofKey, type ProvenRequest, proof } from "./proof-key.ts";

export interface Credentials {
  /** Signs a proof for each request. */
  readonly key?: ProofKey | undefined;
  readonly accessToken?: string;
}

export interface Sender extends Credentials {
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** The headers that prove a request, the token in one carrier. RFC 6750 §2.1, RFC 9449 §7.1 */
export async function credentials(
  { key, accessToken }: Credentials,
  { method, url, nonce }: Pick<ProvenRequest, "method" | "url" | "nonce">,
): Promise<Readonly<Record<string, string>>> {
  return {
    ...(accessToken && { authorization: `${key ? "DPoP" : "Bearer"} ${accessToken}` }),
    ...(key && { DPoP: await proof(key, { method, url, accessToken, nonce }) }),
  };
}

/** The newest nonce of each server, by origin. RFC 9449 §8 */
const nonces = new Map<string, string>();

/**
 * A request to the issuer, with a form or to read: no cookie goes along and no redirect is followed.
 * @param seconds after which nobody waits any longer
 */
export async function requestIssuer(
  url: string,
  seconds: number,
  sender: Sender = {},
  body?: URLSearchParams,
): Promise<Response> {
  const method = body ? "POST" : "GET";
  const { origin } = new URL(url);
  const proven = await credentials(sender, { method, url, nonce: nonces.get(origin) });
  const response = await fetch(url, {
    method,
    ...(body && { body, cache: "no-store" }),
    headers: { accept: "application/json", ...sender.headers, ...proven },
    credentials: "omit",
    redirect: "error",
    signal: AbortSignal.timeout(seconds * 1000),
  });
  learnTime(response);
  const nonce = response.headers.get("dpop-nonce");
  if (nonce) nonces.set(origin, nonce);
  return response;
}

type Parameters = Readonly<Record<string, string | undefined>>;

/** Those that have a value, added to what is there. */
export function fields(parameters: Parameters, all = new URLSearchParams()): URLSearchParams {
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) all.set(name, value);
  return all;
}

/** A URL with these parameters beside its own. */
export function withQuery(url: string, parameters: Parameters): string {
  const whole = new URL(url);
  fields(parameters, whole.searchParams);
  return whole.href;
}
