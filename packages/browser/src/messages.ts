import type { SignInErrorCode } from "./errors.ts";
import type { ClientFacts } from "./options.ts";
import type { SignedIn } from "./session.ts";

/** What a sign-in asks beside the client's own facts. */
export interface SignInRequest {
  /** Added to what is held and to the client's own. */
  readonly scopes?: readonly string[] | undefined;
  readonly acrValues?: readonly string[] | undefined;
  /** Seconds since the person proved who they are. */
  readonly maxAge?: number | undefined;
  /** OpenID Connect Core §3.1.2.1 */
  readonly prompt?: string | undefined;
  readonly loginHint?: string | undefined;
  /** A path of this origin; where the page is now unless something else is said. */
  readonly returnTo?: string | undefined;
}

/** What the worker does for pages, each with what it is given and what it gives back. No answer has a refresh token. */
export interface Duties {
  session(): SignedIn | undefined;
  /** @returns the URL of the authorization request. */
  begin(request: SignInRequest): string;
  /** The parameters of the callback. @returns where the sign-in began, and who is signed in now or why nobody is. */
  finish(answer: Readonly<Record<string, string>>): {
    returnTo: string;
    session?: SignedIn;
    error?: PlainError | undefined;
  };
  /** Headers for one request. `refused` is the authorization that the API just refused: another is made, once for all. */
  authorize(request: ApiRequest): Readonly<Record<string, string>>;
  /** @returns where to sign out at the issuer, if it has such a place. */
  signOut(redirectUri: string | undefined): string | undefined;
}

export interface ApiRequest {
  readonly method: string;
  readonly url: string;
  readonly refused?: string | undefined;
  /** The newest that the API gave. RFC 9449 §9 */
  readonly nonce?: string | undefined;
}

export type Duty = keyof Duties;

export interface Question<D extends Duty = Duty> {
  readonly id: string;
  readonly client: ClientFacts;
  readonly duty: D;
  readonly given: Parameters<Duties[D]>[0];
}

/** An error as it crosses from the worker: classes do not. */
export interface PlainError {
  readonly code: SignInErrorCode;
  readonly message: string;
  readonly oauthError?: string | undefined;
}

export interface Answer {
  readonly id: string;
  /** Which worker begins with the question now. Its answer comes apart. */
  readonly by?: string;
  readonly value?: unknown;
  readonly error?: PlainError;
}

/** Told to all tabs when somebody signed in or out; it carries nothing but the client's key. */
export const news = "valetkey news";
