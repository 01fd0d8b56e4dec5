import { readFileSync } from "node:fs";
import {
  faultLine,
  loadRules,
  type ProtectedUpstream,
  type ProtectUpstreamOptions,
  protectUpstream,
  type RuleScope,
  type Rules,
} from "@valetkey/gateway";
import { printableLine } from "@valetkey/protocol/printable";
import type { Io } from "./command.ts";
import { requireIssuerSpelling } from "./protect-issuer.ts";
import { listening } from "./protect-listening.ts";
import { addition, registration, roleAdvice } from "./registration.ts";
import { reloadRules } from "./reload-rules.ts";
import { stopOnSignal } from "./stop.ts";
import { UsageError } from "./usage-error.ts";

export interface ProtectedUpstreamSettings
  extends Omit<ProtectUpstreamOptions, "rules" | "onRefusal" | "onUsage"> {
  /** Where the rules stand; absolute. */
  readonly rulesFile: string;
  readonly isJson: boolean;
  /** A line of JSON for each request that ended. */
  readonly showsUsage: boolean;
}

/**
 * `valetkey protect --upstream URL --rules FILE`.
 * @returns the exit status, once a signal stopped it
 * @throws UsageError with every fault of the rules, or for an issuer that calls itself otherwise
 */
export async function startProtectedUpstream(
  { rulesFile, isJson, showsUsage, ...options }: ProtectedUpstreamSettings,
  io: Io,
): Promise<number> {
  const log = (line: string) => io.err(`${printableLine(line)}\n`);
  const rules = firstRules(rulesFile);
  await requireIssuerSpelling(options.issuer, log);
  const onRefusal = (error: Refused, { method, url }: Asked) => {
    // A call without a token begins every login.
    if (error.refusal !== "token.missing") log(refusalLine(error, { method, url }));
  };
  const guard = { ...options.guard, onRefusal };
  const running = await listening(options, () =>
    protectUpstream({
      ...options,
      rules,
      guard,
      onRefusal,
      ...(showsUsage && { onUsage: (usage) => io.out(`${printableLine(JSON.stringify(usage))}\n`) }),
    }),
  );
  const { resource } = running;
  const scopes = running.scopes();
  const { issuer, upstream } = options;
  const register = registration(resource, scopes);
  if (isJson) io.out(`${JSON.stringify({ resource, issuer, upstream, scopes, register })}\n`);
  else io.out(welcome(running, { issuer, upstream, register }));
  const reloading = reloadRules(rulesFile, {
    // A terminal that is closed sends SIGHUP, and then nobody is left to stop the process.
    onHangUp: !io.isTerminal,
    replace: (text) => replaceRules(running, text, log),
    log,
  });
  try {
    return await stopOnSignal(running, io, isJson);
  } finally {
    reloading.close();
  }
}

interface Refused {
  readonly refusal: string;
  readonly fact: string | undefined;
}

interface Asked {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
}

/** The caller wrote method and path, and maybe the fact: bounded here, and made fit for a line by the log. */
function refusalLine({ refusal, fact }: Refused, { method = "", url = "" }: Asked): string {
  // Without the query, which may hold what nobody should read; the guard has whole URLs.
  const path = (url.replace(/^https?:\/\/[^/?#]*/i, "").split(/[?#]/, 1)[0] ?? "").slice(0, 200);
  return `refused: ${refusal} for ${method.slice(0, 40)} ${path}${fact === undefined ? "" : `: ${fact}`}`;
}

function firstRules(file: string): Rules {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new UsageError([`--rules ${printableLine(file)}: cannot be read`]);
  }
  const loaded = loadRules(text);
  if ("rules" in loaded) return loaded.rules;
  throw new UsageError(loaded.faults.map((fault) => `--rules ${printableLine(file)}: ${faultLine(fault)}`));
}

/** All of the new rules or none: while one fault stands, the old ones stay. */
function replaceRules(running: ProtectedUpstream, text: string, log: (line: string) => void): void {
  const loaded = loadRules(text);
  if ("faults" in loaded) {
    for (const fault of loaded.faults) log(`rules not taken: ${faultLine(fault)}`);
    return;
  }
  const known = running.scopes().map(({ name }) => name);
  try {
    running.replace(loaded.rules);
  } catch (thrown) {
    log(`rules not taken: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    return;
  }
  const count = loaded.rules.rules.length;
  log(`rules taken: ${count} ${count === 1 ? "rule" : "rules"} from the next request on`);
  const added = loaded.rules.scopes.filter(({ name }) => !known.includes(name));
  if (added.length > 0) log(newScopes(running.resource, added));
}

function newScopes(resource: string, added: readonly RuleScope[]): string {
  const names = added.map(({ name }) => name).join(", ");
  return `new in the rules: ${names}. At a Valetkey: ${addition(resource, added)}`;
}

interface Said {
  readonly issuer: string;
  readonly upstream: string;
  readonly register: string;
}

function welcome(running: ProtectedUpstream, { issuer, upstream, register }: Said): string {
  const { resource } = running;
  return `
  The server is protected.

  Resource  ${resource}   <- what clients call, and name as resource
  Upstream  ${upstream}
  Issuer    ${issuer}

  Once, at a Valetkey, so that it makes tokens for this resource (another issuer has its own way):

${register}
${roleAdvice(running.scopes())}
  The rules are read anew when their file changes, and on SIGHUP. Ctrl-C stops.

`;
}
