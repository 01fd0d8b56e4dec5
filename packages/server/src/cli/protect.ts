import type { Command } from "./command.ts";
import type { Given } from "./given.ts";
import { jsonOption } from "./output.ts";
import { usualAddress } from "./protect-options.ts";
import { readProgram } from "./protect-program.ts";
import { readUpstream } from "./protect-upstream.ts";

/** OAuth 2.1 in front of a server that knows nothing of it: one that is started here, or one that runs already. */
export const protectCommand: Command = {
  name: "protect",
  summary:
    "Put OAuth 2.1 in front of a stdio MCP server, a model server or any HTTP API, without a change to it",
  behind: {
    name: "PROGRAM [ARGUMENTS]",
    says: "the stdio MCP server, as it is started by hand; no shell reads it",
    example: "npx -y @modelcontextprotocol/server-filesystem /srv/files",
    optional: true,
  },
  options: {
    upstream: {
      value: "URL",
      says: "Instead of a program: an HTTP server that runs already; its path stands in the place of the resource's",
      example: "http://127.0.0.1:11434/v1",
    },
    rules: {
      value: "FILE",
      says: "With --upstream: what may be reached and with which scopes, credentials, budgets (YAML); read anew when it changes",
      example: "ai.yaml",
    },
    "upstream-ca": {
      value: "FILE",
      says: "With an https --upstream: the authorities (PEM) of which one signed its certificate, in the place of those that Node knows",
      example: "internal-ca.pem",
    },
    issuer: {
      value: "URL",
      says: "Whose tokens count: a Valetkey, or any OAuth 2.1 issuer that signs RFC 9068 access tokens",
      example: "https://login.example.com",
    },
    listen: {
      value: "HOST:PORT",
      says: `Where it listens, 0 picks a free port (default: ${usualAddress})`,
      example: usualAddress,
    },
    resource: {
      value: "URL",
      says: "The URL that clients are given, when a proxy stands in front (default: the address above; path /mcp, or the upstream's)",
      example: "https://files.example.com/mcp",
    },
    introspect: {
      value: "CLIENT",
      says: "Ask the issuer about each token, as this client, so that a revoked one is refused within 5 seconds; its secret stands in VALETKEY_CLIENT_SECRET",
      example: "client_files",
    },
    revocations: {
      value: "CLIENT",
      says: "Follow the revocation feed of a Valetkey, as this client, so that a revoked token is refused within a second or so; without news for 10 seconds nobody is let in; its secret stands in VALETKEY_CLIENT_SECRET",
      example: "client_files",
    },
    "allow-origin": {
      value: "ORIGIN",
      many: true,
      says: "Pages of this origin may call, beside the resource's own",
      example: "https://inspector.example.com",
    },
    usage: {
      says: "With --upstream: print a line of JSON for each request that ended: who, what, how many model tokens",
    },
    process: {
      value: "HOW",
      says: "per-caller: a process for each person and client; shared: one for all, which must keep callers apart itself (default: per-caller)",
      example: "per-caller",
    },
    most: {
      value: "N",
      says: "Most processes at once; beyond, new callers are told to come back (default: 50)",
      example: "50",
    },
    idle: {
      value: "DURATION",
      says: "A process without a message for so long ends (default: 10m)",
      example: "10m",
    },
    timeout: {
      value: "DURATION",
      says: "The longest that one request to a program may take (default: 10m)",
      example: "10m",
    },
    prefix: {
      value: "WORD",
      says: "What the scopes of tools begin with: WORD:read, WORD:write, WORD:tool:NAME (default: mcp)",
      example: "files",
    },
    "class-scopes": {
      says: "Tools that may destroy something share WORD:destroy, so that who consented to one is not asked again for the next; without it each has a scope of its own, WORD:tool:NAME",
    },
    tools: {
      value: "FILE",
      says: "Your word on tools and scopes, in the place of the server's annotations (YAML)",
      example: "tools.yaml",
    },
    env: {
      value: "NAME[=VALUE]",
      many: true,
      says: "A variable that the program is given; with the name alone, the value that it has here",
      example: "GITHUB_TOKEN",
    },
    "tell-caller": {
      says: "Tell each process whose it is: VALETKEY_CALLER_ISSUER, VALETKEY_CALLER_SUBJECT, VALETKEY_CALLER_CLIENT_ID",
    },
    ...jsonOption,
  },
  habits: { port: "listen", host: "listen", address: "listen", url: "resource" },
  notes: [
    "Tools of a program: reading needs WORD:read; a tool that adds needs WORD:write; one that may delete or overwrite, that says nothing of itself or that the server does not list needs WORD:tool:NAME, a scope of its own. WORD:write stands for WORD:read.",
    "Paths of an upstream: what no rule names is refused. A file with a fault is not taken: at the start every fault is told, later the old rules stay. docs/operate/protect-upstream.md has examples.",
    "The client's token never goes further. Of the environment a program gets PATH, HOME, the language and the like, and what --env names; an upstream gets what its rules name, be it a credential or a token that the caller's was exchanged for.",
    "When it is ready it prints the command that registers the resource and its scopes at a Valetkey.",
  ],
  examples: [
    "protect --issuer https://login.example.com -- npx -y @modelcontextprotocol/server-filesystem /srv/files",
    "protect --issuer http://127.0.0.1:8484 --prefix files --process shared -- npx -y @modelcontextprotocol/server-everything",
    "protect --issuer https://login.example.com --upstream http://127.0.0.1:11434/v1 --rules ai.yaml",
  ],
  read: (given, io) => (isUpstream(given) ? readUpstream(given, io) : readProgram(given, io)),
};

/** Rules without an upstream are meant for one, unless a program is named. */
function isUpstream(given: Given): boolean {
  return given.has("upstream") || (given.has("rules") && given.behind.length === 0);
}
