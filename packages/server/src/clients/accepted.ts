import type { AcceptedMetadata } from "@valetkey/protocol/client-registration";
import type { Client, ClientKind } from "../records/client.ts";
import type { Instant } from "../records/instant.ts";

/** The record of a client that described itself, by registration or by document. What it says of its scope is no ceiling. */
export function acceptedClient(
  id: string,
  kind: ClientKind,
  metadata: AcceptedMetadata,
  at: Instant,
): Client {
  return {
    id,
    kind,
    name: metadata.clientName ?? id,
    redirectUris: metadata.redirectUris,
    postLogoutRedirectUris: metadata.postLogoutRedirectUris,
    grantTypes: metadata.grantTypes,
    authMethods: metadata.tokenEndpointAuthMethods,
    applicationType: metadata.applicationType ?? null,
    scope: null,
    introspects: [],
    secrets: [],
    jwks: metadata.jwks ?? null,
    jwksUri: metadata.jwksUri ?? null,
    logoUri: metadata.logoUri ?? null,
    clientUri: metadata.clientUri ?? null,
    ...(metadata.dpopBound && { boundTokens: true }),
    createdAt: at,
    lastAuthorizedAt: null,
    disabledAt: null,
  };
}
