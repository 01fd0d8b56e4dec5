import { invalidRequest } from "@valetkey/protocol/errors";
import type { Parameters } from "@valetkey/protocol/parameters";
import { isLoopback, matchRedirectUri } from "@valetkey/protocol/redirect-uri";
import type { ResolveClient } from "../clients/resolve.ts";
import type { Client } from "../records/client.ts";
import type { Instant } from "../records/instant.ts";

/** Who asks, and where the answer goes: known to be good before anything else is said to the client. */
export interface Parties {
  readonly client: Client;
  readonly redirectUri: string;
  /** Echoed exactly; undefined when the request had none. */
  readonly state: string | undefined;
}

/**
 * OAuth 2.1 §4.1.2.1: a bad client_id or redirect_uri is told to the person and never redirected.
 * @throws invalid_request, invalid_client
 */
export async function requireParties(
  parameters: Parameters,
  resolve: ResolveClient,
  now: Instant,
  address: string,
): Promise<Parties> {
  const client = await resolve(parameters.required("client_id"), now, address);
  return { client, redirectUri: requireRedirectUri(client, parameters), state: parameters.optional("state") };
}

function requireRedirectUri(client: Client, parameters: Parameters): string {
  const asked = parameters.optional("redirect_uri");
  const [only, ...others] = client.redirectUris;
  if (asked === undefined) {
    // OAuth 2.1 §2.3.2: it may be left out only where one is registered.
    if (only !== undefined && others.length === 0) return only;
    throw invalidRequest("The parameter redirect_uri is missing.", "redirect-uri.missing");
  }
  if (!matchRedirectUri(client.redirectUris, asked)) {
    throw invalidRequest("The redirect_uri is not registered.", "redirect-uri.unregistered", {
      fact: `${asked.slice(0, longestUri)}; registered: ${registeredOf(client)}`,
    });
  }
  return asked;
}

/** What the trace keeps of one URI, and how many of them. */
const longestUri = 300;
const mostUris = 5;

/** Side by side with what came, so that whoever reads the trace sees the difference. */
function registeredOf({ redirectUris }: Client): string {
  const shown = redirectUris.slice(0, mostUris).map((uri) => uri.slice(0, longestUri));
  const others = redirectUris.length - shown.length;
  return [...shown, ...(others > 0 ? [`${others} more`] : [])].join(", ") || "none";
}

/**
 * Whether the redirect proves the client: only then is consent remembered (OAuth 2.1 §7.3.1). A self-registered name
 * proves nothing; on loopback any program may listen; an https redirect of a document or a registration is its own.
 */
export function isProven({ client, redirectUri }: Pick<Parties, "client" | "redirectUri">): boolean {
  if (client.kind === "self-registered") return false;
  if (client.kind === "registered" && !client.authMethods.includes("none")) return true;
  return redirectUri.startsWith("https://") && !isLoopback(redirectUri);
}
