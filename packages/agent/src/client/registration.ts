import { deviceCodeGrant } from "@valetkey/protocol/device-code";
import type { Issuer } from "../discovery/issuer.ts";
import { AgentError } from "../errors.ts";
import type { Instant } from "../instant.ts";
import { askForJson, type Outbound } from "../outbound.ts";
import type { Client } from "./identity.ts";

/** What a client says of itself when it registers. */
export interface RegistrationOptions {
  /** What the consent page calls the client. */
  readonly name: string;
  readonly uri?: string;
}

/** A client that the issuer made for us; it belongs to that issuer and to no other. */
export interface Registration {
  readonly issuer: string;
  readonly client: Client;
  readonly redirectUri: string;
  /** When its secret ends, if it has one that does. */
  readonly expiresAt: Instant | undefined;
}

/**
 * RFC 7591 §3.1: a public native client with one loopback redirect. Many issuers compare the port, against RFC 8252
 * §7.3, so that the port is registered that will be listened on, and tried first the next time.
 * @throws AgentError client-needed where nobody may register, client-refused, unreachable
 */
export async function register(
  outbound: Outbound,
  issuer: Issuer,
  redirectUri: string,
  { name, uri }: RegistrationOptions,
): Promise<Registration> {
  const endpoint = issuer.registrationEndpoint;
  if (!endpoint) {
    throw new AgentError("client-needed", `${issuer.issuer} lets no client register by itself.`);
  }
  const hasDevice = issuer.deviceAuthorizationEndpoint !== undefined;
  const metadata = {
    client_name: name,
    ...(uri === undefined ? {} : { client_uri: uri }),
    application_type: "native",
    redirect_uris: [redirectUri],
    grant_types: ["authorization_code", "refresh_token", ...(hasDevice ? [deviceCodeGrant] : [])],
    response_types: ["code"],
    token_endpoint_auth_method: "none",
  };
  const { status, body } = await askForJson(outbound, endpoint, {
    method: "POST",
    body: JSON.stringify(metadata),
    headers: { "content-type": "application/json" },
  });
  // RFC 7591 §3.2.1 says 201; some servers answer 200.
  if ((status !== 201 && status !== 200) || typeof body?.client_id !== "string") {
    const error =
      typeof body?.error === "string" ? ` (${body.error.slice(0, 60).replace(/[^\w-]/g, "?")})` : "";
    throw new AgentError(
      "client-refused",
      `${issuer.issuer} did not take the registration: ${status}${error}.`,
    );
  }
  // RFC 6749 §A.1; the id is shown to people and stands in lines that are copied.
  if (!/^[\x20-\x7E]{1,2000}$/.test(body.client_id)) {
    throw new AgentError("client-refused", `${issuer.issuer} registered a client with an id that is none.`);
  }
  const {
    client_id,
    client_secret,
    client_secret_expires_at: ends,
    token_endpoint_auth_method: method,
  } = body;
  const hasSecret = typeof client_secret === "string" && method !== "none";
  return {
    issuer: issuer.issuer,
    client: {
      id: client_id,
      origin: "registered",
      ...(hasSecret ? { secret: client_secret } : {}),
      ...(hasSecret && typeof method === "string" ? { method } : {}),
    },
    redirectUri,
    expiresAt: hasSecret && typeof ends === "number" && ends > 0 ? ends : undefined,
  };
}
