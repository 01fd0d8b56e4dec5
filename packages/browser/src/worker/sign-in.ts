import { SignInError } from "../errors.ts";
import type { SignInRequest } from "../messages.ts";
import { discover, type Metadata } from "../oauth/discovery.ts";
import { random, sha256 } from "../oauth/encoding.ts";
import { idTokenAccount } from "../oauth/id-token.ts";
import { newProofKey, thumbprint } from "../oauth/proof-key.ts";
import { post, requireTokens } from "../oauth/token-endpoint.ts";
import { type ClientFacts, keyOf } from "../options.ts";
import { type Held, tokensOf, words } from "./held.ts";
import { keep, take } from "./transactions.ts";
import { userInfo } from "./user-info.ts";

/**
 * OAuth 2.1 §4.1.1: the URL of a new authorization request, its secrets fresh. What is held already is asked for again.
 * @throws SignInError "issuer", "unreachable"
 */
export async function begin(client: ClientFacts, request: SignInRequest, held?: Held): Promise<string> {
  const metadata = await discover(client.issuer);
  if (client.dpop && metadata.dpop_signing_alg_values_supported?.includes("ES256") === false)
    throw new SignInError("issuer", "The issuer takes no DPoP proof by ES256.");
  const { scopes = [], acrValues, maxAge, prompt, loginHint, returnTo = "/" } = request;
  const scope = [...new Set([...words(client.scope), ...(held?.requested ?? []), ...scopes])].join(" ");
  const key = client.dpop ? await newProofKey() : undefined;
  const { redirectUri } = client;
  const [state, verifier, nonce] = [random(), random(), random()];
  const begunAt = Date.now();
  await keep({
    state,
    client: keyOf(client),
    verifier,
    nonce,
    scope,
    redirectUri,
    returnTo,
    maxAge,
    key,
    begunAt,
  });
  const parameters = {
    response_type: "code",
    client_id: client.clientId,
    redirect_uri: redirectUri,
    scope,
    state,
    nonce: isOpenId(scope) ? nonce : undefined,
    code_challenge: await sha256(verifier),
    code_challenge_method: "S256",
    resource: client.resource,
    // RFC 9449 §10: a stolen code is worth nothing without the key.
    dpop_jkt: key && (await thumbprint(key)),
    acr_values: acrValues?.join(" ") || undefined,
    max_age: maxAge?.toString(),
    prompt,
    login_hint: loginHint,
  };
  const url = new URL(metadata.authorization_endpoint);
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}

export interface Finished {
  readonly returnTo: string;
  /** undefined when the sign-in failed; `error` says why. */
  readonly held?: Held;
  readonly error?: SignInError;
}

/**
 * OAuth 2.1 §4.1.2, §4.1.3: the answer of the issuer, once.
 * @throws SignInError "callback" for an answer to a question that nobody here asked
 */
export async function finish(
  client: ClientFacts,
  answer: Readonly<Record<string, string>>,
): Promise<Finished> {
  const begun = await take(answer.state ?? "");
  if (begun?.client !== keyOf(client)) throw new SignInError("callback", "No sign-in waits for this answer.");
  const { returnTo } = begun;
  try {
    const metadata = await discover(client.issuer);
    requireIssuer(answer.iss, metadata);
    // RFC 9207 §2.4: an error counts only when it is this issuer's, as a code does.
    if (answer.error !== undefined)
      throw new SignInError("denied", answer.error_description ?? answer.error, { oauthError: answer.error });
    return { returnTo, held: await redeemed(client, metadata, begun, answer.code) };
  } catch (error) {
    if (error instanceof SignInError) return { returnTo, error };
    throw error;
  }
}

/** RFC 9207 §2.4: as decoded, character by character; missing only where the issuer never promised it. */
function requireIssuer(iss: string | undefined, metadata: Metadata): void {
  const isPromised = metadata.authorization_response_iss_parameter_supported === true;
  if (iss === undefined ? isPromised : iss !== metadata.issuer)
    throw new SignInError("callback", "The answer is of another issuer.");
}

async function redeemed(
  client: ClientFacts,
  metadata: Metadata,
  begun: NonNullable<Awaited<ReturnType<typeof take>>>,
  code: string | undefined,
): Promise<Held> {
  const { key, verifier, redirectUri, scope, nonce, maxAge } = begun;
  const form = {
    grant_type: "authorization_code",
    client_id: client.clientId,
    code,
    code_verifier: verifier,
    redirect_uri: redirectUri,
    resource: client.resource,
  };
  const tokens = requireTokens(await post(metadata.token_endpoint, form, { key }), key !== undefined);
  const requested = words(scope);
  const of = tokensOf(tokens, { scopes: requested, refreshToken: undefined, idToken: undefined });
  const { issuer, clientId } = client;
  const account = isOpenId(scope)
    ? idTokenAccount(tokens.id_token ?? "", { issuer, clientId, nonce, maxAge })
    : undefined;
  const held: Held = { client, metadata, key, account, requested, ...of };
  return { ...held, account: await userInfo(held) };
}

function isOpenId(scope: string): boolean {
  return words(scope).includes("openid");
}
