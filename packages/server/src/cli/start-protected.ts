import { type ProtectStdioOptions, protectStdio, type ToolScope } from "@valetkey/gateway";
import type { Io } from "./command.ts";
import { printableLine } from "./printable-line.ts";
import { stopOnSignal } from "./stop.ts";

/** `valetkey protect -- PROGRAM`. @returns the exit status, once a signal stopped it */
export async function startProtected(options: ProtectStdioOptions, isJson: boolean, io: Io): Promise<number> {
  const log = (line: string) => io.err(`${line}\n`);
  const running = await protectStdio({ ...options, log });
  const { resource, scopes } = running;
  const register = registration(resource, scopes);
  if (isJson) io.out(`${JSON.stringify({ resource, issuer: options.issuer, scopes, register })}\n`);
  else io.out(welcome(resource, options.issuer, register, scopes));
  return await stopOnSignal(running, io, isJson);
}

function welcome(resource: string, issuer: string, register: string, scopes: readonly ToolScope[]): string {
  const high = scopes.filter(({ risk }) => risk === "high").map(({ name }) => name);
  const role =
    high.length === 0
      ? ""
      : `
  The risk of ${high.join(", ")} is high: only people with the role operator can be granted it. Choose the role's name,
  and give it to people: valetkey account set-roles.
`;
  return `
  The MCP server is protected.

  MCP server  ${resource}   <- paste this URL into an MCP client
  Issuer      ${issuer}

  Once, at a Valetkey, so that it makes tokens for this server (another issuer has its own way):

${register}
${role}
  Ctrl-C stops.

`;
}

/** The command that makes the resource known. A scope of high risk is given by a role that is named, to nobody else. */
function registration(resource: string, scopes: readonly ToolScope[]): string {
  const words = scopes.flatMap(({ name, sentence, risk }) => [
    `--scope ${quoted(`${name}=${sentence}`)}`,
    ...(risk === "low" ? [] : [`--risk ${quoted(`${name}=${risk}`)}`]),
    ...(risk === "high" ? [`--allow ${quoted(`operator=${name}`)}`] : []),
  ]);
  return [`valetkey resource add ${quoted(resource)}`, ...words].join(" \\\n    ");
}

/** As a shell takes it: names of tools are the server's own words. */
function quoted(text: string): string {
  const plain = printableLine(text);
  return /^[\w@%+=:,./-]+$/.test(plain) ? plain : `'${plain.replaceAll("'", "'\\''")}'`;
}
