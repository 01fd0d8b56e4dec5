import type { IncomingMessage } from "node:http";
import type { OAuthError } from "@valetkey/protocol/errors";
import type { Guard } from "@valetkey/resource";
import type { Rules } from "../rules/rules.ts";
import type { CallerTokens } from "./caller-token.ts";
import type { CredentialSource, ExchangeOptions } from "./credential.ts";

/** One request that came to its end, for counting and logs. */
export interface Usage {
  readonly subject: string;
  /** The agent: the client that calls for the subject. */
  readonly clientId: string;
  readonly method: string;
  /** As the client wrote it, without the query. */
  readonly path: string;
  /** What the client was answered; undefined when it broke off before. */
  readonly status: number | undefined;
  readonly tokens: number;
  /** The upstream did not say how many tokens, so they were guessed. */
  readonly isEstimate: boolean;
  /** Seconds since 1970, when the answer ended. */
  readonly at: number;
}

export interface UpstreamOptions {
  readonly guard: Guard;
  /** The metadata lists the scopes of the rules, whatever the guard was made with; default: the guard's own. */
  readonly listsScopes?: boolean;
  /** An http or https URL; its path stands in the place of the resource's. */
  readonly upstream: string;
  /** Who signs the upstream's certificate, in PEM, in the place of the authorities that Node knows. */
  readonly ca?: string;
  /** From `loadRules`. */
  readonly rules: Rules;
  /** In the place of the credentials of the rules file. */
  readonly credentials?: CredentialSource;
  /** Where callers' tokens are exchanged, for rules that say so. */
  readonly exchange?: ExchangeOptions;
  /** Signs who calls, where the rules have `caller_token` without keys; left out, a key of this process's own. */
  readonly callerTokens?: CallerTokens;
  /** Seconds since 1970. */
  readonly clock?: () => number;
  readonly onUsage?: (usage: Usage) => void;
  /** Told of every refusal of the gateway's own; the guard tells of those that are about the token. */
  readonly onRefusal?: (error: OAuthError, request: IncomingMessage) => void;
}
