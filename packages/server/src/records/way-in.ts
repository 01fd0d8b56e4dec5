/** One thing by which a person can sign in, by itself, and that can be taken away. */
export type TakenWay =
  | { readonly kind: "password" }
  | { readonly kind: "passkey"; readonly id: string }
  | { readonly kind: "upstream"; readonly upstream: string; readonly subject: string };

/** Which ways in count, because the server offers them today. */
export interface CountedWays {
  readonly password: boolean;
  /** A code by mail to a proven address. */
  readonly email: boolean;
  readonly passkeys: boolean;
  /** The upstream providers that are switched on. */
  readonly upstreams: readonly string[];
}
