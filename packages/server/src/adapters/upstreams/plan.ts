import type { Upstream } from "../../ports/upstreams.ts";

/** One upstream as the configuration has it. */
export interface UpstreamPlan extends Upstream {
  /** The issuer of a generic provider, or the address of a GitHub Enterprise Server; null for the provider's own. */
  readonly issuer: string | null;
  /** Of Microsoft: `common`, `organizations`, `consumers`, or one tenant's id or domain. */
  readonly tenant: string;
  readonly clientId: string;
  /** The secret, or the file whose first line it is. */
  readonly clientSecret: string | { readonly file: string } | null;
  /** A PEM file with the private key of `private_key_jwt`, or Apple's. */
  readonly keyFile: string | null;
  readonly keyId: string | null;
  /** Of Apple. */
  readonly teamId: string | null;
  /** Instead of those that the kind asks for. */
  readonly scopes: readonly string[] | null;
  /** Whether a verified address is believed; null for what is usual with the kind. */
  readonly trustsEmail: boolean | null;
  /** Lower case; only people of these domains come in. Empty means everybody. */
  readonly domains: readonly string[];
}
