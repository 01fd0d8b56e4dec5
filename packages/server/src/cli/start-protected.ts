import { type ProtectStdioOptions, protectStdio, type ScopeNews, type ToolScope } from "@valetkey/gateway";
import type { Io } from "./command.ts";
import { addition, registration, roleAdvice } from "./registration.ts";
import { stopOnSignal } from "./stop.ts";

/** `valetkey protect -- PROGRAM`. @returns the exit status, once a signal stopped it */
export async function startProtected(options: ProtectStdioOptions, isJson: boolean, io: Io): Promise<number> {
  const log = (line: string) => io.err(`${line}\n`);
  let resource = "";
  let defaultScopes: readonly string[] = [];
  const onNewScopes = (news: readonly ScopeNews[]) => {
    const names = news.map(({ name }) => name).join(", ");
    log(`new since the start: ${names}. At a Valetkey: ${addition(resource, news, defaultScopes)}`);
  };
  const running = await protectStdio({ ...options, log, onNewScopes });
  const { scopes } = running;
  ({ resource, defaultScopes } = running);
  const register = registration(resource, scopes, defaultScopes);
  if (isJson) io.out(`${JSON.stringify({ resource, issuer: options.issuer, scopes, register })}\n`);
  else io.out(welcome(resource, options.issuer, register, scopes));
  return await stopOnSignal(running, io, isJson);
}

function welcome(resource: string, issuer: string, register: string, scopes: readonly ToolScope[]): string {
  return `
  The MCP server is protected.

  MCP server  ${resource}   <- paste this URL into an MCP client
  Issuer      ${issuer}

  Once, at a Valetkey, so that it makes tokens for this server (another issuer has its own way):

${register}
${roleAdvice(scopes)}
  Where it is known already and its tools changed: resource set in the place of resource add, without --allow.
  Ctrl-C stops.

`;
}
