import type { Instant } from "../records/instant.ts";

export interface Clock {
  now(): Instant;
}
