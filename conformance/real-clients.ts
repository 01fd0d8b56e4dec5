import { mcp } from "../packages/server/src/testing/a-server.ts";

/** How a client of today makes itself known and asks, as its maker documents it or as it was seen in autumn 2026. */
export interface RealClient {
  readonly name: string;
  /** The URL of its metadata document, which is its id; none: it registers itself. */
  readonly documentUrl?: string;
  /** Its document without `client_id`, or the body of its registration. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** What it sends as `redirect_uri`, with the port that was free. */
  readonly redirectUri: string;
  /** What it adds to the authorization request. */
  readonly authorize?: Readonly<Record<string, string>>;
  readonly sendsResource: { readonly authorize: boolean; readonly token: boolean; readonly refresh: boolean };
}

const everywhere = { authorize: true, token: true, refresh: true };
const code = ["authorization_code"];
const codeAndRefresh = ["authorization_code", "refresh_token"];
const publicCode = { response_types: ["code"], token_endpoint_auth_method: "none" };

export const realClients: readonly RealClient[] = [
  {
    name: "Claude (web, desktop, mobile), by its document",
    documentUrl: "https://claude.ai/oauth/mcp-oauth-client-metadata",
    metadata: {
      client_name: "Claude",
      client_uri: "https://claude.ai",
      redirect_uris: ["https://claude.ai/api/mcp/auth_callback"],
      grant_types: [...codeAndRefresh, "urn:ietf:params:oauth:grant-type:jwt-bearer"],
      ...publicCode,
    },
    redirectUri: "https://claude.ai/api/mcp/auth_callback",
    authorize: { scope: "tools:use offline_access" },
    sendsResource: everywhere,
  },
  {
    name: "Claude (web, desktop, mobile), by registration",
    metadata: {
      client_name: "Claude",
      redirect_uris: ["https://claude.ai/api/mcp/auth_callback"],
      grant_types: codeAndRefresh,
      scope: "tools:use offline_access",
      ...publicCode,
    },
    redirectUri: "https://claude.ai/api/mcp/auth_callback",
    authorize: { scope: "tools:use offline_access" },
    sendsResource: everywhere,
  },
  {
    name: "Claude Code, by its document, on localhost",
    documentUrl: "https://claude.ai/oauth/claude-code-client-metadata",
    metadata: {
      client_name: "Claude Code",
      redirect_uris: ["http://localhost/callback", "http://127.0.0.1/callback"],
      grant_types: codeAndRefresh,
      ...publicCode,
    },
    redirectUri: "http://localhost:54545/callback",
    authorize: { scope: "tools:use" },
    sendsResource: everywhere,
  },
  {
    name: "Claude Code, by registration without scope, asking for no resource",
    metadata: {
      client_name: "Claude Code (example)",
      redirect_uris: ["http://localhost:54545/callback"],
      grant_types: codeAndRefresh,
      ...publicCode,
    },
    redirectUri: "http://localhost:61234/callback",
    authorize: { scope: "tools:use" },
    sendsResource: { authorize: false, token: false, refresh: false },
  },
  {
    name: "ChatGPT, by its document with several methods",
    documentUrl: "https://chatgpt.com/oauth/client.json",
    metadata: {
      client_name: "ChatGPT",
      redirect_uris: ["https://chatgpt.com/connector_platform_oauth_redirect"],
      grant_types: codeAndRefresh,
      response_types: ["code"],
      token_endpoint_auth_methods_supported: ["none", "private_key_jwt"],
      jwks_uri: "https://chatgpt.com/oauth/jwks.json",
    },
    redirectUri: "https://chatgpt.com/connector_platform_oauth_redirect",
    authorize: { scope: "openid email tools:use" },
    sendsResource: everywhere,
  },
  {
    name: "ChatGPT, by registration, one redirect for each connector",
    metadata: {
      client_name: "ChatGPT",
      redirect_uris: ["https://chatgpt.com/connector/oauth/a1B2c3"],
      grant_types: codeAndRefresh,
      ...publicCode,
    },
    redirectUri: "https://chatgpt.com/connector/oauth/a1B2c3",
    authorize: { scope: "openid email tools:use" },
    sendsResource: everywhere,
  },
  {
    name: "Codex, which leaves resource out when it refreshes",
    documentUrl: "https://chatgpt.com/oauth/codex/client.json",
    metadata: {
      client_name: "Codex",
      redirect_uris: ["http://127.0.0.1/callback", "http://localhost/callback"],
      grant_types: codeAndRefresh,
      ...publicCode,
    },
    redirectUri: "http://127.0.0.1:1455/callback",
    sendsResource: { authorize: true, token: true, refresh: false },
  },
  {
    name: "VS Code, by its document, at a port that was free",
    documentUrl: "https://vscode.dev/oauth/client-metadata.json",
    metadata: {
      client_name: "Visual Studio Code",
      client_uri: "https://vscode.dev/product",
      logo_uri: "https://code.visualstudio.com/assets/branding/code-stable.png",
      redirect_uris: ["http://127.0.0.1:33418/", "https://vscode.dev/redirect"],
      grant_types: [...codeAndRefresh, "urn:ietf:params:oauth:grant-type:device_code"],
      ...publicCode,
    },
    redirectUri: "http://127.0.0.1:49811/",
    authorize: { scope: "tools:use" },
    sendsResource: everywhere,
  },
  {
    name: "VS Code, by registration",
    metadata: {
      client_name: "Visual Studio Code",
      redirect_uris: [
        "https://insiders.vscode.dev/redirect",
        "https://vscode.dev/redirect",
        "http://127.0.0.1/",
        "http://127.0.0.1:33418/",
      ],
      grant_types: [...codeAndRefresh, "urn:ietf:params:oauth:grant-type:device_code"],
      application_type: "native",
      ...publicCode,
    },
    redirectUri: "https://vscode.dev/redirect",
    authorize: { scope: "tools:use" },
    sendsResource: everywhere,
  },
  {
    name: "Cursor, by registration with redirects of every kind",
    metadata: {
      client_name: "Cursor",
      redirect_uris: [
        "cursor://anysphere.cursor-mcp/oauth/callback",
        "https://www.cursor.com/agents/mcp/oauth/callback",
        "http://localhost:8787/callback",
        "http://localhost:18787/callback",
      ],
      grant_types: codeAndRefresh,
      ...publicCode,
    },
    redirectUri: "http://localhost:8787/callback",
    sendsResource: everywhere,
  },
  {
    name: "Cursor, coming back by its app scheme",
    documentUrl: "https://cursor.com/oauth/mcp-client.json",
    metadata: {
      client_name: "Cursor",
      redirect_uris: [
        "cursor://anysphere.cursor-mcp/oauth/callback",
        "https://www.cursor.com/agents/mcp/oauth/callback",
      ],
      grant_types: codeAndRefresh,
      ...publicCode,
    },
    redirectUri: "cursor://anysphere.cursor-mcp/oauth/callback",
    sendsResource: everywhere,
  },
  {
    name: "mcp-remote",
    metadata: {
      client_name: "MCP CLI Proxy",
      client_uri: "https://github.com/modelcontextprotocol/mcp-cli",
      redirect_uris: ["http://localhost:3334/oauth/callback"],
      grant_types: codeAndRefresh,
      software_id: "2e6dc280-f3c3-4e01-99a7-8181dbd1d23d",
      software_version: "0.1.0",
      ...publicCode,
    },
    redirectUri: "http://localhost:3334/oauth/callback",
    authorize: { scope: "openid email profile" },
    sendsResource: everywhere,
  },
  {
    name: "MCP Inspector, in a browser",
    metadata: {
      client_name: "MCP Inspector",
      client_uri: "https://github.com/modelcontextprotocol/inspector",
      redirect_uris: ["http://localhost:6274/oauth/callback"],
      grant_types: codeAndRefresh,
      scope: "tools:use",
      ...publicCode,
    },
    redirectUri: "http://localhost:6274/oauth/callback",
    authorize: { scope: "tools:use" },
    sendsResource: everywhere,
  },
  {
    name: "Gemini CLI, which registers at each start",
    metadata: {
      client_name: "Gemini CLI MCP Client",
      redirect_uris: ["http://localhost:7777/oauth/callback"],
      grant_types: codeAndRefresh,
      ...publicCode,
    },
    redirectUri: "http://localhost:7777/oauth/callback",
    authorize: { scope: "tools:use" },
    sendsResource: everywhere,
  },
  {
    name: "Zed",
    documentUrl: "https://zed.dev/oauth/client-metadata.json",
    metadata: {
      client_name: "Zed",
      redirect_uris: ["http://127.0.0.1/callback"],
      grant_types: codeAndRefresh,
      ...publicCode,
    },
    redirectUri: "http://127.0.0.1:40321/callback",
    sendsResource: everywhere,
  },
  {
    name: "OpenCode",
    documentUrl: "https://opencode.ai/oauth/opencode/client.json",
    metadata: {
      client_name: "OpenCode",
      redirect_uris: ["http://127.0.0.1:19876/mcp/oauth/callback"],
      grant_types: codeAndRefresh,
      ...publicCode,
    },
    redirectUri: "http://127.0.0.1:19876/mcp/oauth/callback",
    sendsResource: everywhere,
  },
  {
    name: "the MCP SDK 2, which asks for offline_access with prompt=consent",
    metadata: {
      client_name: "Built with the SDK",
      redirect_uris: ["http://127.0.0.1/callback"],
      grant_types: [...code, "refresh_token"],
      application_type: "native",
      scope: "tools:use offline_access",
      ...publicCode,
    },
    redirectUri: "http://127.0.0.1:45001/callback",
    authorize: { scope: "tools:use offline_access", prompt: "consent" },
    sendsResource: everywhere,
  },
];

/** `resource`, where the client sends it. */
export function resourceIf(sent: boolean): { readonly resource: string | undefined } {
  return { resource: sent ? mcp : undefined };
}
