import { SignInError } from "../errors.ts";
import { fields, requestIssuer, type Sender } from "./request.ts";

/** RFC 6749 §5.1, as it travels; unknown members are nobody's business (OAuth 2.1 §3.2.3). */
export interface TokenResponse {
  readonly access_token: string;
  readonly token_type: string;
  readonly expires_in?: number;
  readonly refresh_token?: string;
  readonly scope?: string;
  readonly id_token?: string;
}

type Form = Readonly<Record<string, string | undefined>>;
type Body = Partial<TokenResponse> & { readonly error?: string };

/**
 * A form to the token or revocation endpoint. Nothing follows a redirect, no cookie goes along, nothing is kept.
 * @throws SignInError "unreachable" without an answer that counts, "signed_out" when the grant is over, else "issuer"
 */
export async function post(url: string, form: Form, sender: Sender = {}): Promise<Partial<TokenResponse>> {
  for (let tries = 3; ; ) {
    const response = await requestIssuer(url, 30, sender, fields(form)).catch((cause) => {
      throw new SignInError("unreachable", "The issuer has no answer.", { cause });
    });
    const body: Body = (await response.json().catch(() => undefined)) ?? {};
    if (response.ok) return body;
    const { error } = body;
    // RFC 9449 §8: the nonce is known now, and the server's time too where it shows it; a proof's refusal spends nothing.
    if (--tries && /^(use_dpop_nonce|invalid_dpop_proof)$/.test(error ?? "")) continue;
    // OAuth 2.1 §4.3: an error without a word, and the server's own trouble, say nothing of the grant.
    const { status } = response;
    const isAway = status >= 500 || status === 429 || !error;
    const code = isAway ? "unreachable" : error === "invalid_grant" ? "signed_out" : "issuer";
    throw new SignInError(code, `The issuer answered ${error || status}.`, { oauthError: error });
  }
}

/**
 * RFC 6749 §5.1 and RFC 9449 §5: a token of the kind that was asked for.
 * @throws SignInError "issuer"
 */
export function requireTokens(body: Partial<TokenResponse>, isBound: boolean): TokenResponse {
  const { access_token, token_type } = body;
  const kind = isBound ? "dpop" : "bearer";
  if (typeof access_token !== "string" || token_type?.toLowerCase() !== kind)
    throw new SignInError("issuer", `The issuer gave no ${kind} token.`);
  return body as TokenResponse;
}
