import type { Instant } from "../instant.ts";
import type { Login } from "./login.ts";

/** A login as it may be shown: no token, no key. */
export interface LoginFacts {
  readonly resource: string;
  readonly profile: string;
  readonly issuer: string;
  readonly clientId: string;
  /** Who signed in, where the issuer told. */
  readonly account: string | undefined;
  /** undefined: the issuer did not say. */
  readonly scopes: readonly string[] | undefined;
  readonly signedInAt: Instant;
  /** When the access token ends; undefined: it has none, or the issuer does not say. */
  readonly expiresAt: Instant | undefined;
  /** Whether new access tokens can be had without the person. */
  readonly isRenewable: boolean;
  readonly isDpopBound: boolean;
}

export function factsOf(login: Login): LoginFacts {
  const { resource, profile, issuer, client, account, scopes, signedInAt, tokens } = login;
  return {
    resource,
    profile,
    issuer,
    clientId: client.id,
    account,
    scopes,
    signedInAt,
    expiresAt: tokens.find(({ asked }) => asked === "")?.expiresAt,
    isRenewable: login.refreshToken !== undefined,
    isDpopBound: login.dpopKey !== undefined,
  };
}
