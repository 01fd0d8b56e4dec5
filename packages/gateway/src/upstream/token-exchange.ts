import { OAuthError } from "@valetkey/protocol/errors";
import { printable } from "@valetkey/protocol/printable";
import { accessTokenType, tokenExchangeGrant } from "@valetkey/protocol/token-exchange";
import type { ExchangeTerms } from "../rules/rules.ts";
import { type Asking, askIssuer, type IssuerAnswer } from "./issuer-answer.ts";
import type { OwnProofs } from "./own-proofs.ts";
import type { TokenEndpoint } from "./token-endpoint.ts";

/** A token for the server behind. */
export interface NewToken {
  readonly token: string;
  /** Seconds, as the issuer says; 0 where it does not. */
  readonly lifetime: number;
}

/** How one token is exchanged. */
export interface Exchanging {
  readonly asking: Asking;
  readonly endpoint: TokenEndpoint;
  readonly proofs: OwnProofs;
  /** Seconds since 1970. */
  readonly clock: () => number;
}

/** The caller's token. */
export interface Subject {
  readonly token: string;
  /** To a key of the caller's: what comes of it is bound to the gateway's (docs/decisions/0011). */
  readonly isBound: boolean;
}

/**
 * RFC 8693 §2: one exchange. The gateway's client proves who it is, and so is the actor; the caller's token is the subject.
 * @throws access_denied when the issuer refuses (403), temporarily_unavailable when it cannot be had (503), server_error
 * when it does not accept the gateway's client or gives what cannot be used (502)
 */
export async function exchangeToken(
  exchanging: Exchanging,
  terms: ExchangeTerms,
  subject: Subject,
): Promise<NewToken> {
  const form = new URLSearchParams({
    grant_type: tokenExchangeGrant,
    subject_token: subject.token,
    subject_token_type: accessTokenType,
    requested_token_type: accessTokenType,
    resource: terms.resource,
    ...(terms.scopes.length > 0 && { scope: terms.scopes.join(" ") }),
  });
  let answer: IssuerAnswer;
  try {
    answer = await asked(exchanging, terms, form.toString(), subject.isBound);
  } catch (cause) {
    throw away(cause instanceof Error ? cause.message : "no answer", cause);
  }
  if (answer.status === 200) return tokenIn(answer, subject);
  throw refusalOf(answer, terms);
}

/** With a proof where one is needed; a second time where the issuer wants its nonce in it (RFC 9449 §8). */
async function asked(
  { asking, endpoint, proofs, clock }: Exchanging,
  terms: ExchangeTerms,
  body: string,
  isBound: boolean,
): Promise<IssuerAnswer> {
  const url = await endpoint.url();
  const headers = { authorization: basic(terms), "content-type": "application/x-www-form-urlencoded" };
  const proof = () => ({ dpop: proofs.for({ method: "POST", url, now: clock() }) });
  const ask = () =>
    askIssuer(asking, url, { method: "POST", headers: { ...headers, ...(isBound && proof()) }, body });
  const answer = await ask();
  if (!isBound) return answer;
  const isTold = proofs.nonceFrom(url, answer.nonce);
  return isTold && answer.body.error === "use_dpop_nonce" ? await ask() : answer;
}

/** RFC 8693 §2.2.1; a token of a kind that was not asked for, the gateway cannot present. */
function tokenIn({ body }: IssuerAnswer, subject: Subject): NewToken {
  const { access_token: token, token_type: type, expires_in: lifetime } = body;
  if (typeof token !== "string" || !/^[\w.~+/-]+=*$/.test(token)) throw unusable("no access token");
  const wanted = subject.isBound ? "DPoP" : "Bearer";
  if (String(type).toLowerCase() !== wanted.toLowerCase())
    throw unusable(`a token of another type than ${wanted}`);
  // What came from the client never goes further, whoever hands it back.
  if (token === subject.token) throw unusable("the caller's own token");
  return { token, lifetime: typeof lifetime === "number" && lifetime > 0 ? Math.floor(lifetime) : 0 };
}

/** RFC 8693 §2.2.2, RFC 6749 §5.2 */
function refusalOf({ status, body }: IssuerAnswer, { clientId, resource }: ExchangeTerms): OAuthError {
  const error = printable(typeof body.error === "string" ? body.error : `status ${status}`, 60);
  const fact = printable(`${error} for ${clientId} at ${resource}`, 200);
  if (status >= 500 || status === 429 || status < 400) return away(fact);
  if (status === 401 || body.error === "invalid_client" || body.error === "unauthorized_client") {
    return new OAuthError("server_error", "The request cannot be sent on.", "upstream.exchange-client", {
      fact,
    });
  }
  return new OAuthError(
    "access_denied",
    "The access token cannot be exchanged for one for the server behind this gateway.",
    "upstream.exchange-refused",
    { fact },
  );
}

function away(fact: string, cause?: unknown): OAuthError {
  return new OAuthError(
    "temporarily_unavailable",
    "The access token cannot be exchanged at the moment.",
    "upstream.exchange-away",
    { fact: fact.slice(0, 200), retryAfter: 1, cause },
  );
}

function unusable(fact: string): OAuthError {
  return new OAuthError("server_error", "The request cannot be sent on.", "upstream.exchange-client", {
    fact,
  });
}

/** RFC 6749 §2.3.1: name and secret are form-encoded before they are joined. */
function basic({ clientId, clientSecret }: ExchangeTerms): string {
  const encode = (text: string) => new URLSearchParams({ "": text }).toString().slice(1);
  return `Basic ${Buffer.from(`${encode(clientId)}:${encode(clientSecret)}`).toString("base64")}`;
}
