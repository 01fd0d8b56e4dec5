import type { Requirements } from "./requirement.ts";

/** MCP extensions and proposals, as far as clients already rely on them. */
export const mcpExtensions = {
  "CC-01": {
    at: "MCP ext-auth, client credentials",
    level: "MUST",
    role: "AS",
    asks: "Metadata lists private_key_jwt or client_secret_basic for the token endpoint, with signing algorithms for the former.",
  },
  "CC-02": {
    at: "MCP ext-auth, client credentials",
    level: "MUST",
    role: "AS",
    asks: "Client credentials are for clients that an administrator registered; resource becomes the audience.",
  },
  "SEP-3149": {
    at: "MCP SEP-3149 (proposed)",
    level: "INTEROP",
    role: "AS",
    asks: "A document may list its authentication methods in the plural: what both sides know is used, none in common is refused, none stated means none.",
  },
  "EMA-30": {
    at: "ID-JAG draft-04 §8",
    level: "SHOULD",
    role: "AS",
    asks: "Grant profiles and grant types that we do not know in a client's metadata are no reason to refuse it.",
  },
  "DP-01": {
    at: "MCP SEP-1932 (proposed)",
    level: "MUST",
    role: "AS",
    asks: "Metadata lists asymmetric algorithms for proofs; a client that registers dpop_bound_access_tokens gets bound tokens only.",
  },
  "DP-02": {
    at: "MCP DPoP extension (draft)",
    level: "MUST",
    role: "RS",
    asks: "A proof whose iat is up to five minutes off is taken; a refused one gets 401 with a DPoP challenge.",
  },
} as const satisfies Requirements;
