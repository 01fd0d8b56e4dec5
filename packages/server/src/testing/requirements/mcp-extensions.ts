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
} as const satisfies Requirements;
