import { toolsIn } from "@valetkey/protocol/mcp-tool";
import {
  type Risk,
  readScope,
  type ScopeRules,
  scopeHierarchy,
  scopesNeeded,
  scopesOf,
  type ToolScope,
} from "@valetkey/protocol/tool-scopes";
import { toolScopesNeeded } from "./mcp-message.ts";
import type { GuardOptions } from "./options.ts";

/** A tool as `tools/list` gives it; more members do no harm. */
export interface ListedTool {
  readonly name: string;
  /** MCP's hints; left out, the tool counts as destructive. */
  readonly annotations?:
    | {
        readonly readOnlyHint?: boolean | undefined;
        readonly destructiveHint?: boolean | undefined;
        readonly openWorldHint?: boolean | undefined;
      }
    | undefined;
}

type Tools = readonly ListedTool[];

export interface ToolScopesOptions {
  /** The tools, or what gives them: asked at each call of a tool, so that a change counts at once. */
  readonly tools: Tools | (() => Tools | Promise<Tools>);
  /** What the names of the scopes begin with; default "mcp". */
  readonly prefix?: string;
  /**
   * All tools that may destroy something share one scope, so that a consent to it covers those that come later too;
   * default: each has a scope of its own, and a new one is consented to anew.
   */
  readonly classScopes?: boolean;
  /** The author's word, in the place of the annotations. */
  readonly table?: {
    /** By the name of the tool: what a call of it needs. */
    readonly tools?: Readonly<Record<string, { readonly scopes: readonly string[] }>>;
    /** By the name of the scope: what the consent page says of it. */
    readonly scopes?: Readonly<
      Record<string, { readonly sentence?: string | undefined; readonly risk?: Risk | undefined }>
    >;
  };
}

/** What the JSON-RPC messages of one body need, and what they are called in the log. */
export interface ToolsNeeded {
  readonly scopes: readonly string[];
  readonly operation: string;
}

/** What tools need, derived from what they say of themselves. */
export interface ToolScopes {
  /** For `createGuard`: everybody who connects may read, and the broader scopes stand for the narrower. */
  readonly guard: Required<Pick<GuardOptions, "requiredScopes" | "scopeHierarchy">>;
  /** What the issuer has to know: every scope, with a sentence and a risk. */
  scopes(): Promise<readonly ToolScope[]>;
  /** While the tools do not come, each of them counts as one that may destroy. */
  needed(body: unknown): Promise<ToolsNeeded>;
}

/** The scopes of an MCP server's tools, from `readOnlyHint`, `destructiveHint` and `openWorldHint`. */
export function toolScopes({
  tools,
  prefix = "mcp",
  classScopes = false,
  table,
}: ToolScopesOptions): ToolScopes {
  // Maps, since a tool may be called `constructor`.
  const rules: ScopeRules = {
    prefix,
    classScopes,
    overrides: new Map(Object.entries(table?.tools ?? {})),
    described: new Map(Object.entries(table?.scopes ?? {})),
  };
  const listed = async () => toolsIn({ tools: typeof tools === "function" ? await tools() : tools });
  return {
    guard: { requiredScopes: [readScope(rules)], scopeHierarchy: scopeHierarchy(rules) },
    scopes: async () => scopesOf(await listed(), rules),
    async needed(body) {
      const messages: readonly unknown[] = Array.isArray(body) ? body : [body];
      return scopesNeeded(messages, await listed().catch(() => []), rules);
    },
  };
}

/** By a table of names, or derived. A table holds lists alone, so that a tool may be called `needed`. */
export async function neededFor(
  body: unknown,
  toolScopes: Readonly<Record<string, readonly string[]>> | ToolScopes,
): Promise<ToolsNeeded> {
  return isDerived(toolScopes) ? await toolScopes.needed(body) : toolScopesNeeded(body, toolScopes);
}

function isDerived(toolScopes: object): toolScopes is ToolScopes {
  return "needed" in toolScopes && typeof toolScopes.needed === "function";
}
