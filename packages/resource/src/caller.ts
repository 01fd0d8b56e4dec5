import type { CheckedClaims } from "@valetkey/protocol/access-token";
import { actorsOf, readActChain } from "@valetkey/protocol/act-chain";
import { invalidToken } from "@valetkey/protocol/errors";
import { type Hierarchy, permitted } from "./scopes.ts";

/** Who calls, as the checked token says it. */
export interface Caller {
  /** The person, or the client itself when {@link isMachine}. */
  readonly subject: string;
  readonly clientId: string;
  /** As granted; {@link has} also knows what a broader scope stands for. */
  readonly scopes: readonly string[];
  /** For the resource alone: never send it to another server. */
  readonly token: string;
  readonly claims: CheckedClaims;
  /** Seconds since 1970. */
  readonly expiresAt: number;
  /** Who acts for the subject, newest first: RFC 8693 §4.1. Only the first counts for access; none for a token that was never exchanged. */
  readonly actors: readonly string[];
  /** RFC 9068 §5: no person stands behind a token whose subject is its client, or was before it was exchanged. */
  readonly isMachine: boolean;
  readonly roles: readonly string[];
  has(scope: string): boolean;
}

/** What a token's claims permit, worked out once for all requests that bring the token. */
export interface Rights {
  readonly scopes: readonly string[];
  readonly permitted: ReadonlySet<string>;
  readonly roles: readonly string[];
  readonly actors: readonly string[];
}

/** @throws invalid_token where the chain of actors cannot be read: nobody could tell who acts */
export function rightsOf(
  { scope = "", roles, act }: CheckedClaims,
  hierarchy: Hierarchy | undefined,
): Rights {
  const scopes = scope.split(" ").filter((one) => one !== "");
  const chain = readActChain(act);
  if (chain === "malformed") throw invalidToken("token.claims", { fact: "act" });
  return {
    scopes: Object.freeze(scopes),
    permitted: permitted(scopes, hierarchy),
    actors: Object.freeze(actorsOf(chain)),
    roles: Object.freeze(Array.isArray(roles) ? roles.filter((role) => typeof role === "string") : []),
  };
}

export function callerOf(token: string, claims: CheckedClaims, rights: Rights): Caller {
  const { scopes, roles, actors } = rights;
  return {
    subject: claims.sub,
    clientId: claims.client_id,
    scopes,
    token,
    claims,
    expiresAt: claims.exp,
    actors,
    isMachine: claims.sub === (claims.origin_client_id ?? claims.client_id),
    roles,
    has: (scope) => rights.permitted.has(scope),
  };
}
