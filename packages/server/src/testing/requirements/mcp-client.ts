import type { Requirements } from "./requirement.ts";

/**
 * MCP authorization, revision 2026-07-28: the client. Who asks is the guard, the document fetch, or the client of
 * examples/mcp-login, which is made with either MCP package and one provider; a row says so where they differ.
 */
export const mcpClient = {
  "MCP-C-01": {
    at: "MCP discovery",
    level: "MUST",
    role: "client",
    asks: "The example's client looks for the resource's metadata in the challenge, then at the path's well-known URL, then at the root's.",
  },
  "MCP-C-02": {
    at: "MCP discovery",
    level: "MUST",
    role: "client",
    asks: "The example's client looks for the issuer's metadata in the specified order of URLs, with a path and without.",
  },
  "MCP-C-03": {
    at: "MCP discovery",
    level: "MUST",
    role: "client",
    asks: "Metadata with another issuer than the one asked for is thrown away (here: by the guard, which finds its keys so, by @modelcontextprotocol/client 2.4 and oauth4webapi; @modelcontextprotocol/sdk 1.32 does not look).",
  },
  "MCP-C-04": {
    at: "MCP authorization, Response Validation",
    level: "MUST",
    role: "client",
    asks: "The example's client has recorded the expected issuer with verifier and state before the person is sent away.",
  },
  "MCP-C-05": {
    at: "MCP authorization, Response Validation",
    level: "MUST",
    role: "client",
    asks: "The example's client compares iss as a plain string and requires it; @modelcontextprotocol/client and oauth4webapi by themselves require it where it is advertised.",
  },
  "MCP-C-06": {
    at: "MCP authorization, Response Validation",
    level: "MUST",
    role: "client",
    asks: "The example's client, @modelcontextprotocol/client by itself and oauth4webapi repeat nothing of an error response with a foreign iss.",
  },
  "MCP-C-07": {
    at: "MCP registration",
    level: "SHOULD",
    role: "client",
    asks: "The example's client uses what it was registered as, then its metadata document, then dynamic registration; where nothing is offered it ends with the reason.",
  },
  "MCP-C-08": {
    at: "MCP registration, Application Type",
    level: "MUST",
    role: "client",
    asks: "A registration of the example's client states its application_type: native, for its loopback redirect.",
  },
  "MCP-C-09": {
    at: "MCP registration, Authorization Server Binding",
    level: "MUST",
    role: "client",
    asks: "The example's client keeps its id and its tokens by issuer and shows them to no other; only the URL of its document goes along.",
  },
  "MCP-C-10": {
    at: "MCP authorization, Resource Parameter",
    level: "MUST",
    role: "client",
    asks: "The example's client names the resource in the authorization, the token and the refresh request.",
  },
  "MCP-C-11": {
    at: "MCP security, Code Protection",
    level: "MUST",
    role: "client",
    asks: "The example's client proves itself with S256; an issuer that does not list it is left.",
  },
  "MCP-C-12": {
    at: "MCP security, Open Redirection",
    level: "SHOULD",
    role: "client",
    asks: "The example's client sends a new state each time and takes no answer with another.",
  },
  "MCP-C-13": {
    at: "MCP authorization, Scope Selection",
    level: "SHOULD",
    role: "client",
    asks: "The example's client takes the scope from the challenge, else from the resource's metadata, else leaves it out; client 2.4 adds offline_access where the issuer knows it.",
  },
  "MCP-C-14": {
    at: "MCP authorization, Step-Up",
    level: "SHOULD",
    role: "client",
    asks: "The example's client steps up to the union of held and challenged scopes and gives up on a challenge that stays (sdk 1.32 tries on while the challenge is a new one each time).",
  },
  "MCP-C-15": {
    at: "MCP authorization, Token Requirements",
    level: "MUST",
    role: "client",
    asks: "The example's client carries the token in the header of every request to the resource that it is for, never in a URL, and to no other origin.",
  },
  "MCP-C-16": {
    at: "MCP authorization, Refresh Tokens",
    level: "MUST",
    role: "client",
    asks: "The example's client shows a refresh token to the token endpoint only, declares the grant, and works without one.",
  },
  "MCP-C-17": {
    at: "MCP best practices, SSRF",
    level: "MUST",
    role: "client",
    asks: "An outbound fetch at another's word is https only, never to private or link-local addresses, with its address pinned (here: the document and key fetches of the server); the example's client sends nobody to a javascript:, data: or vbscript: URL, and judges no other scheme.",
  },
  "MCP-C-18": {
    at: "SDK advisory GHSA-6prh-2h8m-c8cw",
    level: "INTEROP",
    role: "client",
    asks: "A fetch of metadata or keys follows no redirect to another origin (the guard and the document fetch: none at all; the example's client: none that leaves the origin).",
  },
} as const satisfies Requirements;
