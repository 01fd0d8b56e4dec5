import { AgentError } from "../errors.ts";

/** A member that is a list of texts, or absent. @throws AgentError answer-malformed */
export function requireTexts(
  document: Readonly<Record<string, unknown>>,
  name: string,
): readonly string[] | undefined {
  const value = document[name];
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value as string[];
  throw new AgentError("answer-malformed", `The member ${name} of the metadata is no list of texts.`);
}
