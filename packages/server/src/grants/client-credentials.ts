import { invalidScope, unauthorizedClient } from "@valetkey/protocol/errors";
import { parseScope } from "@valetkey/protocol/scope";
import type { Client } from "../records/client.ts";
import type { Permission } from "../records/grant.ts";
import { accessToken } from "../tokens/access-token.ts";
import { scopesOf } from "../tokens/entitlement.ts";
import { askedPermissions, oneAudience } from "../tokens/target.ts";
import type { GrantContext, GrantRequest, GrantType } from "./grant.ts";

/** OAuth 2.1 §4.2: a machine acts for itself, within the scope that it is registered for. No refresh token. */
export function clientCredentials(context: GrantContext): GrantType {
  const { store, settings, audit } = context;
  return { type: "client_credentials", exchange };

  async function exchange(request: GrantRequest) {
    const { client, possession, parameters, now, story, address, userAgent } = request;
    requireMachine(request);
    const scope = parameters.optional("scope");
    const asked = {
      scopes: scope === undefined ? undefined : parseScope(scope),
      resources: parameters.all("resource"),
    };
    const resources = await store.resources.list();
    const permissions = askedPermissions(asked, resources, "machines", settings, story);
    const within = withinCeiling(permissions, client, asked.scopes !== undefined);
    const audience = oneAudience(asked.resources, within, settings.issuer);

    const resource = resources.find(({ identifier }) => identifier === audience.resource);
    const lifetime = resource?.accessTokenLifetime ?? null;
    const jkt = await possession.key(null);
    const facts = {
      clientId: client.id,
      audience: audience.resource,
      scopes: audience.scopes,
      lifetime,
      format: resource?.tokenFormat ?? "jwt",
      jkt,
    };
    const { token, expiresIn, type } = await accessToken(context, facts, now);
    story.says(`A machine got a token for ${audience.resource}.`);
    audit.record({ at: now, what: "token.issued", clientId: client.id, address, userAgent });
    return {
      access_token: token,
      token_type: type,
      expires_in: expiresIn,
      scope: audience.scopes.join(" "),
    };
  }
}

/** OAuth 2.1 §4.2: the client itself is the owner, so that it has to prove who it is in this very request. */
function requireMachine({ client, isProven }: GrantRequest): void {
  if (!isProven) throw unauthorizedClient("client.not-confidential", { fact: client.id.slice(0, 200) });
  if (!client.grantTypes.includes("client_credentials")) throw unauthorizedClient("client.grant-not-allowed");
}

/** A default shrinks to the ceiling in silence; what was asked by name is refused when it is beyond. */
function withinCeiling(
  permissions: readonly Permission[],
  client: Client,
  named: boolean,
): readonly Permission[] {
  const ceiling = client.scope ?? [];
  const beyond = scopesOf(permissions).find((scope) => !ceiling.includes(scope));
  const within = permissions.map(({ resource, scopes }) => ({
    resource,
    scopes: scopes.filter((scope) => ceiling.includes(scope)),
  }));
  const isNothing = permissions.length === 0 || within.every(({ scopes }) => scopes.length === 0);
  if ((named && beyond !== undefined) || isNothing)
    throw invalidScope("scope.beyond-client", { fact: (beyond ?? "none").slice(0, 200) });
  return within;
}
