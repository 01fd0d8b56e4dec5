import { type AccessTokenClaims, accessTokenClaims } from "@valetkey/protocol/access-token";
import { contextOf } from "@valetkey/protocol/authentication-context";
import type { Keys } from "../ports/keys.ts";
import type { Settings } from "../ports/settings.ts";
import type { Instant, Seconds } from "../records/instant.ts";
import type { TokenFormat } from "../records/resource.ts";
import { opaqueToken } from "./opaque-token.ts";
import { newTokenId } from "./token-id.ts";

export interface AccessTokenFacts {
  /** The account; left out for a machine. */
  readonly accountId?: string;
  readonly clientId: string;
  readonly audience: string;
  readonly scopes: readonly string[];
  readonly lifetime: Seconds | null;
  /** It ends by then, whatever its lifetime. */
  readonly endsBy?: Instant;
  readonly format: TokenFormat;
  readonly lineageId?: number;
  /** The thumbprint of the key that the token is bound to; null for a bearer token. */
  readonly jkt: string | null;
  readonly authenticatedAt?: Instant;
  readonly roles?: readonly string[];
  /** How the person proved who they are: RFC 8176. */
  readonly amr?: readonly string[];
}

export interface AccessToken {
  readonly token: string;
  readonly expiresIn: Seconds;
  readonly type: "Bearer" | "DPoP";
}

/** RFC 9068: an access token for one audience, signed or sealed. Writes nothing. */
export async function accessToken(
  { keys, settings }: { keys: Keys; settings: Settings },
  facts: AccessTokenFacts,
  now: Instant,
): Promise<AccessToken> {
  const lifetime = facts.lifetime ?? settings.lifetimes.accessToken;
  const expiresIn = facts.endsBy === undefined ? lifetime : Math.min(lifetime, facts.endsBy - now);
  const claims = accessTokenClaims({
    issuer: settings.issuer,
    ...(facts.accountId === undefined ? {} : { subject: facts.accountId }),
    clientId: facts.clientId,
    audience: facts.audience,
    issuedAt: now,
    expiresAt: now + expiresIn,
    id: newTokenId(),
    scopes: facts.scopes,
    ...(facts.authenticatedAt === undefined ? {} : { authTime: facts.authenticatedAt }),
    ...(facts.amr === undefined ? {} : { acr: contextOf(facts.amr) }),
    ...(facts.roles === undefined ? {} : { roles: facts.roles }),
    ...(facts.lineageId === undefined ? {} : { lineage: String(facts.lineageId) }),
    ...(facts.jkt === null ? {} : { jkt: facts.jkt }),
  });
  return {
    token: await inForm(facts.format, claims, { keys, settings }),
    expiresIn,
    type: facts.jkt === null ? "Bearer" : "DPoP",
  };
}

/** The claims as they travel: a JWT for whoever knows our public keys, or sealed for ourselves alone. */
export function inForm(
  format: TokenFormat,
  claims: AccessTokenClaims,
  { keys, settings }: { keys: Keys; settings: Pick<Settings, "issuer"> },
): string | Promise<string> {
  return format === "opaque"
    ? opaqueToken(keys, settings.issuer, { ...claims })
    : keys.sign("at+jwt", { ...claims });
}
