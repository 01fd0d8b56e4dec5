/** A question and what came of it. */
export interface Turn {
  readonly id: string;
  readonly question: string;
  readonly by: "model" | "agent";
  readonly answer: string;
  /** What the agent found wrong with it. */
  readonly doubts?: string;
  readonly state: "waiting" | "streaming" | "done" | "stopped" | "failed";
}
