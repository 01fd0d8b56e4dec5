import { randomBytes } from "node:crypto";
import { challengeMethod, challengeOf } from "@valetkey/protocol/pkce";
import type { Client } from "../client/identity.ts";
import type { Issuer } from "../discovery/issuer.ts";
import { AgentError } from "../errors.ts";

/** What is asked of the person at the issuer. */
export interface Wish {
  /** RFC 8707: what the tokens are for. */
  readonly resource: string;
  /** undefined: the issuer decides. */
  readonly scopes: readonly string[] | undefined;
  readonly acrValues?: readonly string[] | undefined;
  readonly maxAge?: number | undefined;
  readonly prompt?: string | undefined;
}

/** A request that is under way: what its answer must fit. All of it is new for each. */
export interface PendingAuthorization {
  readonly url: URL;
  readonly state: string;
  readonly verifier: string;
  readonly redirectUri: string;
}

/**
 * The address at which the person signs in. OAuth 2.1 §4.1.1
 * @throws AgentError issuer-unfit without an authorization endpoint or S256 (MCP authorization, code protection)
 */
export async function authorizationFor(
  issuer: Issuer,
  client: Client,
  redirectUri: string,
  wish: Wish,
  keyThumbprint?: string,
): Promise<PendingAuthorization> {
  if (!issuer.authorizationEndpoint) {
    throw new AgentError("issuer-unfit", `${issuer.issuer} names no authorization endpoint.`);
  }
  if (!issuer.challengeMethodsSupported.includes(challengeMethod)) {
    throw new AgentError("issuer-unfit", `${issuer.issuer} does not say that it supports PKCE with S256.`);
  }
  const verifier = randomBytes(32).toString("base64url");
  const state = randomBytes(32).toString("base64url");
  const url = new URL(issuer.authorizationEndpoint);
  const asked: Readonly<Record<string, string | undefined>> = {
    response_type: "code",
    client_id: client.id,
    redirect_uri: redirectUri,
    scope: wish.scopes?.join(" ") || undefined,
    resource: wish.resource,
    state,
    code_challenge: await challengeOf(verifier),
    code_challenge_method: challengeMethod,
    acr_values: wish.acrValues?.join(" ") || undefined,
    max_age: wish.maxAge === undefined ? undefined : String(wish.maxAge),
    prompt: wish.prompt,
    dpop_jkt: keyThumbprint,
  };
  for (const [name, value] of Object.entries(asked))
    if (value !== undefined) url.searchParams.set(name, value);
  return { url, state, verifier, redirectUri };
}

/**
 * The code out of the query of an answer whose state was found right. RFC 9207 §2.4: who answers is looked at before
 * anything else that the answer says, errors included.
 * @throws AgentError sign-in-answer, sign-in-refused
 */
export function requireCode(query: string, issuer: Issuer): string {
  const answer = new URLSearchParams(query);
  requireOnce(answer);
  const iss = answer.get("iss");
  if (iss === null && issuer.saysIss) {
    throw new AgentError("sign-in-answer", `The answer does not say that it is of ${issuer.issuer}.`);
  }
  if (iss !== null && iss !== issuer.issuer) {
    throw new AgentError("sign-in-answer", `Another issuer than ${issuer.issuer} answered.`);
  }
  const error = answer.get("error");
  if (error !== null) throw refused(error, answer.get("error_description"), issuer);
  const code = answer.get("code");
  if (!code) throw new AgentError("sign-in-answer", "The answer holds no code.");
  return code;
}

/** RFC 6749 §3.1: no parameter twice. */
function requireOnce(answer: URLSearchParams): void {
  const names = [...answer.keys()];
  if (new Set(names).size === names.length) return;
  throw new AgentError("sign-in-answer", "The answer says something twice.");
}

function refused(error: string, description: string | null, { issuer }: Issuer): AgentError {
  const oauthError = error.slice(0, 60).replace(/[^\w.:-]/g, "?");
  const said = (description ?? "")
    .slice(0, 300)
    .replace(/[^\x20-\x7E]/g, "?")
    .trim();
  const sentence = said === "" ? "." : `: ${said}${/[.!?]$/.test(said) ? "" : "."}`;
  return new AgentError("sign-in-refused", `${issuer} answered ${oauthError}${sentence}`, { oauthError });
}
