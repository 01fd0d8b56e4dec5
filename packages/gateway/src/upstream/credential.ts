import { OAuthError } from "@valetkey/protocol/errors";
import type { Caller } from "@valetkey/resource";
import type { Credential, ExchangedCredential, ExchangeTerms, Rules } from "../rules/rules.ts";
import { ExchangedTokens } from "./exchanged-tokens.ts";
import type { Asking } from "./issuer-answer.ts";
import { OwnProofs } from "./own-proofs.ts";
import { TokenEndpoint } from "./token-endpoint.ts";
import { exchangeToken, type Subject } from "./token-exchange.ts";

/** What a credential is asked for. */
export interface CredentialRequest {
  readonly caller: Caller;
  /** The name in the rules file; undefined where the rules name none. */
  readonly name: string | undefined;
  /** Where the request goes. */
  readonly upstream: URL;
  readonly method: string;
  /** With the query, as it is sent. */
  readonly path: string;
}

/**
 * What goes upstream in the place of the caller's token: nothing, a credential of the gateway's own, or a token that the
 * caller's was exchanged for. Header values by lower-case name. It never gives the caller's token back.
 * @throws OAuthError when there is none to be had; the request is then not sent
 */
export interface CredentialSource {
  headersFor(request: CredentialRequest): Promise<Readonly<Record<string, string>>>;
  /** Told when the server behind did not accept what {@link headersFor} gave for this request. */
  refused?(request: CredentialRequest): void;
  /** RFC 9449 §8: told what the server behind wants in the proofs to come. Whether {@link headersFor} gives such. */
  nonce?(request: CredentialRequest, nonce: string): boolean;
}

/** Drops the token; the upstream gets no credential. */
export const dropped: CredentialSource = { headersFor: async () => ({}) };

/** What the exchanges of one gateway share; it outlives the reload of rules. */
export interface Exchanges {
  readonly tokens: ExchangedTokens;
  readonly proofs: OwnProofs;
  readonly clock: () => number;
}

/** The credentials that the rules file names, and nothing for rules that name none. */
export function namedCredentials(
  credentials: Rules["credentials"],
  exchanges: Exchanges | undefined,
): CredentialSource {
  return {
    async headersFor(request) {
      const { name } = request;
      if (name === undefined) return {};
      const credential = credentials.get(name);
      if (credential && !isExchanged(credential)) return { [credential.header]: credential.value };
      if (credential && exchanges) return await exchangedHeaders(credential, exchanges, request);
      throw new OAuthError("server_error", "The request cannot be sent on.", "upstream.credential", {
        fact: name,
      });
    },
    refused({ name, caller }) {
      const credential = name === undefined ? undefined : credentials.get(name);
      if (credential && isExchanged(credential)) exchanges?.tokens.forget(credential.exchange, caller.token);
    },
    nonce({ name }, nonce) {
      const credential = name === undefined ? undefined : credentials.get(name);
      if (credential === undefined || !isExchanged(credential) || exchanges === undefined) return false;
      return exchanges.proofs.nonceFrom(credential.exchange.resource, nonce);
    },
  };
}

async function exchangedHeaders(
  { header, scheme, exchange }: ExchangedCredential,
  { tokens, proofs, clock }: Exchanges,
  { caller, method, path }: CredentialRequest,
): Promise<Readonly<Record<string, string>>> {
  const isBound = caller.claims.cnf !== undefined;
  // RFC 9449 §7.1: a bound token goes with its proof in this way and in no other.
  if (isBound && (header !== "authorization" || scheme !== "Bearer")) {
    throw new OAuthError(
      "access_denied",
      "An access token that is bound to a key cannot be exchanged for one for the server behind this gateway.",
      "upstream.exchange-refused",
      { fact: "a bound token, and a credential that is not sent as Authorization: Bearer" },
    );
  }
  const token = await tokens.get(exchange, { token: caller.token, isBound }, caller.expiresAt);
  if (!isBound) return { [header]: scheme === undefined ? token : `${scheme} ${token}` };
  // The server behind knows itself by its resource identifier, whatever address it is reached at (docs/decisions/0011).
  const url = new URL(exchange.resource).origin + path;
  return { authorization: `DPoP ${token}`, dpop: proofs.for({ method, url, token, now: clock() }) };
}

function isExchanged(credential: Credential): credential is ExchangedCredential {
  return "exchange" in credential;
}

/** Where callers' tokens are exchanged, and how. */
export interface ExchangeOptions {
  readonly issuer: string;
  /** Seconds that one question to the issuer may take; default 5. */
  readonly timeout?: number;
  readonly fetch?: Asking["fetch"];
}

/** One memory for all rules, so that it outlives their reload. */
export function exchangesOf(
  { issuer, timeout = 5, fetch = globalThis.fetch }: ExchangeOptions,
  clock: () => number,
): Exchanges {
  const asking: Asking = { timeout, fetch };
  const endpoint = new TokenEndpoint(issuer, asking, clock);
  const proofs = new OwnProofs();
  const exchanging = { asking, endpoint, proofs, clock };
  const exchange = (terms: ExchangeTerms, subject: Subject) => exchangeToken(exchanging, terms, subject);
  return { tokens: new ExchangedTokens({ exchange, clock }), proofs, clock };
}

/** @throws TypeError for rules that exchange tokens for the gateway itself, or without an issuer to do so */
export function requireExchangeable(
  rules: Rules,
  resource: string,
  exchange: ExchangeOptions | undefined,
): void {
  for (const credential of rules.credentials.values()) {
    if (!isExchanged(credential)) continue;
    if (exchange === undefined)
      throw new TypeError("Rules that exchange tokens need an issuer that does so.");
    // Whoever is behind could come back with it, and would be let in as the caller.
    if (credential.exchange.resource === resource) {
      throw new TypeError(`Tokens cannot be exchanged for ${resource}, which is the gateway itself.`);
    }
  }
}
