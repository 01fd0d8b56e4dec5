import type { ToolTable } from "@valetkey/protocol/tool-scopes";
import { z } from "zod";
import type { RuleFault } from "../rules/fault.ts";
import { faultsOf } from "../rules/faults-of.ts";
import { described, scope } from "../rules/schema.ts";
import { group } from "../rules/setting.ts";
import { readYaml } from "../rules/yaml-document.ts";

/** `tools.yaml`: the operator's word on tools, in the place of what the server says of itself. */
const File = group({
  tools: z
    .record(
      z.string(),
      group({
        // None: the tool needs no more than it takes to connect.
        scopes: z.array(scope, {
          error: ({ input }) => (input === undefined ? "is missing" : "must be a list"),
        }),
      }),
      { error: "must be a group of tools by name" },
    )
    .prefault({}),
  scopes: z.record(scope, group(described), { error: "must be a group of scopes by name" }).prefault({}),
});

/** Reads the file's text: the table, or every fault of it at once. */
export function loadTools(
  text: string,
): { readonly table: ToolTable } | { readonly faults: readonly RuleFault[] } {
  const document = readYaml(text);
  if (!("value" in document)) return { faults: document };
  const read = File.safeParse(document.value);
  if (!read.success) return { faults: read.error.issues.flatMap((issue) => faultsOf(issue, document)) };
  // Maps, since a tool may be called `constructor`.
  const overrides = new Map(Object.entries(read.data.tools));
  return { table: { overrides, described: new Map(Object.entries(read.data.scopes)) } };
}
