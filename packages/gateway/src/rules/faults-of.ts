import type { z } from "zod";
import type { RuleFault } from "./fault.ts";
import type { YamlDocument } from "./yaml-document.ts";

/** The faults that a file's shape finds in it, with their places. */
export function faultsOf(issue: z.core.$ZodIssue, document: YamlDocument): RuleFault[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      line: document.lineOfName(issue.path, key),
      name: nameOf([...issue.path, key]),
      reason: "is no setting",
    }));
  }
  return [{ line: document.lineOf(issue.path), name: nameOf(issue.path), reason: reasonOf(issue) }];
}

/** Inside, a name that is refused has its reason one issue deeper. */
function reasonOf(issue: z.core.$ZodIssue): string {
  return issue.code === "invalid_key" ? (issue.issues[0]?.message ?? issue.message) : issue.message;
}

/** Where a setting stands, in words. */
export function nameOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "the file";
  return path.reduce<string>((name, part) => {
    if (typeof part === "number") return `${name} item ${part + 1}`;
    return name === "" ? String(part) : `${name}.${String(part)}`;
  }, "");
}
