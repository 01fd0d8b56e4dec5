import { ownMember, type Tool } from "./mcp-tool.ts";

export type Risk = "low" | "medium" | "high";

/** One permission of an MCP server, as an issuer registers it. */
export interface ToolScope {
  readonly name: string;
  /** What the consent page says. */
  readonly sentence: string;
  readonly risk: Risk;
}

/** The author's or operator's word, in the place of what a server says of itself. */
export interface ToolTable {
  /** By the name of the tool: what a call of it needs. */
  readonly overrides: ReadonlyMap<string, { readonly scopes: readonly string[] }>;
  /** By the name of the scope. */
  readonly described: ReadonlyMap<
    string,
    { readonly sentence?: string | undefined; readonly risk?: Risk | undefined }
  >;
}

export interface ScopeRules extends ToolTable {
  /** What the names of the scopes begin with. */
  readonly prefix: string;
  /** Each tool that may destroy something has a scope of its own, so that one more of them is consented to anew. */
  readonly ownScopes?: boolean;
}

type Prefixed = Pick<ScopeRules, "prefix">;

export const readScope = ({ prefix }: Prefixed) => `${prefix}:read`;
/** Adds and changes; stands for reading too. */
export const writeScope = ({ prefix }: Prefixed) => `${prefix}:write`;
/** Deletes and overwrites, and whatever nobody has said a word about; stands for the other two. */
export const destroyScope = ({ prefix }: Prefixed) => `${prefix}:destroy`;

/** The broader scopes and the narrower ones that they stand for. */
export function scopeHierarchy(rules: Prefixed): Readonly<Record<string, readonly string[]>> {
  return { [destroyScope(rules)]: [writeScope(rules)], [writeScope(rules)]: [readScope(rules)] };
}

/** Requests that change nothing at the server but the caller's own session. Any other needs the right to do anything. */
const reading = new Set([
  "initialize",
  "ping",
  "server/discover",
  "tools/list",
  "prompts/list",
  "prompts/get",
  "resources/list",
  "resources/templates/list",
  "resources/read",
  "resources/subscribe",
  "resources/unsubscribe",
  "subscriptions/listen",
  "completion/complete",
  "logging/setLevel",
  "tasks/get",
  "tasks/list",
  "tasks/result",
  "tasks/cancel",
]);

/** What a call of the tool needs. A tool that nobody listed may do anything. */
export function scopesOfTool(name: unknown, tools: readonly Tool[], rules: ScopeRules): readonly string[] {
  const override = typeof name === "string" ? rules.overrides.get(name) : undefined;
  if (override) return override.scopes;
  // Of two tools with one name the riskier counts.
  const listed = tools.filter((tool) => tool.name === name);
  if (listed.length === 0) return [destroyScope(rules)];
  if (listed.some(({ isDestructive }) => isDestructive)) return [destructiveScope(String(name), rules)];
  return [listed.some(({ isReadOnly }) => !isReadOnly) ? writeScope(rules) : readScope(rules)];
}

/** RFC 6749 §3.3: a name with other signs can be part of no scope. */
function destructiveScope(tool: string, rules: ScopeRules): string {
  const hasOwn = rules.ownScopes === true && /^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/.test(tool);
  return hasOwn ? `${rules.prefix}:tool:${tool}` : destroyScope(rules);
}

/** What a message needs: its method's scopes, a batch those of all its messages. */
export function scopesNeeded(
  messages: readonly unknown[],
  tools: readonly Tool[],
  rules: ScopeRules,
): { readonly scopes: readonly string[]; readonly operation: string } {
  const operations = messages.map((message) => ({
    method: ownMember(message, "method"),
    tool: ownMember(ownMember(message, "params"), "name"),
  }));
  const scopes = operations.flatMap(({ method, tool }) => {
    if (method === "tools/call") return scopesOfTool(tool, tools, rules);
    const isHarmless = method === undefined || reading.has(String(method)) || isNotification(method);
    return isHarmless ? [] : [destroyScope(rules)];
  });
  const operation = operations.map(({ method, tool }) => String(tool ?? method)).join(" ");
  return { scopes: [...new Set(scopes)], operation: operation.slice(0, 200) };
}

/** By its name, not by its missing id: a lenient server may run a call that came without one. */
function isNotification(method: unknown): boolean {
  return String(method).startsWith("notifications/");
}

/** Every scope of the server, with a sentence and a risk: what its issuer has to know. */
export function scopesOf(tools: readonly Tool[], rules: ScopeRules): readonly ToolScope[] {
  const byScope = new Map<string, Tool[]>([[readScope(rules), []]]);
  for (const tool of tools) {
    for (const scope of scopesOfTool(tool.name, tools, rules)) {
      byScope.set(scope, [...(byScope.get(scope) ?? []), tool]);
    }
  }
  return [...byScope].map(([name, needing]) => {
    const described = rules.described.get(name);
    const isBase = name === readScope(rules);
    return {
      name,
      sentence: described?.sentence ?? sentenceOf(needing, isBase),
      risk: described?.risk ?? riskOf(needing),
    };
  });
}

function riskOf(tools: readonly Tool[]): Risk {
  if (tools.some(({ isDestructive }) => isDestructive)) return "high";
  return tools.some(({ isReadOnly }) => !isReadOnly) ? "medium" : "low";
}

function sentenceOf(tools: readonly Tool[], isBase: boolean): string {
  const verb = isBase ? "Look at what the server offers and read through it" : doing(tools);
  const world = tools.some(({ isOpenWorld, isReadOnly }) => isOpenWorld && !isReadOnly);
  const names = tools.map(({ name }) => name);
  const list = names.length === 0 ? "" : `: ${shortened(names)}`;
  return `${verb}${world ? ", also beyond this server" : ""}${list}`;
}

function doing(tools: readonly Tool[]): string {
  if (tools.some(({ isDestructive }) => isDestructive)) return "Change and delete in your name";
  return tools.some(({ isReadOnly }) => !isReadOnly) ? "Add and change in your name" : "Read";
}

/** As many names as a person reads. */
function shortened(names: readonly string[]): string {
  const plain = names.map((name) => name.replace(/[^\w.-]/g, "?").slice(0, 40));
  const shown = plain.slice(0, 6).join(", ");
  return plain.length > 6 ? `${shown} and ${plain.length - 6} more` : shown;
}
