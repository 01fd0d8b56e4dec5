/** One step of the schema, forward only. A step that was published never changes; what follows is a new step. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  /** In the words that both databases take; `{{word}}` is replaced by the dialect's. */
  readonly statements: readonly string[];
}
