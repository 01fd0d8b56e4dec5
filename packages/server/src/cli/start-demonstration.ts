import { resolve } from "node:path";
import { startDemo } from "../demo/start.ts";
import type { Io } from "./command.ts";
import { stopOnSignal } from "./stop.ts";

/** `valetkey start --demo`. @returns the exit status, once a signal stopped it */
export async function startDemonstration(
  { port, data, isJson }: { readonly port: number; readonly data: string; readonly isJson: boolean },
  io: Io,
): Promise<number> {
  const demo = await startDemo({ port, data: resolve(io.folder, data) });
  // Since the process began, the loading of the program included.
  const readyMs = Math.round(performance.now());
  if (isJson) io.out(`${JSON.stringify({ ...demo.facts, ready_ms: readyMs })}\n`);
  else io.out(welcome(demo.facts, readyMs));
  return await stopOnSignal(demo, io, isJson);
}

type Facts = Awaited<ReturnType<typeof startDemo>>["facts"];

function welcome({ issuer, mcp_url, api_url, accounts }: Facts, readyMs: number): string {
  const people = accounts.map(
    ({ email, password, roles }) => `    ${email}  ${password}  ${roles.join(", ") || "no further role"}`,
  );
  return `
  Valetkey is running (${readyMs} ms).

  Issuer      ${issuer}
  MCP server  ${mcp_url}   <- paste this URL into an MCP client
  API         ${api_url}

  Sign in as
${people.join("\n")}

  For example: claude mcp add --transport http notes ${mcp_url}
  What happened at each step: valetkey trace  (from a clone: npm run valetkey -- trace)
  Ctrl-C stops.

`;
}
