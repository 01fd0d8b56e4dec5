import type { Stage } from "./stage.ts";

/** One flow of the protocol, played on a stage with a running server. */
export interface Flow {
  /** The name of the section, and of its anchor. */
  readonly title: string;
  readonly says: string;
  play(): Promise<Stage>;
}
