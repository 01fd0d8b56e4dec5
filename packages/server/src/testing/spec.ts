import { it, type TestContext } from "node:test";
import type { RequirementId } from "./requirements.ts";

/** The body of a test, as `node:test` takes it. */
export type Proof = (context: TestContext) => void | Promise<void>;

/** A test that proves one or several rows of the requirement manifest; its name begins with their ids in brackets. */
export function spec(
  ids: RequirementId | readonly [RequirementId, ...RequirementId[]],
  sentence: string,
  proof: Proof,
): void {
  it(`[${typeof ids === "string" ? ids : ids.join(" ")}] ${sentence}`, proof);
}
