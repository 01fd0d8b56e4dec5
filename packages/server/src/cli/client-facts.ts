import type { Client } from "../records/client.ts";
import { isoMoment } from "./wording.ts";

const orNull = (at: number | null) => (at === null ? null : isoMoment(at));

/** A client as --json prints it, in the wire's names (RFC 7591 §2); of its secrets only when they were made. */
export function clientFacts(client: Client) {
  return {
    client_id: client.id,
    client_name: client.name,
    kind: client.kind,
    redirect_uris: client.redirectUris,
    post_logout_redirect_uris: client.postLogoutRedirectUris,
    grant_types: client.grantTypes,
    token_endpoint_auth_methods: client.authMethods,
    scope: client.scope === null ? null : client.scope.join(" "),
    introspects: client.introspects,
    acts_at: client.actsAt ?? [],
    jwks: client.jwks,
    jwks_uri: client.jwksUri,
    dpop_bound_access_tokens: client.boundTokens ?? false,
    refresh_grace: client.refreshGrace ?? null,
    secrets: client.secrets.map(({ createdAt, expiresAt }) => ({
      created_at: isoMoment(createdAt),
      expires_at: orNull(expiresAt),
    })),
    created_at: isoMoment(client.createdAt),
    last_authorized_at: orNull(client.lastAuthorizedAt),
    disabled_at: orNull(client.disabledAt),
  };
}
