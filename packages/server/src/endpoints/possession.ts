import { boundKey } from "@valetkey/protocol/dpop";
import { invalidProof, invalidToken } from "@valetkey/protocol/errors";
import { endpointPaths } from "@valetkey/protocol/server-metadata";
import type { HttpRequest } from "../http/message.ts";
import type { Client } from "../records/client.ts";
import type { Instant } from "../records/instant.ts";
import type { Possession } from "../tokens/dpop-proof.ts";
import type { PresentedToken } from "./bearer.ts";
import type { Context } from "./context.ts";

type Reader = Pick<Context, "readProof" | "settings">;

/**
 * RFC 9449 §5: what a token request proves beside its grant.
 * @throws invalid_dpop_proof, or use_dpop_nonce with a nonce
 */
export async function possessionAtToken(
  { readProof, settings }: Reader,
  request: HttpRequest,
  client: Client,
  now: Instant,
): Promise<Possession> {
  const proof = request.header("dpop");
  // RFC 9449 §5.2: the client said beforehand that it wants no other tokens.
  if (proof === undefined && client.boundTokens) throw invalidProof("dpop.missing");
  const target = `${settings.issuer}${endpointPaths.token}`;
  return await readProof({ proof, method: request.method, target, now });
}

/**
 * RFC 9449 §7.1, §7.2, at UserInfo: a bound token with a proof by its key, any other without.
 * @returns the nonce that the answer should bring along, if any
 * @throws invalid_token, invalid_dpop_proof, or use_dpop_nonce with a nonce
 */
export async function requirePossession(
  { readProof, settings }: Reader,
  request: HttpRequest,
  { token, scheme }: PresentedToken,
  claims: { readonly cnf?: unknown },
  now: Instant,
): Promise<string | undefined> {
  const bound = boundKey(claims.cnf);
  if (bound === undefined && scheme === "Bearer") return undefined;
  if (bound === undefined) throw invalidToken("dpop.not-bound");
  if (scheme === "Bearer") throw invalidToken("token.bound");
  const { method } = request;
  const target = `${settings.issuer}${endpointPaths.userinfo}`;
  const proof = request.header("dpop");
  const possession = await readProof({ proof, method, target, accessToken: token, now });
  await possession.key(bound);
  return possession.nextNonce;
}

/** RFC 9449 §8.2 */
export function nonceHeader(nonce: string | undefined): Readonly<Record<string, string>> {
  return nonce === undefined ? {} : { "dpop-nonce": nonce };
}
