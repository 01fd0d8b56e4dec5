import type { Requirements } from "./requirement.ts";

const NO_CLIENT_YET =
  "We ship no client yet: issue 5 brings the browser client and the agent's, whose tests will cite this.";

/** MCP authorization, revision 2026-07-28: the client. Ours only where the guard or the document fetch is the one who asks. */
export const mcpClient = {
  "MCP-C-01": {
    at: "MCP discovery",
    level: "MUST",
    role: "client",
    asks: "The resource's metadata is looked for in the challenge, then at the path's well-known URL, then at the root's.",
    later: NO_CLIENT_YET,
  },
  "MCP-C-02": {
    at: "MCP discovery",
    level: "MUST",
    role: "client",
    asks: "The issuer's metadata is looked for in the specified order of URLs.",
    later: NO_CLIENT_YET,
  },
  "MCP-C-03": {
    at: "MCP discovery",
    level: "MUST",
    role: "client",
    asks: "Metadata with another issuer than the one asked for is thrown away (here: by the guard, which finds its keys so).",
  },
  "MCP-C-04": {
    at: "MCP authorization, Response Validation",
    level: "MUST",
    role: "client",
    asks: "The expected issuer is recorded with verifier and state before the redirect.",
    later: NO_CLIENT_YET,
  },
  "MCP-C-05": {
    at: "MCP authorization, Response Validation",
    level: "MUST",
    role: "client",
    asks: "iss in the response is compared as a plain string, and required where advertised.",
    later: NO_CLIENT_YET,
  },
  "MCP-C-06": {
    at: "MCP authorization, Response Validation",
    level: "MUST",
    role: "client",
    asks: "Nothing of an error response with a foreign iss is shown or acted on.",
    later: NO_CLIENT_YET,
  },
  "MCP-C-07": {
    at: "MCP registration",
    level: "SHOULD",
    role: "client",
    asks: "Pre-registered, then metadata document, then dynamic registration, then the person is asked.",
    later: NO_CLIENT_YET,
  },
  "MCP-C-08": {
    at: "MCP registration, Application Type",
    level: "MUST",
    role: "client",
    asks: "A registration states the right application_type and bears a refusal.",
    later: NO_CLIENT_YET,
  },
  "MCP-C-09": {
    at: "MCP registration, Authorization Server Binding",
    level: "MUST",
    role: "client",
    asks: "Credentials are kept by issuer and never used at another.",
    later: NO_CLIENT_YET,
  },
  "MCP-C-10": {
    at: "MCP authorization, Resource Parameter",
    level: "MUST",
    role: "client",
    asks: "resource stands in the authorization and the token request.",
    later: NO_CLIENT_YET,
  },
  "MCP-C-11": {
    at: "MCP security, Code Protection",
    level: "MUST",
    role: "client",
    asks: "PKCE with S256; a server that does not list it is left.",
    later: NO_CLIENT_YET,
  },
  "MCP-C-12": {
    at: "MCP security, Open Redirection",
    level: "SHOULD",
    role: "client",
    asks: "state is sent and checked.",
    later: NO_CLIENT_YET,
  },
  "MCP-C-13": {
    at: "MCP authorization, Scope Selection",
    level: "SHOULD",
    role: "client",
    asks: "Scope comes from the challenge, else from the resource's metadata, else is left out.",
    later: NO_CLIENT_YET,
  },
  "MCP-C-14": {
    at: "MCP authorization, Step-Up",
    level: "SHOULD",
    role: "client",
    asks: "Step-up asks for the union of held and challenged scopes, a bounded number of times.",
    later: NO_CLIENT_YET,
  },
  "MCP-C-15": {
    at: "MCP authorization, Token Requirements",
    level: "MUST",
    role: "client",
    asks: "The token travels in the header of every request, and only to the server it is for.",
    later: NO_CLIENT_YET,
  },
  "MCP-C-16": {
    at: "MCP authorization, Refresh Tokens",
    level: "MUST",
    role: "client",
    asks: "Refresh tokens are kept secret, and none is taken for granted.",
    later: NO_CLIENT_YET,
  },
  "MCP-C-17": {
    at: "MCP best practices, SSRF",
    level: "MUST",
    role: "client",
    asks: "An outbound fetch at another's word is https only, never to private or link-local addresses, with its address pinned (here: the document and key fetches of the server).",
  },
  "MCP-C-18": {
    at: "SDK advisory GHSA-6prh-2h8m-c8cw",
    level: "INTEROP",
    role: "client",
    asks: "A fetch of metadata or keys follows no redirect to another origin (here: none at all).",
  },
} as const satisfies Requirements;
