import type { Instant } from "./instant.ts";

/** An access token, ready to be sent to its resource and to nobody else. */
export interface Token {
  readonly accessToken: string;
  /** DPoP: it needs a proof by its key with each request, which `fetch` makes. */
  readonly tokenType: "Bearer" | "DPoP";
  /** undefined: the issuer does not say. */
  readonly expiresAt: Instant | undefined;
  readonly scopes: readonly string[] | undefined;
}
