import { accessTokenClaims } from "@valetkey/protocol/access-token";
import type { Exchanged } from "@valetkey/protocol/token-exchange";
import type { Keys } from "../ports/keys.ts";
import type { Settings } from "../ports/settings.ts";
import type { Store } from "../ports/store.ts";
import type { Client } from "../records/client.ts";
import type { Instant } from "../records/instant.ts";
import { type AccessToken, inForm } from "./access-token.ts";
import type { Ancestry } from "./ancestry.ts";
import { newName } from "./secret.ts";

/** What the subject token says of the person, which what comes of it says too. */
export interface Subject extends Ancestry {
  readonly auth_time?: number;
  readonly acr?: string;
}

/**
 * RFC 8693 §4, RFC 9068: an access token of the one who acts, in the subject's name and lineage. It lives as long as
 * the resource lets tokens live, and never longer than the subject token. Writes nothing.
 */
export async function exchangedToken(
  { keys, settings, store }: { keys: Keys; settings: Settings; store: Pick<Store, "resources"> },
  subject: Subject,
  { client, jkt }: { readonly client: Client; readonly jkt: string | null },
  exchanged: Exchanged,
  now: Instant,
): Promise<AccessToken> {
  const resource = await store.resources.find(exchanged.audience);
  const lifetime = resource?.accessTokenLifetime ?? settings.lifetimes.accessToken;
  const expiresAt = Math.min(now + lifetime, exchanged.expiresAt);
  const claims = accessTokenClaims({
    issuer: settings.issuer,
    subject: subject.sub,
    clientId: client.id,
    audience: exchanged.audience,
    issuedAt: now,
    expiresAt,
    id: newName(),
    scopes: exchanged.scopes,
    roles: exchanged.roles,
    ...(subject.auth_time === undefined ? {} : { authTime: subject.auth_time }),
    ...(subject.acr === undefined ? {} : { acr: subject.acr }),
    ...(subject.lineage === undefined ? {} : { lineage: subject.lineage }),
    ...(jkt === null ? {} : { jkt }),
    exchanged,
  });
  return {
    token: await inForm(resource?.tokenFormat ?? "jwt", claims, { keys, settings }),
    expiresIn: expiresAt - now,
    type: jkt === null ? "Bearer" : "DPoP",
  };
}
