import { AgentError } from "../errors.ts";
import type { Outbound } from "../outbound.ts";
import { discoverIssuer, type Issuer } from "./issuer.ts";
import { discoverResource } from "./resource.ts";

/** A resource and the issuer of its tokens. */
export interface Place {
  readonly resource: string;
  readonly issuer: Issuer;
  /** What an ordinary request needs; undefined: nobody says. */
  readonly scopes: readonly string[] | undefined;
  readonly isDpopRequired: boolean;
}

/**
 * The issuer that the caller names, or the first that the resource names.
 * @throws AgentError as `discoverResource` and `discoverIssuer`, and issuer-unfit
 */
export async function discover(outbound: Outbound, resource: string, named?: string): Promise<Place> {
  if (named !== undefined) {
    const issuer = await discoverIssuer(outbound, named);
    return { resource, issuer, scopes: undefined, isDpopRequired: false };
  }
  const { issuers, ...facts } = await discoverResource(outbound, resource);
  const issuer = await discoverIssuer(outbound, issuers[0] ?? "");
  requireOwnSignIn(issuer);
  return { ...facts, issuer };
}

/**
 * RFC 9700 §4.4: a stranger's issuer could send the person to an honest one's sign-in and be brought its code. `iss` in the
 * answer shows that; an issuer that does not send it has its sign-in at home, or is named by the caller.
 */
function requireOwnSignIn({ issuer, saysIss, authorizationEndpoint }: Issuer): void {
  if (saysIss || !authorizationEndpoint || authorizationEndpoint.origin === new URL(issuer).origin) return;
  throw new AgentError(
    "issuer-unknown",
    `${issuer} sends people to ${authorizationEndpoint.origin} to sign in and does not say who answers from there.`,
  );
}
