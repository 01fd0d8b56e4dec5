import { type CheckedClaims, requireAccessTokenClaims } from "@valetkey/protocol/access-token";
import { invalidToken } from "@valetkey/protocol/errors";
import { type Rights, rightsOf } from "./caller.ts";
import { frozen } from "./frozen.ts";
import type { Held } from "./held.ts";
import { introspected } from "./introspection.ts";
import type { IssuerMetadata } from "./issuer.ts";
import type { IntrospectionOptions, Settings } from "./options.ts";
import { RememberedTokens } from "./remembered-tokens.ts";

interface OpaqueToken {
  readonly claims: CheckedClaims;
  readonly rights: Rights;
  /** Until when the issuer's word holds, in seconds since 1970; never beyond the token's own end. */
  readonly until: number;
}

/** RFC 7515 §7.1: what has not three parts is no JWT, and says nothing to anybody but its issuer. */
export function isOpaque(token: string): boolean {
  const second = token.indexOf(".", token.indexOf(".") + 1);
  return second < 1 || token.includes(".", second + 1);
}

/** What stands in a JWT's header; here the issuer was asked over TLS, which takes the place of a signature. */
const vouchedFor = { typ: "at+jwt", alg: "ES256" };

/**
 * Tokens about which all is the issuer's word (RFC 7662 §2.2). It must say what a JWT says of itself: for whom (`aud` names
 * this resource), whose (`client_id`) and until when (`exp`). `name` is the token's digest.
 * @throws invalid_token; temporarily_unavailable when the issuer does not say
 */
export function opaqueTokens(
  settings: Settings,
  introspection: IntrospectionOptions,
  metadata: Held<IssuerMetadata>,
): (token: string, name: string) => Promise<OpaqueToken> {
  const known = new RememberedTokens<OpaqueToken>(settings.cacheSize);
  const { cacheSeconds = 0 } = introspection;

  return async function judge(token, name) {
    const askedAt = settings.clock();
    const held = cacheSeconds > 0 ? known.get(name) : undefined;
    if (held && askedAt < held.until) return held;
    known.forget(name);
    const answer = await introspected(settings, introspection, metadata, token);
    if (!answer.active) throw invalidToken("token.revoked");
    const claims = claimsOf(answer, settings);
    const fresh = {
      claims,
      rights: rightsOf(claims, settings.scopeHierarchy),
      until: Math.min(askedAt + cacheSeconds, claims.exp),
    };
    if (cacheSeconds > 0) known.keep(name, fresh);
    return fresh;
  };
}

function claimsOf(answer: Readonly<Record<string, unknown>>, settings: Settings): CheckedClaims {
  const { active: _, token_type: type, ...said } = answer;
  // RFC 7662 §2.2 leaves the type out where the token is none to be presented: a refresh token is active, too.
  const scheme = typeof type === "string" ? type.toLowerCase() : undefined;
  if (scheme !== "bearer" && scheme !== "dpop") throw invalidToken("token.type", { fact: "token_type" });
  if ((scheme === "dpop") !== (said.cnf !== undefined)) throw invalidToken("token.claims", { fact: "cnf" });
  // RFC 7662 §2.2: the issuer need not name itself; without a person the subject is the client (RFC 9068 §2.2).
  const payload = { ...said, iss: said.iss ?? settings.issuer, sub: said.sub ?? said.client_id };
  requireAccessTokenClaims(vouchedFor, payload, {
    issuer: settings.issuer,
    audience: settings.resource,
    now: settings.clock(),
    clockTolerance: settings.clockTolerance,
  });
  return frozen(payload);
}
