import { type CheckedClaims, requireAccessTokenClaims } from "@valetkey/protocol/access-token";
import { invalidToken, OAuthError } from "@valetkey/protocol/errors";
import { type Rights, rightsOf } from "./caller.ts";
import { frozen } from "./frozen.ts";
import type { Held } from "./held.ts";
import { introspected } from "./introspection.ts";
import type { IssuerMetadata } from "./issuer.ts";
import type { IntrospectionOptions, Settings } from "./options.ts";
import { QuestionLimit } from "./question-limit.ts";
import type { RefusedTokens } from "./refused-tokens.ts";
import { RememberedTokens } from "./remembered-tokens.ts";

interface OpaqueToken {
  readonly claims: CheckedClaims;
  readonly rights: Rights;
  /** When the issuer was last asked, in seconds since 1970. */
  readonly askedAt: number;
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
 * A token that the issuer called good before is asked about as often as it comes; any other word within {@link QuestionLimit}.
 * @throws invalid_token; temporarily_unavailable when the issuer does not say, or is asked too much
 */
export function opaqueTokens(
  settings: Settings,
  introspection: IntrospectionOptions,
  metadata: Held<IssuerMetadata>,
  refused: RefusedTokens,
): (token: string, name: string) => Promise<OpaqueToken> {
  const { cacheSeconds = 0, unknownPerSecond = 50 } = introspection;
  const known = new RememberedTokens<OpaqueToken>(Math.max(1, settings.cacheSize));
  const limit = new QuestionLimit(unknownPerSecond, settings.clock);
  /** The first question about a word: who brings the same meanwhile shares its no, and then asks for a yes of its own. */
  const firsts = new Map<string, Promise<OpaqueToken>>();

  return async function judge(token, name) {
    for (;;) {
      refused.judge(name);
      const held = known.get(name);
      if (held) return isFresh(held) ? held : await ask(token, name);
      const first = firsts.get(name);
      if (first === undefined) return await askFirst(token, name);
      await first;
    }
  };

  /** A clock that was set back makes the issuer's word old. */
  function isFresh({ claims, askedAt }: OpaqueToken): boolean {
    const now = settings.clock();
    return now >= askedAt && now < Math.min(askedAt + cacheSeconds, claims.exp);
  }

  function askFirst(token: string, name: string): Promise<OpaqueToken> {
    const first = limit.run(() => ask(token, name)).finally(() => firsts.delete(name));
    firsts.set(name, first);
    return first;
  }

  async function ask(token: string, name: string): Promise<OpaqueToken> {
    const askedAt = settings.clock();
    try {
      const answer = await introspected(settings, introspection, metadata, token);
      if (!answer.active) throw invalidToken("token.revoked");
      const claims = claimsOf(answer, settings);
      const fresh = { claims, rights: rightsOf(claims, settings.scopeHierarchy), askedAt };
      known.keep(name, fresh);
      return fresh;
    } catch (thrown) {
      refused.keep(name, thrown, askedAt);
      if (!(thrown instanceof OAuthError && thrown.code === "temporarily_unavailable")) known.forget(name);
      throw thrown;
    }
  }
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
