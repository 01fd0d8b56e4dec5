import type { Permission } from "../records/grant.ts";
import type { Instant } from "../records/instant.ts";
import { hashSecret, newSecret } from "../tokens/secret.ts";
import { answerUri } from "./answer.ts";
import type { Authorization, InteractionContext, SignedIn } from "./authorization.ts";

/** Records consent, keeps a code, and says where the browser takes it. OAuth 2.1 §4.1.2 */
export async function finishWithCode(
  { store, settings }: InteractionContext,
  authorization: Authorization,
  { session, account }: SignedIn,
  permissions: readonly Permission[],
  now: Instant,
): Promise<string> {
  const { client, redirectUri, request } = authorization;
  const grant = await store.grants.consent(account.id, client.id, permissions, now);
  const code = newSecret("vkc");
  await store.codes.save({
    codeHash: hashSecret(code),
    clientId: client.id,
    accountId: account.id,
    grantId: grant.id,
    redirectUri,
    codeChallenge: request.codeChallenge,
    permissions,
    ...(request.dpopKey !== undefined && { jkt: request.dpopKey }),
    nonce: request.nonce ?? null,
    sid: session.sid,
    authenticatedAt: session.authenticatedAt,
    amr: session.amr,
    createdAt: now,
    expiresAt: now + settings.lifetimes.authorizationCode,
    spentAt: null,
  });
  return answerUri(authorization, settings.issuer, { code });
}
