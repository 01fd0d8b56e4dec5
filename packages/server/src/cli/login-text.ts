import type { LoginFacts } from "@valetkey/agent";
import { isoMoment, words } from "./wording.ts";

/** A login in JSON: never a token. */
export function loginFacts(login: LoginFacts) {
  return {
    resource: login.resource,
    ...(login.profile === "" ? {} : { profile: login.profile }),
    issuer: login.issuer,
    account: login.account ?? null,
    client_id: login.clientId,
    scopes: login.scopes ?? null,
    signed_in_at: isoMoment(login.signedInAt),
    token_expires_at: login.expiresAt === undefined ? null : isoMoment(login.expiresAt),
    renewable: login.isRenewable,
    dpop: login.isDpopBound,
  };
}

/** One line for each thing worth knowing. */
export function loginRows(login: LoginFacts, now: number): readonly (readonly string[])[] {
  return [
    ["resource", login.resource],
    ...(login.profile === "" ? [] : [["profile", login.profile]]),
    ["issuer", login.issuer],
    ["account", login.account ?? "not told by the issuer"],
    ["scopes", login.scopes === undefined ? "not told by the issuer" : words(login.scopes)],
    ["token", expiryText(login, now)],
    ...(login.isDpopBound ? [["key", "the tokens are bound to a key of this machine (DPoP)"]] : []),
  ];
}

function expiryText({ expiresAt, isRenewable }: LoginFacts, now: number): string {
  const renewed = isRenewable ? ", renewed by itself" : ", not renewable: sign in again then";
  if (expiresAt === undefined) return isRenewable ? "renewed when it is needed" : "none: the login has ended";
  if (expiresAt <= now) return isRenewable ? "renewed when it is needed" : "expired: sign in again";
  const minutes = Math.max(1, Math.round((expiresAt - now) / 60));
  return `good for ${minutes} ${minutes === 1 ? "minute" : "minutes"}${renewed}`;
}
