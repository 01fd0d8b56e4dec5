import type { KeyObject } from "node:crypto";
import type { FieldPath } from "./field.ts";
import type { PathPattern } from "./path-pattern.ts";
import type { RulesFile } from "./schema.ts";
import type { FieldValue } from "./value-pattern.ts";

export interface FieldCondition {
  readonly path: FieldPath;
  readonly values: readonly FieldValue[];
}

/** One permission of the server behind, as an issuer registers it. */
export interface RuleScope {
  readonly name: string;
  /** What the consent page says. */
  readonly sentence: string;
  readonly risk: "low" | "medium" | "high";
}

export interface Rule {
  readonly methods: ReadonlySet<string>;
  readonly path: PathPattern;
  readonly conditions: readonly FieldCondition[];
  readonly contentTypes: readonly string[];
  readonly scopes: readonly string[];
  /** Undefined stands for the file's own. */
  readonly credential: string | undefined;
}

/** A header of the gateway's own for the server behind. */
export interface ServiceCredential {
  readonly header: string;
  readonly value: string;
}

/** A header with a token that the caller's was exchanged for (RFC 8693). */
export interface ExchangedCredential {
  readonly header: string;
  /** The word before the token, if there is one. */
  readonly scheme: string | undefined;
  readonly exchange: ExchangeTerms;
}

export interface ExchangeTerms {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly resource: string;
  /** Empty: whatever the server behind has of the caller's. */
  readonly scopes: readonly string[];
}

export type Credential = ServiceCredential | ExchangedCredential;

export interface Budget {
  /** Seconds. */
  readonly window: number;
  readonly requests?: number | undefined;
  readonly tokens?: number | undefined;
}

/** How the server behind is told who calls. */
export interface CallerTokenRules {
  /** Undefined stands for the server's own address. */
  readonly audience: string | undefined;
  /** Seconds. */
  readonly lifetime: number;
  /** The first signs, all are published; empty: the process makes its own. */
  readonly keys: readonly KeyObject[];
}

/** A rules file, checked whole and ready to judge with. Secrets are read. */
export interface Rules {
  readonly rules: readonly Rule[];
  /** Every scope that the rules name, each once. */
  readonly scopes: readonly RuleScope[];
  readonly credentials: ReadonlyMap<string, Credential>;
  /** Undefined: it is not told. */
  readonly callerToken: CallerTokenRules | undefined;
  readonly budgets: { readonly caller?: Budget | undefined; readonly client?: Budget | undefined };
  readonly limits: RulesFile["limits"];
  /** Seconds. */
  readonly timeouts: RulesFile["timeouts"];
  /** Lower-case. */
  readonly passHeaders: readonly string[];
  /** Lower-case. */
  readonly dropHeaders: readonly string[];
}
