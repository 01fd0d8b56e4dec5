/** One request of the collection that is run in order. */
export interface Step {
  readonly name: string;
  /** The operation of the description that is called. */
  readonly operation: string;
  /** What the query, form or body holds; `{{names}}` are variables of the collection. */
  readonly sends?: Readonly<Record<string, string>>;
  readonly json?: object;
  /** Who calls. */
  readonly as?: { readonly id: string; readonly secret: string };
  readonly status: number;
  /** Statements of JavaScript: each a sentence, and what must hold of `body` or `pm.response`. */
  readonly holds?: Readonly<Record<string, string>>;
  /** Variables for the steps that follow, by what they are made of. */
  readonly keeps?: Readonly<Record<string, string>>;
  /** Statements that run before. */
  readonly before?: readonly string[];
}

export interface Variable {
  readonly key: string;
  readonly value: string;
  readonly says: string;
}

/** The confidential client that whoever runs the collection registers. */
export const machine = { id: "{{client_id}}", secret: "{{client_secret}}" };
