import type { SignedIn } from "../interaction/authorization.ts";
import type { Story } from "../ports/story.ts";
import type { Instant } from "../records/instant.ts";
import type { Interaction } from "../records/interaction.ts";

/** A person in front of our pages, or of a team's own: what waits for them, and who they are so far. */
export interface Ceremony {
  readonly interaction: Interaction;
  /** Who is signed in in this browser, whoever that is: not yet who this ceremony is for. */
  readonly person: SignedIn | undefined;
  /** What the client asks of the sign-in; empty for a page of ours. */
  readonly wants: Wants;
  /** The value of the session cookie that came along: a new session takes its place. */
  readonly replaces: string | undefined;
  /** The value of the cookie that says which accounts signed in in this browser before. */
  readonly known: string | undefined;
  /** The language of the page, for what is mailed. BCP 47 */
  readonly language: string;
  readonly address: string;
  readonly userAgent: string;
  readonly now: Instant;
  readonly story: Story;
}

export interface Wants {
  /** RFC 9470 §4: any one of these contexts will do; empty when all will. */
  readonly acrValues: readonly string[];
  /** The email address that the client expects, for the page to begin with. */
  readonly loginHint?: string;
  /** Where the client sends the person at once, past the page, or what the page begins with: "upstream:google", "passkey". */
  readonly directSignIn?: string;
  /** Whether the page to sign up comes first: prompt=create. */
  readonly signUp?: boolean;
  /** Whether a sign-in of before will not do: prompt=login, or a page of ours that wants a fresh one. */
  readonly again?: boolean;
  /** How many seconds ago the sign-in may have been. */
  readonly maxAge?: number;
  /** OpenID Connect Core §3.1.2.1, as it came; judged where a language is chosen. */
  readonly uiLocales?: string;
}

/** What a form, or the JSON of the interaction API, brought. */
export interface Given {
  optional(name: string): string | undefined;
}
