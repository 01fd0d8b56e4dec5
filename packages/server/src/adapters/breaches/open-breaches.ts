import type { Breaches } from "../../ports/breaches.ts";
import type { Clock } from "../../ports/clock.ts";
import { noBreachCheck } from "./no-check.ts";
import { rangeBreaches } from "./range.ts";

/** @param plan null where the check is off */
export function openBreaches(
  plan: { readonly url: string } | null,
  clock: Clock,
  warn: (sentence: string) => void,
): Breaches {
  return plan === null ? noBreachCheck : rangeBreaches({ ...plan, clock, warn });
}
