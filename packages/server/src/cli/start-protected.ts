import {
  faultLine,
  loadTools,
  type ProtectStdioOptions,
  protectStdio,
  type ScopeNews,
  type ToolScope,
} from "@valetkey/gateway";
import { printableLine } from "@valetkey/protocol/printable";
import type { Io } from "./command.ts";
import { requireIssuerSpelling } from "./protect-issuer.ts";
import { listening } from "./protect-listening.ts";
import { addition, registration, roleAdvice } from "./registration.ts";
import { onStop, stopOnSignal } from "./stop.ts";
import { UsageError } from "./usage-error.ts";

export interface ProtectedProgramSettings extends Omit<ProtectStdioOptions, "tools" | "signal" | "log"> {
  /** The operator's word on tools: what stands in the file of this name. */
  readonly tools?: { readonly file: string; readonly text: string };
}

/** Milliseconds after which a start is explained. */
const soon = 10_000;

/**
 * `valetkey protect -- PROGRAM`.
 * @returns the exit status, once a signal stopped it
 * @throws UsageError with every fault of the table of tools, or for an issuer that calls itself otherwise
 */
export async function startProtected(
  { tools, ...options }: ProtectedProgramSettings,
  isJson: boolean,
  io: Io,
): Promise<number> {
  const log = (line: string) => io.err(`${line}\n`);
  const table = tools && tableIn(tools);
  let resource = "";
  let defaultScopes: readonly string[] = [];
  const onNewScopes = (news: readonly ScopeNews[]) => {
    const names = news.map(({ name }) => name).join(", ");
    log(`new since the start: ${names}. At a Valetkey: ${addition(resource, news, defaultScopes)}`);
  };
  // Before the program runs: whoever stops us while it starts must not leave it behind.
  const stopped = new AbortController();
  const unwatch = onStop(io, () => stopped.abort());
  const { signal } = stopped;
  await requireIssuerSpelling(options.issuer, log);
  const all = { ...options, ...(table && { tools: table }), signal, log, onNewScopes };
  const running = await explained(options.program, log, () => listening(options, () => protectStdio(all)))
    .catch((thrown: unknown) => {
      if (signal.aborted) return undefined;
      throw thrown;
    })
    .finally(unwatch);
  if (running === undefined) return 0;
  if (signal.aborted) {
    await running.close();
    return 0;
  }
  const { scopes } = running;
  ({ resource, defaultScopes } = running);
  const register = registration(resource, scopes, defaultScopes);
  if (isJson) io.out(`${JSON.stringify({ resource, issuer: options.issuer, scopes, register })}\n`);
  else io.out(welcome(resource, options.issuer, register, scopes));
  return await stopOnSignal(running, io, isJson);
}

function tableIn({ file, text }: { readonly file: string; readonly text: string }) {
  const loaded = loadTools(text);
  if ("table" in loaded) return loaded.table;
  throw new UsageError(loaded.faults.map((fault) => `--tools ${printableLine(file)}: ${faultLine(fault)}`));
}

/** A program that is fetched first is silent for long. Its arguments may be secrets and are not told. */
async function explained<T>(
  program: string,
  log: (line: string) => void,
  start: () => Promise<T>,
): Promise<T> {
  log(`Starting ${printableLine(program)}, to ask it for its tools.`);
  const late = setTimeout(() => {
    log(
      "It has not answered for 10 seconds; it is given 120. npx and the like fetch it first: where that needs a proxy, pass its variables on, e.g. --env HTTPS_PROXY.",
    );
  }, soon);
  try {
    return await start();
  } finally {
    clearTimeout(late);
  }
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
