import type { StepUp } from "@valetkey/protocol/step-up";

/** What can go wrong, all of it. Messages may change, these words do not. */
export type SignInErrorCode =
  /** Nobody is signed in, or the issuer ended it: offer the sign-in. */
  | "signed_out"
  /** The API wants more scopes, or a stronger or newer sign-in: `stepUp` says which. */
  | "step_up"
  /** The issuer answered the sign-in with an error: `oauthError` is its word, `access_denied` when the person said no. */
  | "denied"
  /** The answer belongs to no sign-in that was begun here, or to one that is over, or it is another issuer's. */
  | "callback"
  /** What the issuer says of itself or of the person cannot be believed, or it lacks what is asked. */
  | "issuer"
  /** No answer, or none that counts, just now. Whoever was signed in still is: try again. */
  | "unreachable"
  /** The URL is not of the client's API: no token goes there. */
  | "target"
  /** The browser did not start the worker (a policy, a wrong path, or no workers at all), or ended it in the middle. */
  | "worker";

export interface SignInErrorAbout extends ErrorOptions {
  readonly oauthError?: string | undefined;
  readonly stepUp?: StepUp | undefined;
}

/** The only error that this package throws on purpose. */
export class SignInError extends Error {
  override readonly name = "SignInError";
  // Declared and no more: the constructor sets them, and every octet is sent twice.
  declare readonly code: SignInErrorCode;
  /** The issuer's word, RFC 6749 §4.1.2.1 and §5.2; of "denied", "signed_out" and "unreachable" alone. */
  declare readonly oauthError: string | undefined;
  /** Hand it to `signIn`; of "step_up" alone. */
  declare readonly stepUp: StepUp | undefined;

  constructor(code: SignInErrorCode, message: string, about: SignInErrorAbout = {}) {
    super(message, about);
    this.code = code;
    this.oauthError = about.oauthError;
    this.stepUp = about.stepUp;
  }
}
