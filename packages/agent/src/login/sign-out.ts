import { AgentError, isAgentError } from "../errors.ts";
import { type Conversation, postForm } from "../issuer/conversation.ts";
import { refusalOf } from "../issuer/token-answer.ts";
import type { Slot } from "../store/store.ts";
import { type Login, loginName, readLogin } from "./login.ts";
import { type Renewal, signInNeeded } from "./renew.ts";

/** What became of the login. */
export interface SignedOut {
  /** Whether the issuer was told, so that no copy of the tokens is worth anything. */
  readonly isRevoked: boolean;
  /** Whether anything was kept here. It is false of a sign-out on this machine alone, where nobody was signed in. */
  readonly wasKept: boolean;
}

/**
 * Ends the login: at the issuer first (RFC 7009), then here. When the issuer cannot be told nothing is removed, so that it
 * can be tried again.
 * @param isLocal leaves the issuer alone
 * @throws AgentError sign-in-needed when there is no login and the issuer was to be told; those of discovery and of the issuer
 */
export async function signOut(renewal: Renewal, isLocal: boolean): Promise<SignedOut> {
  const name = loginName(renewal.resource, renewal.profile);
  const seen = isLocal ? undefined : readLogin(await renewal.store.read(name));
  const conversation = seen && isWorthTelling(seen) ? await renewal.conversationFor(seen) : undefined;
  return await renewal.store.exclusively(name, async (slot) => {
    if (isLocal) {
      const wasKept = await isKept(slot);
      await slot.remove();
      return { isRevoked: false, wasKept };
    }
    const login = readLogin(await slot.read());
    if (!login) throw signInNeeded(renewal.resource, "Nobody is signed in");
    const isRevoked = conversation ? await revoke(conversation, login) : false;
    await slot.remove();
    return { isRevoked, wasKept: true };
  });
}

/** What cannot be read is kept as well, and is removed all the same where that is all that is asked. */
async function isKept(slot: Slot): Promise<boolean> {
  try {
    return (await slot.read()) !== undefined;
  } catch (thrown) {
    if (isAgentError(thrown)) return true;
    throw thrown;
  }
}

function isWorthTelling({ refreshToken, tokens }: Login): boolean {
  return refreshToken !== undefined || tokens.length > 0;
}

/** RFC 7009 §2: the refresh token, with which the issuer ends the others; without one each access token. */
async function revoke(conversation: Conversation, { refreshToken, tokens }: Login): Promise<boolean> {
  const { issuer } = conversation;
  if (!issuer.revocationEndpoint) return false;
  const all =
    refreshToken === undefined
      ? tokens.map(({ accessToken }) => ({ token: accessToken, token_type_hint: "access_token" }))
      : [{ token: refreshToken, token_type_hint: "refresh_token" }];
  for (const form of all) {
    const answer = await postForm(conversation, issuer.revocationEndpoint, form);
    if (answer.status === 200) continue;
    const refusal = refusalOf(answer, issuer.issuer);
    // RFC 7009 §2.2.1: then there is nothing that could be done.
    if (refusal.facts.oauthError === "unsupported_token_type") return false;
    throw new AgentError(refusal.code, `The login was not ended: ${issuer.issuer} refused.`, refusal.facts);
  }
  return true;
}
