import type { Requirements } from "./requirement.ts";

/** What the real clients of today need, beyond what any document says. */
export const clients = {
  "CL-01": {
    at: "Claude, OpenCode",
    level: "INTEROP",
    role: "AS",
    asks: "token_endpoint_auth_methods_supported has none beside private_key_jwt and client_secret_post.",
  },
  "CL-02": {
    at: "ChatGPT, MCP SDK",
    level: "INTEROP",
    role: "AS",
    asks: "iss on every redirect, errors included, and the flag that says so.",
  },
  "CL-03": {
    at: "ChatGPT, Claude, VS Code",
    level: "INTEROP",
    role: "AS",
    asks: "Documents with one authentication method or several; what both sides know is used; unknown grant types and fields are ignored.",
  },
  "CL-04": {
    at: "Cursor, VS Code",
    level: "INTEROP",
    role: "AS",
    asks: "A registration with redirects of mixed kinds is not refused as a whole, and is answered with what was taken.",
  },
  "CL-05": {
    at: "Claude Code, Codex, VS Code",
    level: "INTEROP",
    role: "AS",
    asks: "Any port for 127.0.0.1, [::1] and localhost; host and path exact, one host never for another.",
  },
  "CL-06": {
    at: "Claude Code, Codex",
    level: "DECISION",
    role: "AS",
    asks: "A rotated refresh token is answered with its successor for a grace time.",
  },
  "CL-07": {
    at: "Claude, MCP SDK",
    level: "INTEROP",
    role: "AS",
    asks: "A dead refresh token is 400 invalid_grant exactly, an unknown client 401 invalid_client.",
  },
  "CL-08": {
    at: "Codex",
    level: "INTEROP",
    role: "AS",
    asks: "A refresh without resource keeps the grant's; with it, only some of them.",
  },
  "CL-09": {
    at: "MCP SDK before 2.1",
    level: "INTEROP",
    role: "AS",
    asks: "A bare origin with or without its slash is the same resource.",
  },
  "CL-10": {
    at: "MCP SDK, VS Code",
    level: "INTEROP",
    role: "AS",
    asks: "Metadata at the RFC 8414 and OpenID URLs in both path forms, without redirect; 404 elsewhere, never a page with 200.",
  },
  "CL-11": {
    at: "MCP Inspector, browser clients",
    level: "INTEROP",
    role: "AS",
    asks: "CORS lets MCP-Protocol-Version, Authorization and DPoP in and WWW-Authenticate and DPoP-Nonce out.",
  },
  "CL-12": {
    at: "Claude",
    level: "INTEROP",
    role: "AS",
    asks: "Discovery, registration and token answers come well within ten seconds.",
  },
  "CL-13": {
    at: "Claude, MCP SDK",
    level: "INTEROP",
    role: "AS",
    asks: "offline_access is in scopes_supported; a refresh token is also given when grant_types asks for it.",
  },
  "CL-14": {
    at: "ChatGPT, Claude",
    level: "INTEROP",
    role: "AS",
    asks: "Registered clients do not expire silently; the token endpoint reads forms, registration reads JSON.",
  },
  "CL-15": {
    at: "Claude",
    level: "INTEROP",
    role: "RS",
    asks: "A real 401, never 200 with an error in it; 403 only for insufficient_scope.",
  },
  "CL-16": {
    at: "ChatGPT",
    level: "INTEROP",
    role: "AS",
    asks: "UserInfo has email and email_verified; id_token_hint is taken.",
  },
  "CL-17": {
    at: "mcp-remote",
    level: "INTEROP",
    role: "AS",
    asks: "An authorization request of an unknown client gives 400 and no redirect.",
  },
  "CL-18": {
    at: "MCP SDK 2.1",
    level: "INTEROP",
    role: "AS",
    asks: "DPoP nonces are asked for in the way the SDK answers.",
  },
} as const satisfies Requirements;
