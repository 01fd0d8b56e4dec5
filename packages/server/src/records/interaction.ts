import type { Instant } from "./instant.ts";

/** What waits for a person in one browser: a client's authorization request, or a page of ours that wants them signed in. */
export interface Interaction {
  /** Random; in the URL of the pages. */
  readonly id: string;
  /** SHA-256 of the browser's own cookie, hexadecimal: only the browser that began may go on. */
  readonly browserHash: string;
  /** The authorization request's query string as it came, judged anew at each step; or that of our own page. */
  readonly query: string;
  /** Empty where no client waits but a page of ours. */
  readonly clientId: string;
  /** When the person signed in for this interaction: satisfies prompt=login and max_age asked before. */
  readonly signedInAt: Instant | null;
  /** How far they have come with it. */
  readonly progress: SignInProgress;
  /** Counts the changes of `progress`, so that of two steps at once one is made. */
  readonly version: number;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

/** How far a person has come with proving who they are. Empty at the beginning. */
export interface SignInProgress {
  /** What they wait to do; absent at the beginning, where every way is open. */
  readonly step?: SignInStep;
  /** Who it is, once a first factor fit. */
  readonly accountId?: string;
  /** RFC 8176: what fitted so far. */
  readonly methods?: readonly string[];
  /** When the first factor fitted. */
  readonly provenAt?: Instant;
  /** SHA-256 of the password hash that the account had then, hexadecimal: with another password this sign-in is over. */
  readonly passwordMark?: string;
  /** The session that proved the first factor, where one did: it must still stand at the end. */
  readonly sid?: string;
  /** The email address that was typed, for the next page. */
  readonly email?: string;
  /** A secret for one-time passwords that is being set up, sealed, base64url. */
  readonly newSecret?: string;
  /** Recovery codes that the person is being shown, sealed, base64url. */
  readonly newCodes?: string;
  /** What they are told of a sign-in elsewhere that did not work: a word that the pages have a sentence for. */
  readonly fault?: string;
  /** The upstream's name in the settings, where the fault is of one. */
  readonly faultOf?: string;
  /** The provider at which they are signing in right now. */
  readonly upstream?: UpstreamSignIn;
}

export type SignInStep =
  /** A code was mailed, to sign in. */
  | "email-code"
  /** A code was mailed to the address of an account that is to be made. */
  | "sign-up-code"
  /** The account is made, without a password: a passkey is offered in its place. */
  | "offered-passkey"
  | "second-factor"
  /** A second factor is asked for and there is none yet. */
  | "new-second-factor"
  /** An authenticator app is to take a secret over and to show its first code. */
  | "new-one-time-password"
  /** Signed in but for putting recovery codes away, which are shown this once. */
  | "recovery-codes";

/** What is kept of a sign-in under way at an upstream provider. RFC 9700 §4.4, §4.5, §4.7 */
export interface UpstreamSignIn {
  readonly id: string;
  /** SHA-256 of the `state` that was sent, hexadecimal. */
  readonly stateHash: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  /** The session whose account is to be connected with who comes back; absent where somebody signs in. */
  readonly connects?: { readonly sid: string };
}
