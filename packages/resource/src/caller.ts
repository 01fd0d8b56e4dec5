import type { CheckedClaims } from "@valetkey/protocol/access-token";
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
  /** RFC 9068 §5: no person stands behind a token whose subject is its client. */
  readonly isMachine: boolean;
  readonly roles: readonly string[];
  has(scope: string): boolean;
}

export function callerOf(token: string, claims: CheckedClaims, hierarchy: Hierarchy | undefined): Caller {
  const scopes = (claims.scope ?? "").split(" ").filter((scope) => scope !== "");
  const all = permitted(scopes, hierarchy);
  const { roles } = claims;
  return {
    subject: claims.sub,
    clientId: claims.client_id,
    scopes,
    token,
    claims,
    expiresAt: claims.exp,
    isMachine: claims.sub === claims.client_id,
    roles: Array.isArray(roles) ? roles.filter((role) => typeof role === "string") : [],
    has: (scope) => all.has(scope),
  };
}
