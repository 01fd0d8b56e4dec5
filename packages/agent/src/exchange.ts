import { accessTokenType, tokenExchangeGrant } from "@valetkey/protocol/token-exchange";
import { requireAsAsked, requireNotBeyond } from "./as-asked.ts";
import { requireProof } from "./client/confidential.ts";
import type { ClientOption } from "./client/identity.ts";
import { discoverIssuer } from "./discovery/issuer.ts";
import { Nonces } from "./dpop-key.ts";
import { AgentError } from "./errors.ts";
import { systemNow } from "./instant.ts";
import { type Conversation, postForm } from "./issuer/conversation.ts";
import { requireIssued } from "./issuer/token-answer.ts";
import { outboundOf, type WorldOptions } from "./options.ts";
import type { Token } from "./token.ts";

export interface ExchangeOptions extends WorldOptions {
  readonly issuer: string;
  /** Who acts: it must prove itself. */
  readonly client: Extract<ClientOption, { readonly id: string }>;
  /** The access token that a person's request brought. */
  readonly subjectToken: string;
  /** An access token of who acts, where that is another than the client. */
  readonly actorToken?: string;
  /** Where the new token is to serve. */
  readonly resource: string;
  /** Some of what the subject token allows; left out, as much of it as exists at the resource. */
  readonly scopes?: readonly string[];
  /** What the subject token allows, where the caller knows: then an answer with more is refused. */
  readonly subjectScopes?: readonly string[];
}

/**
 * RFC 8693: a token to act on behalf of whoever is behind the subject token, at another resource. Scope only shrinks.
 * @throws AgentError client-needed, request-refused, scope-needed, scope-widened, answer-malformed, unreachable
 */
export async function exchangeToken(options: ExchangeOptions): Promise<Token> {
  const { resource, scopes, subjectScopes, actorToken } = options;
  if (scopes && subjectScopes) requireNotBeyond(scopes, subjectScopes, "The caller");
  const outbound = outboundOf(options);
  const client = requireProof(options.client);
  const issuer = await discoverIssuer(outbound, options.issuer);
  const now = options.now ?? systemNow;
  const conversation: Conversation = { outbound, issuer, client, nonces: new Nonces(), now };
  const answer = await postForm(conversation, issuer.tokenEndpoint, {
    grant_type: tokenExchangeGrant,
    subject_token: options.subjectToken,
    subject_token_type: accessTokenType,
    actor_token: actorToken,
    actor_token_type: actorToken === undefined ? undefined : accessTokenType,
    requested_token_type: accessTokenType,
    resource,
    scope: scopes?.join(" "),
  });
  const issued = requireIssued(conversation, answer, false);
  requireAccessToken(answer.body?.issued_token_type, issuer.issuer);
  requireAsAsked(issued.scopes, scopes, { issuer: issuer.issuer, resource });
  if (subjectScopes) requireNotBeyond(issued.scopes ?? [], subjectScopes, issuer.issuer);
  const { accessToken, tokenType, expiresAt } = issued;
  return { accessToken, tokenType, expiresAt, scopes: issued.scopes ?? scopes };
}

/** RFC 8693 §2.2.1: required, and what it says decides what the token is. */
function requireAccessToken(type: unknown, issuer: string): void {
  if (type === accessTokenType) return;
  throw new AgentError("answer-malformed", `${issuer} gave something else than an access token.`);
}
