import { printableLine } from "@valetkey/protocol/printable";
import type { Store } from "../ports/store.ts";
import type { AuditEvent } from "../records/audit-event.ts";
import type { Io } from "./command.ts";
import type { Options } from "./declaration.ts";
import type { Given } from "./given.ts";

export const jsonOption = {
  json: { says: "One line of JSON on standard output, and nothing else there" },
} as const satisfies Options;

/** Prints the facts as one line of JSON, or the text for people. @returns the exit status of success */
export function say(io: Io, given: Given, facts: unknown, text: string): number {
  io.out(given.has("json") ? jsonLine(facts) : text);
  return 0;
}

/** Where it is shown on a terminal, what strangers wrote plays no tricks there; whoever reads the JSON sees it as it is. */
export function jsonLine(facts: unknown): string {
  const escaped = (mark: string) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return `${printableLine(JSON.stringify(facts), escaped)}\n`;
}

/** What the command line changed stands in the audit log like what a request changed. */
export async function record(
  store: Store,
  io: Io,
  what: string,
  about: Pick<AuditEvent, "clientId" | "accountId" | "grantId" | "lineageId" | "detail"> = {},
): Promise<void> {
  const by = byWhom(io);
  const detail = about.detail === undefined ? by : `${about.detail}, ${by}`;
  await store.journal.append([{ at: io.now(), what, ...about, detail }], []);
}

/** Who sits at the command line, as far as the environment tells. */
export function byWhom(io: Io): string {
  const who = io.env.SUDO_USER ?? io.env.USER ?? io.env.USERNAME;
  return `by the command line${who === undefined ? "" : ` (${who.slice(0, 60)})`}`;
}
