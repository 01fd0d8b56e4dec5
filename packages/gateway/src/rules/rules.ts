import type { FieldPath } from "./field.ts";
import type { PathPattern } from "./path-pattern.ts";
import type { RulesFile } from "./schema.ts";
import type { FieldValue } from "./value-pattern.ts";

export interface FieldCondition {
  readonly path: FieldPath;
  readonly values: readonly FieldValue[];
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

export interface Budget {
  /** Seconds. */
  readonly window: number;
  readonly requests?: number | undefined;
  readonly tokens?: number | undefined;
}

/** A rules file, checked whole and ready to judge with. Secrets are read. */
export interface Rules {
  readonly rules: readonly Rule[];
  readonly credentials: ReadonlyMap<string, ServiceCredential>;
  readonly callerToken: RulesFile["caller_token"];
  readonly budgets: { readonly caller?: Budget | undefined; readonly client?: Budget | undefined };
  readonly limits: RulesFile["limits"];
  /** Seconds. */
  readonly timeouts: RulesFile["timeouts"];
  /** Lower-case. */
  readonly dropHeaders: readonly string[];
}
