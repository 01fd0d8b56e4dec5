import { OAuthError } from "@valetkey/protocol/errors";
import type { Store } from "../ports/store.ts";
import type { SignedIn } from "./authorization.ts";
import type { Parties } from "./parties.ts";

/** A refusal that the client is told by a redirect. OAuth 2.1 §4.1.2.1 */
export class AuthorizationError extends OAuthError {
  /** Where the client is told. */
  readonly location: string;
  /** Whether the browser may go there by itself, or the person is asked first. OAuth 2.1 §7.13.2 */
  readonly automatic: boolean;
  readonly clientName: string;

  constructor(refused: OAuthError, parties: Parties, issuer: string, automatic: boolean) {
    const { fact, retryAfter, cause } = refused;
    super(refused.code, refused.message, refused.refusal, {
      ...(fact === undefined ? {} : { fact }),
      ...(retryAfter === undefined ? {} : { retryAfter }),
      ...(cause === undefined ? {} : { cause }),
    });
    this.location = answerUri(parties, issuer, { error: refused.code, error_description: refused.message });
    this.automatic = automatic;
    this.clientName = parties.client.name;
  }
}

/**
 * OAuth 2.1 §7.13.2: an error sends the browser on by itself only after the person signed in, and only to a client that
 * the operator registered or the person let in before. Every other is a page with a link, or this server would lend its
 * good name to any address that registers itself. prompt=none spares the operator's own clients the sign-in, and no others.
 */
export async function isTrusted(
  store: Pick<Store, "grants">,
  { client }: Parties,
  person: SignedIn | undefined,
  isSilent = false,
): Promise<boolean> {
  if (client.kind === "registered") return isSilent || person !== undefined;
  if (person === undefined) return false;
  return (await store.grants.findFor(person.account.id, client.id)) !== undefined;
}

/**
 * The redirect that answers the client: what it registered stays as it is, query included; `state` is echoed exactly
 * and `iss` is always there (RFC 9207 §2).
 */
export function answerUri(
  parties: Parties,
  issuer: string,
  members: Readonly<Record<string, string>>,
): string {
  const { redirectUri, state } = parties;
  const answer = new URLSearchParams({ ...members, ...(state === undefined ? {} : { state }), iss: issuer });
  return `${redirectUri}${redirectUri.includes("?") ? "&" : "?"}${answer}`;
}
