/** What the inspector hands over: nodes of a call tree, and which of them each sample fell on. */
export interface Profile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
}

const shown = 45;

/** The dearest functions by their own time, then by the time of all that they call: microseconds an operation. */
export function costs(profile: Profile, operations: number): string {
  const own = new Map<number, number>();
  profile.samples.forEach((id, index) => {
    own.set(id, (own.get(id) ?? 0) + (profile.timeDeltas[index] ?? 0));
  });
  const byId = new Map(profile.nodes.map((node) => [node.id, node]));
  const selfs = new Map<string, number>();
  const totals = new Map<string, number>();
  const ours = new Map<string, number>();

  function walk(id: number, above: ReadonlySet<string>, nearest: string): number {
    const node = byId.get(id);
    if (!node) return 0;
    const name = nameOf(node);
    const self = own.get(id) ?? 0;
    const within = above.has(name) ? above : new Set([...above, name]);
    const here = / (packages|bench|node_modules)\//.test(name) ? name : nearest;
    const total = (node.children ?? []).reduce((sum, child) => sum + walk(child, within, here), self);
    add(selfs, name, self);
    add(ours, name.startsWith("(") && here === "node itself" ? name : here, self);
    // A function that calls itself is counted once.
    if (!above.has(name)) add(totals, name, total);
    return total;
  }
  walk(profile.nodes[0]?.id ?? 0, new Set(), "node itself");
  const tables = [
    table("own time, what Node does for it included", ours, operations),
    table("own time", selfs, operations),
    table("with all that it calls", totals, operations),
  ];
  return tables.join("\n");
}

function add(sums: Map<string, number>, name: string, time: number): void {
  sums.set(name, (sums.get(name) ?? 0) + time);
}

function table(title: string, sums: ReadonlyMap<string, number>, operations: number): string {
  const lines = [...sums]
    .filter(([name]) => !name.startsWith("(idle)") && !name.startsWith("(root)"))
    .sort(([, a], [, b]) => b - a)
    .slice(0, shown)
    .map(([name, time]) => `${(time / operations).toFixed(1).padStart(8)} µs  ${name}`);
  return [`${title}:`, ...lines, ""].join("\n");
}

function nameOf({ callFrame: { functionName, url, lineNumber } }: ProfileNode): string {
  const file = url.replace(/^file:\/\//, "").replace(/^.*\/(packages|bench|node_modules)\//, "$1/");
  return `${functionName || "(anonymous)"} ${file}${file === "" ? "" : `:${lineNumber + 1}`}`;
}
