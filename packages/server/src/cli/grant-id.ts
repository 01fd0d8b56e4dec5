import type { Given } from "./given.ts";

/** The number that stands as the operand, of a grant or a lineage. */
export function idOf(given: Given): number {
  if (given.operand !== "" && !/^[1-9]\d{0,14}$/.test(given.operand)) given.refuseOperand("is not a number");
  return Number(given.operand);
}
