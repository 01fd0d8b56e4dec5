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
  /**
   * All tools that may destroy something share one scope: a consent to it covers those that come later, too. Left out,
   * each has a scope of its own, so that one more of them is consented to anew.
   */
  readonly classScopes?: boolean;
}

type Prefixed = Pick<ScopeRules, "prefix">;

export const readScope = ({ prefix }: Prefixed) => `${prefix}:read`;
/** Adds and changes; stands for reading too. */
export const writeScope = ({ prefix }: Prefixed) => `${prefix}:write`;
/**
 * Whatever no other scope is about: a method that MCP does not know, a call without a name; with class scopes every tool
 * that may destroy, listed or not. Stands for the other two, and never for the scope of one tool.
 */
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
  if (listed.length === 0 || listed.some(({ isDestructive }) => isDestructive)) {
    return [scopeOfOne(name, rules)];
  }
  return [listed.some(({ isReadOnly }) => !isReadOnly) ? writeScope(rules) : readScope(rules)];
}

/** The longest part of a scope that names a tool; MCP's own bound on names is 128 characters. */
const longestName = 200;

/**
 * The scope of one tool, listed or not: a consent to one is none to another, whatever the server lists later. What a
 * scope cannot carry (RFC 6749 §3.3) is written as %xx, so that no two names meet.
 */
function scopeOfOne(tool: unknown, rules: ScopeRules): string {
  const name = rules.classScopes || typeof tool !== "string" ? undefined : encoded(tool);
  return name === undefined ? destroyScope(rules) : `${rules.prefix}:tool:${name}`;
}

function encoded(tool: string): string | undefined {
  try {
    const name = encodeURIComponent(tool);
    return name !== "" && name.length <= longestName ? name : undefined;
  } catch {
    // Half a surrogate pair has no octets.
    return undefined;
  }
}

/** Whether the scope is about one tool alone: asked for when that is called, and not at the first login. */
export function isScopeOfOne(scope: string, { prefix }: Prefixed): boolean {
  return scope.startsWith(`${prefix}:tool:`);
}

/** What a message needs: its method's scopes, a batch those of all its messages. */
export function scopesNeeded(
  messages: readonly unknown[],
  tools: readonly Tool[],
  rules: ScopeRules,
): { readonly scopes: readonly string[]; readonly operation: string } {
  const operations = messages.map((message) => ({
    message,
    method: ownMember(message, "method"),
    tool: ownMember(ownMember(message, "params"), "name"),
  }));
  const scopes = operations.flatMap(({ message, method, tool }) => {
    if (method === "tools/call") return scopesOfTool(tool, tools, rules);
    return isHarmless(message, method) ? [] : [destroyScope(rules)];
  });
  const operation = operations.map(({ method, tool }) => String(tool ?? method)).join(" ");
  return { scopes: [...new Set(scopes)], operation: operation.slice(0, 200) };
}

/** A batch within a batch is none that MCP knows: nobody can tell what a server makes of it. */
function isHarmless(message: unknown, method: unknown): boolean {
  if (method === undefined) return !Array.isArray(message);
  if (typeof method !== "string") return false;
  return reading.has(method) || isNotification(message, method);
}

/**
 * By its name, not by its missing id alone: a lenient server may run a call that came without one. With an id it is a
 * request, and one that MCP does not know (JSON-RPC 2.0 §4.1).
 */
function isNotification(message: unknown, method: string): boolean {
  return method.startsWith("notifications/") && !Object.hasOwn(message as object, "id");
}

/**
 * Every scope of the server, with a sentence and a risk: what its issuer has to know. The broad one is among them only
 * where a tool needs it or the author describes it.
 */
export function scopesOf(tools: readonly Tool[], rules: ScopeRules): readonly ToolScope[] {
  const byScope = new Map<string, Tool[]>([[readScope(rules), []]]);
  for (const tool of tools) {
    for (const scope of scopesOfTool(tool.name, tools, rules)) {
      byScope.set(scope, [...(byScope.get(scope) ?? []), tool]);
    }
  }
  const broad = destroyScope(rules);
  if (rules.described.has(broad) && !byScope.has(broad)) byScope.set(broad, []);
  return [...byScope].map(([name, needing]) => {
    const described = rules.described.get(name);
    return {
      name,
      sentence: described?.sentence ?? sentenceOf(name, needing, rules),
      risk: described?.risk ?? (name === broad ? "high" : riskOf(needing)),
    };
  });
}

/** What only reads can still carry out what it is told, where it speaks with the open world. */
function riskOf(tools: readonly Tool[]): Risk {
  if (tools.some(({ isDestructive }) => isDestructive)) return "high";
  return tools.some(({ isReadOnly, isOpenWorld }) => !isReadOnly || isOpenWorld) ? "medium" : "low";
}

function sentenceOf(scope: string, tools: readonly Tool[], rules: ScopeRules): string {
  const isBroad = scope === destroyScope(rules);
  if (isBroad && tools.length === 0) return "Do anything that the server can do, also what it does not list";
  const what =
    scope === readScope(rules) ? "Look at what the server offers and read through it" : doing(tools);
  const later = isBroad ? ", now and with what it adds later" : "";
  const start = `${what}${beyond(tools)}${later}`;
  return tools.length === 0 ? start : `${start}: ${shortened(tools, longestSentence - start.length - 2)}`;
}

function doing(tools: readonly Tool[]): string {
  if (tools.some(({ isDestructive }) => isDestructive)) return "Change and delete in your name";
  return tools.some(({ isReadOnly }) => !isReadOnly) ? "Add and change in your name" : "Read";
}

function beyond(tools: readonly Tool[]): string {
  const open = tools.filter(({ isOpenWorld }) => isOpenWorld);
  if (open.length === 0) return "";
  return tools.some(({ isReadOnly }) => !isReadOnly)
    ? ", also beyond this server"
    : ", and send data beyond this server";
}

/** Characters that an issuer takes and a person reads. */
const longestSentence = 200;

/** As many names as a person reads. */
function shortened(tools: readonly Tool[], longest: number): string {
  const names = tools.map(({ name }) => name.replace(/[^\w.-]/g, "?").slice(0, 40));
  for (let shown = Math.min(names.length, 6); shown > 0; shown--) {
    const more = names.length > shown ? ` and ${names.length - shown} more` : "";
    const text = `${names.slice(0, shown).join(", ")}${more}`;
    if (text.length <= longest) return text;
  }
  return `${names.length}`;
}
