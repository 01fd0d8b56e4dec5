import { SignInError } from "../errors.ts";
import { learnTime, type ProofKey, proof } from "./proof-key.ts";

/** RFC 6749 §5.1, as it travels; unknown members are nobody's business (OAuth 2.1 §3.2.3). */
export interface TokenResponse {
  readonly access_token: string;
  readonly token_type: string;
  readonly expires_in?: number;
  readonly refresh_token?: string;
  readonly scope?: string;
  readonly id_token?: string;
}

export interface Sender {
  /** Signs a proof for each request. */
  readonly key?: ProofKey | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

type Form = Readonly<Record<string, string | undefined>>;

/** The newest nonce of each server, by origin. RFC 9449 §8 */
const nonces = new Map<string, string>();

/**
 * A form to the token or revocation endpoint. Nothing follows a redirect, no cookie goes along, nothing is kept.
 * @throws SignInError "unreachable" without an answer that counts, "signed_out" when the grant is over, else "issuer"
 */
export async function post(url: string, form: Form, sender: Sender = {}): Promise<Partial<TokenResponse>> {
  let response = await sent(url, form, sender);
  let body = await bodyOf(response);
  // RFC 9449 §8: the nonce is known now, and the server's time too where it shows it; a proof's refusal spends nothing.
  for (let tries = 0; tries < 2 && /^(use_dpop_nonce|invalid_dpop_proof)$/.test(body.error ?? ""); tries++) {
    response = await sent(url, form, sender);
    body = await bodyOf(response);
  }
  // OAuth 2.1 §4.3: an error without a word, and the server's own trouble, say nothing of the grant.
  const { status } = response;
  if (response.ok) return body;
  if (status >= 500 || status === 429 || !body.error)
    throw new SignInError("unreachable", `The issuer answered ${status}.`, { oauthError: body.error });
  const code = body.error === "invalid_grant" ? "signed_out" : "issuer";
  throw new SignInError(code, `The issuer answered ${body.error}.`, { oauthError: body.error });
}

async function sent(url: string, form: Form, { key, headers }: Sender): Promise<Response> {
  const { origin } = new URL(url);
  const fields = Object.entries(form).filter((entry): entry is [string, string] => entry[1] !== undefined);
  try {
    const response = await fetch(url, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: {
        accept: "application/json",
        ...headers,
        ...(key && { DPoP: await proof(key, { method: "POST", url, nonce: nonces.get(origin) }) }),
      },
      credentials: "omit",
      redirect: "error",
      cache: "no-store",
      signal: AbortSignal.timeout(30_000),
    });
    learnTime(response);
    const nonce = response.headers.get("dpop-nonce");
    if (nonce) nonces.set(origin, nonce);
    return response;
  } catch (cause) {
    throw new SignInError("unreachable", "The issuer has no answer.", { cause });
  }
}

async function bodyOf(response: Response): Promise<Partial<TokenResponse> & { readonly error?: string }> {
  try {
    return ((await response.json()) as TokenResponse | null) ?? {};
  } catch {
    return {};
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
