import type { RelyingParty } from "../../ports/passkeys.ts";

/** What answers are compared with. WebAuthn Level 3 §4 "RP ID", §13.4.9 */
export interface Site {
  /** The relying party id: the host without its port. Other hosts below the same domain are other sites. */
  readonly id: string;
  readonly origin: string;
  readonly name: string;
}

export function siteOf({ issuer, name }: RelyingParty): Site {
  const { hostname, origin } = new URL(issuer);
  return { id: hostname, origin, name };
}

/** WebAuthn Level 3 §14.6.1: the account's random id, which says nothing of the person. */
export function userHandleOf(accountId: string): string {
  return Buffer.from(accountId).toString("base64url");
}
