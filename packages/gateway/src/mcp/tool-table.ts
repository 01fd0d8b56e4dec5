import type { ToolTable } from "@valetkey/protocol/tool-scopes";
import { parse } from "yaml";
import { z } from "zod";

/** RFC 6749 §3.3 */
const scope = z.string().regex(/^[\x21\x23-\x5B\x5D-\x7E]+$/, "is no name of a scope");

/** `tools.yaml`: the operator's word on tools, in the place of what the server says of itself. */
const File = z.strictObject({
  tools: z.record(z.string(), z.strictObject({ scopes: z.array(scope) })).prefault({}),
  scopes: z
    .record(
      scope,
      z.strictObject({
        sentence: z.string().min(1).max(300).optional(),
        risk: z.enum(["low", "medium", "high"]).optional(),
      }),
    )
    .prefault({}),
});

/** Reads the file's text. @throws Error that names every fault */
export function toolTable(text: string): ToolTable {
  const read = File.safeParse(parse(text) ?? {});
  if (!read.success) {
    const faults = read.error.issues.map(
      ({ path, message }) => `${path.join(".") || "the file"}: ${message}`,
    );
    throw new Error(`The table of tools cannot be used: ${faults.join("; ")}.`);
  }
  // Maps, since a tool may be called `constructor`.
  return {
    overrides: new Map(Object.entries(read.data.tools)),
    described: new Map(Object.entries(read.data.scopes)),
  };
}
