import { isAgentError } from "@valetkey/agent";
import { NoAgenda } from "./agenda.ts";

/** What is likely to be over soon, in words; undefined for everything else. */
export function passingTrouble(thrown: unknown): string | undefined {
  if (thrown instanceof NoAgenda && thrown.status >= 500) {
    return "The calendar cannot tell at the moment who may read it.";
  }
  if (isAgentError(thrown, "unreachable", "store-busy")) return thrown.message;
  // What Node's fetch throws when nobody answers.
  if (thrown instanceof TypeError && thrown.message === "fetch failed")
    return "The calendar does not answer.";
  return undefined;
}
