/**
 * Documents of well-known clients as published in November 2026. Some hosts answer servers with a bot check instead of
 * the document (anthropics/claude-ai-mcp#650); then, and only while there is no copy fetched from the host itself, the
 * pinned one serves. What it may do is in its redirect URIs, which are the client's own.
 */
const pinned: readonly Readonly<Record<string, unknown>>[] = [
  {
    client_id: "https://claude.ai/oauth/mcp-oauth-client-metadata",
    client_name: "Claude",
    redirect_uris: ["https://claude.ai/api/mcp/auth_callback"],
    grant_types: ["authorization_code", "refresh_token"],
    token_endpoint_auth_method: "none",
  },
  {
    client_id: "https://claude.ai/oauth/claude-code-client-metadata",
    client_name: "Claude Code",
    redirect_uris: ["http://localhost/callback", "http://127.0.0.1/callback"],
    grant_types: ["authorization_code", "refresh_token"],
    token_endpoint_auth_method: "none",
  },
  {
    client_id: "https://vscode.dev/oauth/client-metadata.json",
    client_name: "Visual Studio Code",
    redirect_uris: ["http://127.0.0.1:33418/", "https://vscode.dev/redirect"],
    grant_types: ["authorization_code", "refresh_token"],
    token_endpoint_auth_method: "none",
  },
];

/** The pinned copy of a document, as its host would send it. */
export function pinnedDocument(url: string): unknown {
  return pinned.find((document) => document["client_id"] === url);
}
