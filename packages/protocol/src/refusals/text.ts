/** What the operator reads about a refusal: what happened, and what to change. The wire never carries either. */
export interface RefusalText {
  readonly says: string;
  readonly mend: string;
}
