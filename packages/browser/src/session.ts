import type { SignInError } from "./errors.ts";

/** Who is signed in: what the ID token and UserInfo say. OpenID Connect Core §2, §5.1 */
export interface Account {
  readonly sub: string;
  readonly name?: string;
  readonly email?: string;
  readonly [claim: string]: unknown;
}

/** What a page may know. Everything else stays in the worker. */
export interface SignedIn {
  readonly status: "signed-in";
  /** undefined without the scope `openid`. */
  readonly account: Account | undefined;
  /** As granted, not as asked. */
  readonly scopes: readonly string[];
  /** Why a sign-in that was to bring more failed, if it did. */
  readonly error?: SignInError | undefined;
}

export interface SignedOut {
  readonly status: "signed-out";
  /** Why the last sign-in failed, if it did. */
  readonly error?: SignInError | undefined;
}

export type Session = { readonly status: "starting" } | SignedIn | SignedOut;
