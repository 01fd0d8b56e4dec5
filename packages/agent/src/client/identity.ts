import type { JWK } from "jose";

/** What the client is told to be. */
export type ClientOption =
  /** Registered at the issuer before; public without secret and key. */
  | {
      readonly id: string;
      readonly secret?: string;
      /** For private_key_jwt: a private JWK with `alg`; RFC 7523. */
      readonly key?: JWK;
    }
  /** A client ID metadata document: its URL is the id, at any issuer that reads such documents. */
  | { readonly document: string };

/** What the client is at one issuer. */
export interface Client {
  readonly id: string;
  readonly secret?: string;
  readonly key?: JWK;
  /** RFC 7591 §2; undefined: what the issuer lists decides. */
  readonly method?: string;
  readonly origin: "given" | "document" | "registered";
}

/** Whether a token request must prove who sends it. */
export function isConfidential({ secret, key }: Pick<Client, "secret" | "key">): boolean {
  return secret !== undefined || key !== undefined;
}
