import { SignInError } from "../errors.ts";
import type { SignInRequest } from "../messages.ts";
import { type ClientFacts, mark } from "../options.ts";
import type { Metadata } from "./discovery.ts";
import { random, sha256 } from "./encoding.ts";
import { type ProofKey, thumbprint } from "./proof-key.ts";
import { withQuery } from "./request.ts";

export interface Asking {
  readonly client: ClientFacts;
  readonly metadata: Metadata;
  readonly request: SignInRequest;
  /** Scopes of the sign-in before, which are asked for again. */
  readonly requested: readonly string[];
  readonly key?: ProofKey | undefined;
}

/** What the answer must fit. */
export interface Asked {
  readonly url: string;
  readonly state: string;
  readonly verifier: string;
  readonly nonce: string;
  readonly scope: string;
}

/** OAuth 2.1 §4.1.1: the URL of a new authorization request, its secrets fresh. */
export async function authorizationRequest(asking: Asking): Promise<Asked> {
  const { client, metadata, request, requested, key } = asking;
  const { scopes = [], acrValues, maxAge, prompt, loginHint } = request;
  const scope = [...new Set([...words(client.scope), ...requested, ...scopes])].join(" ");
  const [verifier, nonce] = [random(), random()];
  const state = random() + mark(client);
  const parameters = {
    response_type: "code",
    client_id: client.clientId,
    redirect_uri: client.redirectUri,
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
  return { url: withQuery(metadata.authorization_endpoint, parameters), state, verifier, nonce, scope };
}

/** What an answer says. RFC 6749 §3.1: nothing twice; one that does says nothing, and no sign-in waits for it. */
export function answerOf(parameters: URLSearchParams): Readonly<Record<string, string>> {
  const answer = Object.fromEntries(parameters);
  return Object.keys(answer).length === [...parameters].length ? answer : {};
}

/**
 * RFC 9207 §2.4: `iss` as decoded, character by character; it is missing only where the issuer never promised it. An error
 * counts only when it is this issuer's, as a code does.
 * @throws SignInError "callback", "denied"
 */
export function codeOf(answer: Readonly<Record<string, string>>, metadata: Metadata): string {
  const { iss, error, error_description } = answer;
  const { issuer, authorization_response_iss_parameter_supported: isPromised } = metadata;
  if (iss === undefined ? isPromised : iss !== issuer)
    throw new SignInError("callback", "The answer is of another issuer.");
  if (error !== undefined) throw new SignInError("denied", error_description ?? error, { oauthError: error });
  if (!answer.code) throw new SignInError("callback", "The answer has no code.");
  return answer.code;
}

export function words(text: string): readonly string[] {
  return text.split(" ").filter(Boolean);
}

export function isOpenId(scope: string): boolean {
  return words(scope).includes("openid");
}
