import type { DpopKey } from "../dpop-key.ts";
import { isAgentError } from "../errors.ts";
import { askForJson } from "../outbound.ts";
import type { Conversation } from "./conversation.ts";
import type { Issued } from "./token-answer.ts";

/**
 * The email address of who signed in, for a person to read. OpenID Connect Core §5.3: asked of the issuer, which made the
 * token and is shown nothing new; where its endpoint is at another origin it is not asked. undefined: it does not say.
 */
export async function emailOf(
  { outbound, issuer, nonces, now }: Conversation,
  { accessToken, tokenType, scopes, subject }: Issued,
  key: DpopKey | undefined,
): Promise<string | undefined> {
  const { userinfoEndpoint: url } = issuer;
  if (!url || url.origin !== issuer.tokenEndpoint.origin || subject === undefined) return undefined;
  if (scopes !== undefined && !scopes.includes("email")) return undefined;
  try {
    const proof = await key?.proof({ method: "GET", url, now: now(), nonce: nonces.of(url), accessToken });
    const { status, body } = await askForJson(outbound, url, {
      headers: {
        authorization: `${tokenType} ${accessToken}`,
        ...(proof === undefined ? {} : { dpop: proof }),
      },
    });
    // §5.3.2: about the same person, or about nobody.
    const isSame = status === 200 && body?.sub === subject;
    return isSame && typeof body.email === "string" ? body.email.slice(0, 200) : undefined;
  } catch (thrown) {
    if (isAgentError(thrown)) return undefined;
    throw thrown;
  }
}
