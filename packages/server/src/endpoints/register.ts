import { parseClientMetadata } from "@valetkey/protocol/client-metadata";
import { requireRegistrable } from "@valetkey/protocol/client-registration";
import { invalidClientMetadata, OAuthError, tooManyRequests } from "@valetkey/protocol/errors";
import { acceptedClient } from "../clients/accepted.ts";
import { json } from "../http/answer.ts";
import type { Endpoint, HttpRequest } from "../http/message.ts";
import { newName } from "../tokens/secret.ts";
import type { Context } from "./context.ts";

/**
 * RFC 7591 §3: a client registers itself, as a public client and only so. The answer says what was registered, which
 * may be less than was asked; there is never a secret, and the registration does not expire while it is used.
 */
export function registrationEndpoint({ settings, store, clock, limiter, audit }: Context): Endpoint {
  return async (request, story) => {
    const now = clock.now();
    if (!settings.registration.enabled) {
      throw new OAuthError("access_denied", "Registration is closed.", "registration.disabled");
    }
    const wait = limiter.waitFor("registration", request.address, now);
    if (wait > 0) throw tooManyRequests(wait, "request.rate");
    limiter.count("registration", request.address, now);
    const metadata = requireRegistrable(parseClientMetadata(readJson(request)), settings.registration);
    const client = acceptedClient(`client_${newName()}`, "self-registered", metadata, now);
    await store.clients.add(client);
    story.client(client.id);
    story.says(
      `${client.name.slice(0, 100)} registered itself with ${client.redirectUris.join(" ").slice(0, 300)}.`,
    );
    audit.record({ at: now, what: "client.registered", clientId: client.id, address: request.address });
    return json(201, {
      client_id: client.id,
      client_id_issued_at: now,
      client_name: metadata.clientName,
      redirect_uris: client.redirectUris,
      grant_types: client.grantTypes,
      response_types: metadata.responseTypes,
      token_endpoint_auth_method: client.authMethods[0],
      application_type: metadata.applicationType,
      scope: metadata.scope?.join(" "),
      jwks: metadata.jwks,
      jwks_uri: metadata.jwksUri,
      logo_uri: metadata.logoUri,
      client_uri: metadata.clientUri,
      tos_uri: metadata.tosUri,
      policy_uri: metadata.policyUri,
      contacts: metadata.contacts.length > 0 ? metadata.contacts : undefined,
      software_id: metadata.softwareId,
      software_version: metadata.softwareVersion,
      dpop_bound_access_tokens: metadata.dpopBound ? true : undefined,
    });
  };
}

function readJson(request: HttpRequest): unknown {
  const type = request.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json")
    throw invalidClientMetadata("Send application/json.", "request.content-type");
  try {
    return JSON.parse(request.body);
  } catch (cause) {
    throw invalidClientMetadata("The body is not JSON.", "metadata.malformed", { cause });
  }
}
