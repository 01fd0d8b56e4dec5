export type { Risk, ToolScope } from "@valetkey/protocol/tool-scopes";
export type { Log } from "./log.ts";
export type { ScopeNews } from "./mcp/known-scopes.ts";
export { loadTools } from "./mcp/tool-table.ts";
export { type ProtectedServer, type ProtectStdioOptions, protectStdio } from "./protect-stdio.ts";
export { faultLine, type RuleFault } from "./rules/fault.ts";
export { loadRules } from "./rules/load.ts";
export type { RuleScope, Rules } from "./rules/rules.ts";
export { environmentFault } from "./stdio/environment.ts";
export type { Usage } from "./upstream/options.ts";
export {
  type ProtectedUpstream,
  type ProtectUpstreamOptions,
  protectUpstream,
} from "./upstream/protect-upstream.ts";
