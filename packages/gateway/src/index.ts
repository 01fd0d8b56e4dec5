export type { Log } from "./log.ts";
export type { Risk, ToolScope } from "./mcp/tool-scopes.ts";
export { type ProtectedServer, type ProtectStdioOptions, protectStdio } from "./protect-stdio.ts";
export { environmentFault } from "./stdio/environment.ts";
