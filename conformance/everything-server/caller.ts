import {
  type AuthInfo,
  CLIENT_CAPABILITIES_META_KEY,
  type ClientCapabilities,
  type ServerContext,
} from "@modelcontextprotocol/server";

/** The person whose token came with the request, as the guard read it. */
export function subjectOf(authInfo: AuthInfo | undefined): string {
  return String(authInfo?.extra?.subject ?? "");
}

/** What the client can do, as every request says since 2026-07-28. */
export function capabilitiesOf({ mcpReq }: ServerContext): ClientCapabilities {
  const envelope: Readonly<Record<string, ClientCapabilities | undefined>> = { ...mcpReq.envelope };
  return envelope[CLIENT_CAPABILITIES_META_KEY] ?? {};
}
