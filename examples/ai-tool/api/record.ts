import type { ServerResponse } from "node:http";
import type { Activity, Deed } from "./activity.ts";

/**
 * Writes a line before anything is done, and what became of it by the answer itself, so that no route can forget or
 * embellish it and nobody keeps out of the record by leaving early.
 * @returns what adds a detail
 */
export function record(
  activity: Activity,
  outgoing: ServerResponse,
  deed: Omit<Deed, "detail" | "outcome">,
): (detail: string) => void {
  const number = activity.add({ ...deed, detail: "", outcome: "begun" });
  let detail = "";
  let isOver = false;
  const end = (outcome: Deed["outcome"]) => {
    if (!isOver) activity.end(number, detail, outcome);
    isOver = true;
  };
  outgoing.once("finish", () => end(outgoing.statusCode < 400 ? "done" : "failed"));
  outgoing.once("close", () => end("broken off"));
  return (said) => {
    detail = said;
  };
}
