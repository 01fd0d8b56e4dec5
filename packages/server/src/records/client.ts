import type { Instant } from "./instant.ts";

export type ClientKind = "registered" | "document" | "self-registered";
export type ClientAuthMethod = "none" | "client_secret_basic" | "client_secret_post" | "private_key_jwt";

export interface ClientSecret {
  /** SHA-256 of the secret, hexadecimal. */
  readonly hash: string;
  readonly createdAt: Instant;
  /** Set on the older secret when a newer one is made, so that both work for a while. */
  readonly expiresAt: Instant | null;
}

/** A piece of software that asks for tokens. */
export interface Client {
  readonly id: string;
  readonly kind: ClientKind;
  readonly name: string;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  readonly grantTypes: readonly string[];
  /** Any one of these proves the client; exactly `["none"]` makes it public. */
  readonly authMethods: readonly ClientAuthMethod[];
  readonly applicationType: "web" | "native" | null;
  /** The scope ceiling. For people's grants null means none but their roles; a machine without a ceiling gets nothing. */
  readonly scope: readonly string[] | null;
  /** Identifiers of resources whose tokens this client may introspect (RFC 7662 §4). */
  readonly introspects: readonly string[];
  readonly secrets: readonly ClientSecret[];
  readonly jwks: { readonly keys: readonly Readonly<Record<string, unknown>>[] } | null;
  readonly jwksUri: string | null;
  readonly logoUri: string | null;
  readonly clientUri: string | null;
  /** Instead of the server's `refresh.grace`, in seconds; absent for the server's. */
  readonly refreshGrace?: number;
  /** Identifiers of resources where it may act for others by token exchange (RFC 8693); absent for nowhere. */
  readonly actsAt?: readonly string[];
  /** True where every token of this client must be bound to a key: RFC 9449 §5.2. */
  readonly boundTokens?: boolean;
  readonly createdAt: Instant;
  /** When a person last completed an authorization with it; null lets a self-registered client be collected. */
  readonly lastAuthorizedAt: Instant | null;
  readonly disabledAt: Instant | null;
}

export function isPublic(client: Client): boolean {
  return client.authMethods.every((method) => method === "none");
}
