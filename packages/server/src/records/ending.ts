import type { Instant } from "./instant.ts";

/** Where an ending stands in the store. */
export type EndingKind = "lineage" | "token" | "disabled-client" | "removed-client";

/** Something whose access tokens are worth nothing from then on, whatever they say of themselves. */
export interface Ending {
  readonly kind: EndingKind;
  /** The lineage's number, the token's `jti`, the client's id. */
  readonly id: string;
  /** When, by the clock of the node that ended it. */
  readonly at: Instant;
}
