import { proofAlgorithms } from "@valetkey/protocol/dpop-proof";
import { resourceMetadata, resourceMetadataUrl } from "@valetkey/protocol/resource-metadata";
import type { JudgedRequest } from "./judged-request.ts";
import type { Settings } from "./options.ts";
import { answerPreflight, isPreflight } from "./origin.ts";

const root = "/.well-known/oauth-protected-resource";
const open = { "access-control-allow-origin": "*" };

/**
 * Answers the RFC 9728 document at its path-inserted URL and at the root; any other request gets nothing.
 * The document is public, so every origin may read it.
 */
export function metadataAnswerer(settings: Settings): (request: JudgedRequest) => Response | undefined {
  const inserted = new URL(resourceMetadataUrl(settings.resource)).pathname;
  const body = JSON.stringify(
    resourceMetadata({
      resource: settings.resource,
      authorizationServers: [settings.issuer],
      scopes: settings.scopes,
      proofAlgorithms,
      proofRequired: settings.dpop?.required ?? false,
      ...(settings.resourceName !== undefined && { name: settings.resourceName }),
      ...(settings.resourceDocumentation !== undefined && { documentation: settings.resourceDocumentation }),
    }),
  );
  return function metadata(request) {
    // Nearly every request asks for something else, and its URL is not worth taking apart.
    if (!request.url.includes(root)) return undefined;
    const { pathname } = new URL(request.url);
    if (pathname !== inserted && pathname !== root) return undefined;
    if (isPreflight(request)) return answerPreflight(open);
    if (request.method !== "GET" && request.method !== "HEAD") {
      return new Response(null, { status: 405, headers: { ...open, allow: "GET, HEAD, OPTIONS" } });
    }
    return new Response(request.method === "HEAD" ? null : body, {
      headers: { ...open, "content-type": "application/json", "cache-control": "public, max-age=300" },
    });
  };
}
