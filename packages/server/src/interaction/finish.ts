import { firstEnd, type Grant, type Permission } from "../records/grant.ts";
import type { Instant } from "../records/instant.ts";
import { hashSecret, newSecret } from "../tokens/secret.ts";
import { answerUri } from "./answer.ts";
import type { Authorization, InteractionContext, SignedIn } from "./authorization.ts";

/**
 * Records consent, keeps a code, and says where the browser takes it.
 * @param endsAt when the access ends, where the person set an end
 */
export async function finishWithConsent(
  context: InteractionContext,
  authorization: Authorization,
  person: SignedIn,
  permissions: readonly Permission[],
  endsAt: Instant | undefined,
  now: Instant,
): Promise<string> {
  const { client } = authorization;
  const grant = await context.store.grants.consent(person.account.id, client.id, permissions, now, endsAt);
  return await finishWithCode(context, authorization, person, { grant, permissions, endsAt }, now);
}

/**
 * Consent was given before, to a client that is proven: it is not recorded anew, or each silent login would put off the end
 * that the person set; and a grant that they end meanwhile stays ended, its code worth nothing.
 */
export async function finishAsRemembered(
  context: InteractionContext,
  authorization: Authorization,
  person: SignedIn,
  now: Instant,
): Promise<string> {
  const { grant, permitted: permissions } = authorization;
  if (!grant) throw new Error("what nobody granted is not remembered");
  const endsAt = firstEnd(grant, permissions);
  return await finishWithCode(context, authorization, person, { grant, permissions, endsAt }, now);
}

interface Consented {
  readonly grant: Grant;
  readonly permissions: readonly Permission[];
  readonly endsAt: Instant | undefined;
}

/** OAuth 2.1 §4.1.2 */
async function finishWithCode(
  { store, settings }: InteractionContext,
  authorization: Authorization,
  { session, account }: SignedIn,
  { grant, permissions, endsAt }: Consented,
  now: Instant,
): Promise<string> {
  const { client, redirectUri, request } = authorization;
  const expiresAt = now + settings.lifetimes.authorizationCode;
  const code = newSecret("vkc");
  await store.codes.save({
    codeHash: hashSecret(code),
    clientId: client.id,
    accountId: account.id,
    grantId: grant.id,
    redirectUri,
    codeChallenge: request.codeChallenge,
    permissions,
    ...(endsAt !== undefined && { accessEndsAt: endsAt }),
    ...(request.dpopKey !== undefined && { jkt: request.dpopKey }),
    nonce: request.nonce ?? null,
    sid: session.sid,
    authenticatedAt: session.authenticatedAt,
    amr: session.amr,
    createdAt: now,
    expiresAt: Math.min(expiresAt, endsAt ?? expiresAt),
    spentAt: null,
  });
  return answerUri(authorization, settings.issuer, { code });
}
