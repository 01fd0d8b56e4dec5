import { SignInError } from "../errors.ts";
import type { PlainError, SignInRequest } from "../messages.ts";
import { authorizationRequest, codeOf, isOpenId, words } from "../oauth/authorization.ts";
import { discover, type Metadata } from "../oauth/discovery.ts";
import { idTokenAccount } from "../oauth/id-token.ts";
import { newProofKey } from "../oauth/proof-key.ts";
import { userInfo } from "../oauth/user-info.ts";
import { type ClientFacts, keyOf } from "../options.ts";
import { type Held, tokensFor, tokensOf } from "./held.ts";
import { plain } from "./plain-error.ts";
import { keep, type Transaction, take } from "./transactions.ts";

/**
 * Begins a sign-in. What is held already is asked for again.
 * @returns the URL of the authorization request. @throws SignInError "issuer", "unreachable"
 */
export async function begin(client: ClientFacts, request: SignInRequest, held?: Held): Promise<string> {
  const metadata = await discover(client.issuer);
  if (client.dpop && metadata.dpop_signing_alg_values_supported?.includes("ES256") === false)
    throw new SignInError("issuer", "The issuer lacks ES256.");
  const key = client.dpop ? await newProofKey() : undefined;
  const requested = held?.requested ?? [];
  const { url, ...asked } = await authorizationRequest({ client, metadata, request, requested, key });
  const { redirectUri } = client;
  const { maxAge, returnTo = "/" } = request;
  await keep({ ...asked, client: keyOf(client), redirectUri, returnTo, maxAge, key, begunAt: Date.now() });
  return url;
}

export interface Finished {
  readonly returnTo: string;
  /** undefined when the sign-in failed; `error` says why. */
  readonly held?: Held;
  readonly error?: PlainError;
}

/**
 * OAuth 2.1 §4.1.2, §4.1.3: the answer of the issuer, once.
 * @throws SignInError "callback" for an answer to a question that nobody here asked
 */
export async function finish(
  client: ClientFacts,
  answer: Readonly<Record<string, string>>,
): Promise<Finished> {
  const begun = await take(answer.state ?? "", keyOf(client));
  if (!begun) throw new SignInError("callback", "The answer is of another sign-in.");
  const { returnTo } = begun;
  try {
    const metadata = await discover(client.issuer);
    return { returnTo, held: await redeemed(client, metadata, begun, codeOf(answer, metadata)) };
  } catch (thrown) {
    return { returnTo, error: plain(thrown) };
  }
}

async function redeemed(
  client: ClientFacts,
  metadata: Metadata,
  begun: Transaction,
  code: string,
): Promise<Held> {
  const { key, verifier, redirectUri, scope, nonce, maxAge } = begun;
  const by = { client, metadata, key };
  const tokens = await tokensFor(by, {
    grant_type: "authorization_code",
    code,
    code_verifier: verifier,
    redirect_uri: redirectUri,
  });
  const requested = words(scope);
  const of = tokensOf(tokens, { scopes: requested });
  const account = isOpenId(scope)
    ? idTokenAccount(tokens.id_token ?? "", { ...client, nonce, maxAge })
    : undefined;
  const held: Held = { ...by, account, requested, ...of };
  return { ...held, account: await userInfo(held) };
}
