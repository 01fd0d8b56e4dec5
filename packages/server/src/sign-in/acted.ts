import type { Account } from "../records/account.ts";
import type { SignInFault } from "./way.ts";

/** What became of one thing that a person did. */
export type Acted =
  /** They are signed in by the session whose cookie value this is. `methods` is all that fitted, as RFC 8176 names it. */
  | {
      readonly kind: "signed-in";
      readonly cookie: string;
      readonly account: Account;
      readonly methods: readonly string[];
    }
  /** Their next step waits in the interaction. */
  | { readonly kind: "next" }
  /** They are where they were. */
  | { readonly kind: "again"; readonly fault: SignInFault; readonly email?: string }
  | { readonly kind: "elsewhere"; readonly location: string };

export function again(fault: SignInFault, email?: string): Acted {
  return { kind: "again", fault, ...(email !== undefined && { email }) };
}
