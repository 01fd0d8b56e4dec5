import { OAuthError } from "@valetkey/protocol/errors";
import type { Caller } from "@valetkey/resource";
import type { Credential, ExchangeTerms, Rules } from "../rules/rules.ts";
import { ExchangedTokens } from "./exchanged-tokens.ts";
import type { Asking } from "./issuer-answer.ts";
import { TokenEndpoint } from "./token-endpoint.ts";
import { exchangeToken } from "./token-exchange.ts";

/** What a credential is asked for. */
export interface CredentialRequest {
  readonly caller: Caller;
  /** The name in the rules file; undefined where the rules name none. */
  readonly name: string | undefined;
  /** Where the request goes. */
  readonly upstream: URL;
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
}

/** Drops the token; the upstream gets no credential. */
export const dropped: CredentialSource = { headersFor: async () => ({}) };

/** The credentials that the rules file names, and nothing for rules that name none. */
export function namedCredentials(
  credentials: Rules["credentials"],
  exchanged: ExchangedTokens | undefined,
): CredentialSource {
  return {
    async headersFor({ name, caller }) {
      if (name === undefined) return {};
      const credential = credentials.get(name);
      if (credential === undefined || (isExchanged(credential) && exchanged === undefined)) {
        throw new OAuthError("server_error", "The request cannot be sent on.", "upstream.credential", {
          fact: name,
        });
      }
      if (!isExchanged(credential)) return { [credential.header]: credential.value };
      const { header, scheme, exchange } = credential;
      const token = await exchanged?.get(exchange, caller.token, caller.expiresAt);
      return { [header]: scheme === undefined ? `${token}` : `${scheme} ${token}` };
    },
    refused({ name, caller }) {
      const credential = name === undefined ? undefined : credentials.get(name);
      if (credential && isExchanged(credential)) exchanged?.forget(credential.exchange, caller.token);
    },
  };
}

function isExchanged(credential: Credential): credential is Extract<Credential, { exchange: ExchangeTerms }> {
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
export function exchangedTokens(
  { issuer, timeout = 5, fetch = globalThis.fetch }: ExchangeOptions,
  clock: () => number,
): ExchangedTokens {
  const asking: Asking = { timeout, fetch };
  const endpoint = new TokenEndpoint(issuer, asking, clock);
  return new ExchangedTokens({
    exchange: (terms, subjectToken) => exchangeToken(asking, endpoint, terms, subjectToken),
    clock,
  });
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
