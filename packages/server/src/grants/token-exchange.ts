import type { Actor } from "@valetkey/protocol/act-chain";
import { boundKey } from "@valetkey/protocol/dpop";
import { invalidExchange, invalidRequest, unauthorizedClient } from "@valetkey/protocol/errors";
import { printable } from "@valetkey/protocol/printable";
import {
  accessTokenType,
  judgeExchange,
  readExchangeRequest,
  type SubjectToken,
  tokenExchangeGrant,
} from "@valetkey/protocol/token-exchange";
import type { Client } from "../records/client.ts";
import type { Instant } from "../records/instant.ts";
import type { Ancestry } from "../tokens/ancestry.ts";
import type { Possession } from "../tokens/dpop-proof.ts";
import { exchangedToken } from "../tokens/exchanged-token.ts";
import { standingBehind } from "./exchange-reach.ts";
import type { GrantContext, GrantRequest, GrantType } from "./grant.ts";

/** The claims of a live access token of this server, as far as an exchange reads them. */
export interface LiveClaims extends Ancestry {
  readonly aud: string;
  readonly exp: number;
  readonly jti: string;
  readonly scope?: string;
  readonly roles?: readonly string[];
  readonly auth_time?: number;
  readonly acr?: string;
  readonly may_act?: Actor;
  readonly cnf?: unknown;
}

/** The claims of a token that is worth something now; undefined for every other. */
export type ReadLiveToken = (token: string, now: Instant) => Promise<LiveClaims | undefined>;

/**
 * RFC 8693, delegation only: a server that was handed a token gets one of its own, that says who acts for whom, does no
 * more, lives no longer and ends with what it came from. No refresh token. docs/decisions/0010-delegation-shrinks.md
 */
export function tokenExchange(context: GrantContext, readLiveToken: ReadLiveToken): GrantType {
  const { store, settings, audit } = context;
  return { type: tokenExchangeGrant, exchange };

  async function exchange(request: GrantRequest) {
    const { client, possession, parameters, now, story, address, userAgent } = request;
    requireActingClient(request);
    const asked = readExchangeRequest(parameters);
    const subject = await requireSubject(asked.subjectToken, client, now);
    const jkt = await requireKey(subject, client, possession);
    if (asked.actorToken !== undefined) await requireOwnToken(asked.actorToken, client, now);
    if (asked.mayAct !== undefined) await requireKnown(asked.mayAct);
    const behind = await standingBehind(context, subject, client);
    const rules = { actor: client.id, actsAt: client.actsAt ?? [], depth: settings.tokenExchange.depth };
    const exchanged = judgeExchange(asked, subjectToken(subject), { ...rules, ...behind });

    const { token, expiresIn, type } = await exchangedToken(
      context,
      subject,
      { client, jkt },
      exchanged,
      now,
    );
    const { audience, scopes, ancestors } = exchanged;
    story.says(`The client acts for ${subject.sub} at ${audience}; it is actor ${ancestors.length}.`);
    const detail = `${chainOf(exchanged.act)} for ${subject.sub} at ${audience}, begun by ${exchanged.originClientId}`;
    const about = { ...behind.about, clientId: client.id, address, userAgent, detail };
    audit.record({ at: now, what: "token.exchanged", ...about });
    return {
      access_token: token,
      issued_token_type: accessTokenType,
      token_type: type,
      expires_in: expiresIn,
      ...(scopes.length > 0 && { scope: scopes.join(" ") }),
    };
  }

  /**
   * A live token that the client holds by right: it was issued to it, or is for a resource whose server it is. A token
   * that leaked is worth nothing to anybody else.
   */
  async function requireSubject(token: string, client: Client, now: Instant): Promise<LiveClaims> {
    const subject = await readLiveToken(token, now);
    if (!subject) throw invalidExchange("exchange.subject-token");
    if (subject.client_id !== client.id && !client.introspects.includes(subject.aud)) {
      throw invalidExchange("exchange.not-holder", { fact: printable(`${client.id}, ${subject.aud}`, 200) });
    }
    return subject;
  }

  /** RFC 8693 §2.1: the actor is the client that calls; a token for it says so or is refused. */
  async function requireOwnToken(token: string, { id }: Client, now: Instant): Promise<void> {
    const actor = await readLiveToken(token, now);
    if (actor?.sub === id && actor.client_id === id && actor.act === undefined) return;
    throw invalidExchange("exchange.actor-token", { fact: printable(actor?.sub ?? "no live token", 200) });
  }

  async function requireKnown(id: string): Promise<void> {
    if (await store.clients.find(id)) return;
    throw invalidRequest("The parameter may_act names no client.", "client.unknown", {
      fact: printable(id, 200),
    });
  }
}

/**
 * To whom a bound token leaks it is worth nothing; what comes of it must not be worth more. So the one who acts binds what
 * it gets to a key: a resource's server, which cannot have the caller's, to one of its own; the client that the token was
 * issued to, to the same.
 * @returns the thumbprint that the new token is bound to; null without a proof
 */
async function requireKey(
  subject: LiveClaims,
  { id }: Client,
  possession: Possession,
): Promise<string | null> {
  const own = subject.client_id === id ? boundKey(subject.cnf) : undefined;
  const jkt = await possession.key(own ?? null);
  if (subject.cnf !== undefined && jkt === null) throw invalidExchange("exchange.bound");
  return jkt;
}

/** OAuth 2.1 §4.2 for machines holds here as well: who acts has proven who they are in this very request. */
function requireActingClient({ client, isProven }: GrantRequest): void {
  if (!isProven) throw unauthorizedClient("client.not-confidential", { fact: client.id.slice(0, 200) });
  if (!client.grantTypes.includes(tokenExchangeGrant)) throw unauthorizedClient("client.grant-not-allowed");
}

function subjectToken(claims: LiveClaims): SubjectToken {
  return {
    id: claims.jti,
    clientId: claims.client_id,
    audience: claims.aud,
    scopes: (claims.scope ?? "").split(" ").filter((scope) => scope !== ""),
    roles: claims.roles ?? [],
    expiresAt: claims.exp,
    act: claims.act,
    ancestors: claims.ancestors ?? [],
    originClientId: claims.origin_client_id,
    mayAct: claims.may_act?.sub,
  };
}

/** Who acts, newest first, as the audit log tells it. */
function chainOf({ sub, act }: Actor): string {
  return act === undefined ? sub : `${sub} for ${chainOf(act)}`;
}
