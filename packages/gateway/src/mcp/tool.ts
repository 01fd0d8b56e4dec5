import { member, type Params } from "../json-rpc.ts";

/** A tool as `tools/list` describes it, as far as permission is concerned. */
export interface Tool {
  readonly name: string;
  /** The annotations, with MCP's defaults: what is not said is the riskier. */
  readonly isReadOnly: boolean;
  readonly isDestructive: boolean;
  readonly isOpenWorld: boolean;
}

/** The tools of one page of `tools/list`; entries that are none are left out. */
export function toolsIn(result: Params): readonly Tool[] {
  const list = member(result, "tools");
  return Array.isArray(list) ? list.flatMap((entry: unknown) => toolOf(entry) ?? []) : [];
}

function toolOf(entry: unknown): Tool | undefined {
  const name = member(entry, "name");
  if (typeof name !== "string") return undefined;
  const annotations = member(entry, "annotations");
  const isReadOnly = member(annotations, "readOnlyHint") === true;
  return {
    name,
    isReadOnly,
    // MCP, tool annotations: meaningful only when the tool is not read-only.
    isDestructive: !isReadOnly && member(annotations, "destructiveHint") !== false,
    isOpenWorld: member(annotations, "openWorldHint") !== false,
  };
}
