import type { Instant, Seconds } from "./instant.ts";

export type Risk = "low" | "medium" | "high";
export type Audience = "people" | "machines";

/** One permission at a resource, as the consent page tells it. */
export interface Scope {
  readonly name: string;
  /** What a grant of it lets the client do, for a person: "Read your calendar". */
  readonly sentence: string;
  readonly risk: Risk;
  readonly for: readonly Audience[];
}

/** What access tokens look like: signed, readable by all; or sealed, so that their resource has to ask what they say. */
export type TokenFormat = "jwt" | "opaque";

/** An API or MCP server, named by its identifier URI. */
export interface Resource {
  /** The RFC 8707 resource indicator, exactly as clients send it and tokens carry it in `aud`. */
  readonly identifier: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** What a request without `scope` asks for; never everything by silence. */
  readonly defaultScopes: readonly string[];
  /** null: the server's `lifetimes.access_token`. */
  readonly accessTokenLifetime: Seconds | null;
  readonly signingAlgorithm: "ES256";
  /** Left out: `jwt`. */
  readonly tokenFormat?: TokenFormat;
  readonly createdAt: Instant;
}
