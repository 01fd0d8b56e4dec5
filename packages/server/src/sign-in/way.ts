import type { PasswordFaultWord } from "../operations/new-password.ts";
import type { Account } from "../records/account.ts";
import type { SignInProgress, SignInStep } from "../records/interaction.ts";
import type { Ceremony, Given } from "./ceremony.ts";
import type { SignInContext } from "./context.ts";

/** Where a person can be: at the beginning, or at a step of theirs. */
export type Place = "begin" | SignInStep;

/** One thing that a person can do to prove who they are, by the name that forms and the interaction API send as `action`. */
export interface Way {
  readonly action: string;
  /** Where it may be done. */
  readonly places: readonly Place[];
  /** Whether it can be done at all: the operator lets it, and what it needs is there. */
  isOpen(context: SignInContext): boolean;
  /** Whether each answer spends the interaction's challenge, right or wrong (WebAuthn Level 3 §13.4.3). */
  readonly isChallenged?: true;
  /** Whether it takes the hash of a password: where too many wait for theirs, nothing is read for one more. */
  readonly isHashed?: true;
  /** @throws OAuthError "request.rate" with Retry-After */
  act(context: SignInContext, ceremony: Ceremony, given: Given): Promise<Outcome>;
}

export type Outcome =
  /** A factor fits. `methods` as RFC 8176 names them. */
  | { readonly kind: "proved"; readonly account: Account; readonly methods: readonly string[] }
  /** It does not; the person is told this much and may try again where they are. */
  | { readonly kind: "wrong"; readonly fault: SignInFault; readonly email?: string }
  /** Another page comes next. */
  | { readonly kind: "next"; readonly progress: SignInProgress }
  /** The browser goes to another server, and comes back. */
  | { readonly kind: "elsewhere"; readonly progress: SignInProgress; readonly location: string };

/** What a person is told when a step did not work; each has its sentence in the words of the pages. */
export type SignInFault =
  | "password.wrong"
  | "passkey.refused"
  | "code.wrong"
  | "code.spent"
  | "one-time-password.wrong"
  | "recovery-code.wrong"
  | "email.invalid"
  | "name.missing"
  | `password.${PasswordFaultWord}`
  | "invitation.spent"
  | "upstream.disabled"
  | "upstream.unreachable"
  | "upstream.denied"
  | "upstream.answer"
  | "upstream.not-linked"
  | "upstream.no-email"
  | "upstream.changed"
  | "upstream.taken"
  | "upstream.stranger"
  | "upstream.stale"
  | "account.off"
  | "page.stale";
