import { authenticated } from "../client/authentication.ts";
import type { Client } from "../client/identity.ts";
import type { Issuer } from "../discovery/issuer.ts";
import type { DpopKey, Nonces } from "../dpop-key.ts";
import type { Instant } from "../instant.ts";
import { askForJson, type JsonAnswer, type Outbound } from "../outbound.ts";

/** Everything that a request of one client to its issuer needs. */
export interface Conversation {
  readonly outbound: Outbound;
  readonly issuer: Issuer;
  readonly client: Client;
  readonly nonces: Nonces;
  now(): Instant;
}

/** What is undefined is left out. */
type Form = Readonly<Record<string, string | undefined>>;

/**
 * A form to an endpoint of the issuer, with the client's authentication and, where there is a key, a proof by it. RFC 9449
 * §8: a nonce that the issuer asks for is brought in a second try.
 * @throws AgentError unreachable
 */
export async function postForm(
  conversation: Conversation,
  endpoint: URL,
  form: Form,
  key?: DpopKey,
): Promise<JsonAnswer> {
  const answer = await postOnce(conversation, endpoint, form, key);
  const hasNew = conversation.nonces.learn(endpoint, answer.headers);
  if (!key || !hasNew || answer.body?.error !== "use_dpop_nonce") return answer;
  const second = await postOnce(conversation, endpoint, form, key);
  conversation.nonces.learn(endpoint, second.headers);
  return second;
}

async function postOnce(
  { outbound, issuer, client, nonces, now }: Conversation,
  endpoint: URL,
  form: Form,
  key: DpopKey | undefined,
): Promise<JsonAnswer> {
  const who = await authenticated(client, issuer, now());
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...form, ...who.form }))
    if (value !== undefined) body.set(name, value);
  const proof = await key?.proof({ method: "POST", url: endpoint, now: now(), nonce: nonces.of(endpoint) });
  return await askForJson(outbound, endpoint, {
    method: "POST",
    body,
    headers: { ...who.headers, ...(proof === undefined ? {} : { dpop: proof }) },
  });
}
