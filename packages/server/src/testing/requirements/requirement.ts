/** One thing that a document, a client or we ourselves ask of this software. Data only: tests cite it by its id. */
export interface Requirement {
  /** Document and clause. */
  readonly at: string;
  /** The word the document uses; INTEROP is what clients need without a norm, DECISION is ours. */
  readonly level: "MUST" | "SHOULD" | "MAY" | "INTEROP" | "DECISION";
  /** Whose duty it is: authorization server, resource server, client; `house` for how this project itself is kept. */
  readonly role: "AS" | "RS" | "client" | "house";
  /** The obligation, in our words. */
  readonly asks: string;
  /** Not yet: what has to come first. No test may cite such a row as proven. */
  readonly later?: string;
  /** Never, or not so: the reason. No test may cite such a row as proven. */
  readonly refused?: string;
}

export type Requirements = Readonly<Record<string, Requirement>>;
