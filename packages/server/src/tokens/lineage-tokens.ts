import { invalidTarget } from "@valetkey/protocol/errors";
import type { Keys } from "../ports/keys.ts";
import type { Settings } from "../ports/settings.ts";
import type { Store } from "../ports/store.ts";
import type { Account } from "../records/account.ts";
import type { Permission } from "../records/grant.ts";
import type { Instant } from "../records/instant.ts";
import type { Lineage } from "../records/lineage.ts";
import { accessToken } from "./access-token.ts";
import { scopesOf } from "./entitlement.ts";
import { idToken } from "./id-token.ts";
import { refreshToken } from "./refresh-token.ts";
import type { TokenResponse } from "./token-response.ts";

export interface TokenContext {
  readonly keys: Keys;
  readonly settings: Settings;
  readonly store: Pick<Store, "resources">;
}

export interface Entitled {
  readonly account: Account;
  /** The row as it will stand when the answer leaves. */
  readonly lineage: Lineage;
  /** The resource that the access token is for, with what it may still do there. */
  readonly audience: Permission;
  /** Identity scopes, which UserInfo honours whatever the audience. */
  readonly identity: readonly string[];
  /** The key that this request proved; null for bearer tokens. */
  readonly jkt: string | null;
  /** The nonce of the authorization request; only the code's own answer repeats it. */
  readonly nonce: string | null;
}

/** The tokens of one device, signed and derived; writes nothing, so it may come before the verb that commits. @throws invalid_target */
export async function lineageTokens(
  context: TokenContext,
  entitled: Entitled,
  now: Instant,
): Promise<TokenResponse> {
  const { account, lineage, audience, identity } = entitled;
  const { keys, settings, store } = context;
  const resource = await store.resources.find(audience.resource);
  if (!resource && audience.resource !== settings.issuer)
    throw invalidTarget("resource.unknown", { fact: audience.resource });
  const scopes = scopesOf([audience, { resource: settings.issuer, scopes: identity }]);
  const access = await accessToken(
    context,
    {
      accountId: account.id,
      clientId: lineage.clientId,
      audience: audience.resource,
      scopes,
      lifetime: resource?.accessTokenLifetime ?? null,
      endsBy: lineage.absoluteExpiresAt,
      format: resource?.tokenFormat ?? "jwt",
      lineageId: lineage.id,
      jkt: entitled.jkt,
      authenticatedAt: lineage.authenticatedAt,
      amr: lineage.amr,
      roles: account.roles,
    },
    now,
  );
  const about = { account, lineage, scopes, accessToken: access.token, nonce: entitled.nonce };
  return {
    access_token: access.token,
    token_type: access.type,
    expires_in: access.expiresIn,
    ...(scopes.length > 0 && { scope: scopes.join(" ") }),
    ...(lineage.refreshable && {
      refresh_token: refreshToken(keys, settings.issuer, lineage, lineage.keyId, lineage.generation),
    }),
    ...(identity.includes("openid") && { id_token: await idToken(context, about, now) }),
  };
}
