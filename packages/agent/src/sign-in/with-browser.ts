import { setTimeout as pause } from "node:timers/promises";
import type { DpopKey } from "../dpop-key.ts";
import { AgentError } from "../errors.ts";
import { type Conversation, postForm } from "../issuer/conversation.ts";
import { type Issued, requireIssued } from "../issuer/token-answer.ts";
import { authorizationFor, type PendingAuthorization, requireCode, type Wish } from "./authorization.ts";
import type { Loopback } from "./loopback.ts";

export interface BrowserSignIn {
  readonly loopback: Loopback;
  /** Sends the person there: opens a browser, or prints the address. */
  show(address: URL): Promise<void>;
  /** Seconds that the person may take. */
  readonly patience: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * OAuth 2.1 §8 and RFC 8252: the person signs in in their own browser, which comes back to the listener with a code.
 * @throws AgentError sign-in-refused, sign-in-abandoned, sign-in-answer, issuer-unfit, and those of the token endpoint
 */
export async function signInWithBrowser(
  conversation: Conversation,
  wish: Wish,
  { loopback, show, patience, signal }: BrowserSignIn,
  key?: DpopKey,
): Promise<Issued> {
  const { issuer, client } = conversation;
  const pending = await authorizationFor(issuer, client, loopback.redirectUri, wish, key?.thumbprint);
  const answered = loopback.answered(pending.state);
  await show(pending.url);
  const query = await withinPatience(answered, patience, signal);
  return await redeem(conversation, requireCode(query, issuer), pending, wish, key);
}

async function redeem(
  conversation: Conversation,
  code: string,
  { verifier, redirectUri }: PendingAuthorization,
  { resource }: Wish,
  key: DpopKey | undefined,
): Promise<Issued> {
  const form = {
    grant_type: "authorization_code",
    code,
    code_verifier: verifier,
    redirect_uri: redirectUri,
    resource,
  };
  const answer = await postForm(conversation, conversation.issuer.tokenEndpoint, form, key);
  return requireIssued(conversation, answer, key !== undefined);
}

async function withinPatience(
  answered: Promise<string>,
  patience: number,
  signal: AbortSignal | undefined,
): Promise<string> {
  const over = new AbortController();
  const stop = signal ? AbortSignal.any([signal, over.signal]) : over.signal;
  const late = pause(patience * 1000, undefined, { signal: stop }).then(
    () => new AgentError("sign-in-abandoned", `Nobody came back within ${patience} seconds.`),
    () => new AgentError("sign-in-abandoned", "The sign-in was broken off."),
  );
  try {
    const first = await Promise.race([answered, late]);
    if (first instanceof AgentError) throw first;
    return first;
  } finally {
    over.abort();
  }
}
