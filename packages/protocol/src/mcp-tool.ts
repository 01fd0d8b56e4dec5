/** An MCP tool as `tools/list` describes it, as far as permission is concerned. */
export interface Tool {
  readonly name: string;
  /** The annotations, with MCP's defaults: what is not said is the riskier. */
  readonly isReadOnly: boolean;
  readonly isDestructive: boolean;
  readonly isOpenWorld: boolean;
}

/** The tools of one page of `tools/list`; entries that are none are left out. */
export function toolsIn(result: unknown): readonly Tool[] {
  const list = ownMember(result, "tools");
  return Array.isArray(list) ? list.flatMap((entry: unknown) => toolOf(entry) ?? []) : [];
}

function toolOf(entry: unknown): Tool | undefined {
  const name = ownMember(entry, "name");
  if (typeof name !== "string") return undefined;
  const annotations = ownMember(entry, "annotations");
  const isReadOnly = ownMember(annotations, "readOnlyHint") === true;
  return {
    name,
    isReadOnly,
    // MCP, tool annotations: meaningful only when the tool is not read-only.
    isDestructive: !isReadOnly && ownMember(annotations, "destructiveHint") !== false,
    isOpenWorld: ownMember(annotations, "openWorldHint") !== false,
  };
}

/** A member that is the value's own: names such as `constructor` find nothing that was not sent. */
export function ownMember(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
