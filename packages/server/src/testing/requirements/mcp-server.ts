import type { Requirements } from "./requirement.ts";

/** MCP authorization, revision 2026-07-28: the MCP server, which the guard stands before. */
export const mcpServer = {
  "MCP-RS-01": {
    at: "MCP discovery, Authorization Server Location",
    level: "MUST",
    role: "RS",
    asks: "An RFC 9728 document names at least one authorization server.",
  },
  "MCP-RS-02": {
    at: "MCP discovery, Protected Resource Metadata",
    level: "MUST",
    role: "RS",
    asks: "The document is found by resource_metadata in the challenge and at the well-known URL.",
  },
  "MCP-RS-03": {
    at: "MCP authorization, Scope Selection",
    level: "SHOULD",
    role: "RS",
    asks: "The 401 challenge names the scope to ask for; scopes_supported is the small useful set.",
  },
  "MCP-RS-04": {
    at: "MCP security, Privilege Restriction",
    level: "MUST",
    role: "RS",
    asks: "Every request's token is checked (signature or introspection, expiry, scope) before any work is done.",
  },
  "MCP-RS-05": {
    at: "MCP security, Privilege Restriction",
    level: "MUST",
    role: "RS",
    asks: "A token that does not name this server as its audience is refused.",
  },
  "MCP-RS-06": {
    at: "MCP security, Token Passthrough",
    level: "MUST",
    role: "RS",
    asks: "The guard and the demonstration's servers send the client's token nowhere but to the issuer's introspection endpoint.",
  },
  "MCP-RS-07": {
    at: "MCP authorization, Error Handling",
    level: "MUST",
    role: "RS",
    asks: "A missing, invalid or expired token is answered 401, a malformed request 400.",
  },
  "MCP-RS-08": {
    at: "MCP authorization, Scope Challenge",
    level: "SHOULD",
    role: "RS",
    asks: "Too little scope is answered 403 insufficient_scope with every scope that the operation needs and resource_metadata.",
  },
  "MCP-RS-09": {
    at: "MCP authorization, Scope Challenge",
    level: "MUST",
    role: "RS",
    asks: "A broader scope satisfies the narrower ones that it includes.",
  },
  "MCP-RS-10": {
    at: "MCP authorization, Refresh Tokens",
    level: "SHOULD",
    role: "RS",
    asks: "offline_access stands neither in the challenge nor in the resource's metadata.",
  },
  "MCP-RS-11": {
    at: "MCP authorization, Token Requirements",
    level: "MUST",
    role: "RS",
    asks: "A token in the query string is ignored.",
  },
  "MCP-RS-12": {
    at: "MCP transports, Streamable HTTP",
    level: "MUST",
    role: "RS",
    asks: "A foreign Origin is answered 403.",
  },
  "MCP-RS-13": {
    at: "MCP best practices, Sessions",
    level: "MUST",
    role: "RS",
    asks: "A session or state handle authenticates nobody: each request stands on its own token.",
  },
  "MCP-RS-14": {
    at: "MCP Streamable HTTP, Request metadata",
    level: "INTEROP",
    role: "RS",
    asks: "Mcp-Method and Mcp-Name decide access only where they match the body.",
  },
  "MCP-RS-15": {
    at: "MCP best practices, Scope Minimization",
    level: "SHOULD",
    role: "RS",
    asks: "No wildcard scope; a challenge names what the operation needs and not the catalogue; a token with less scope than the maximum is good for what it has.",
  },
} as const satisfies Requirements;
