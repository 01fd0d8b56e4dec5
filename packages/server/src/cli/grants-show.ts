import type { Store } from "../ports/store.ts";
import type { AuditEvent } from "../records/audit-event.ts";
import type { Grant } from "../records/grant.ts";
import type { Instant } from "../records/instant.ts";
import type { Lineage } from "../records/lineage.ts";
import { chosenStore, storeOptions, withStore } from "./chosen-store.ts";
import type { Command } from "./command.ts";
import { grantFacts } from "./grant-facts.ts";
import { idOf } from "./grant-id.ts";
import { lineageFacts, stateOf } from "./lineage-facts.ts";
import { jsonOption, say } from "./output.ts";
import { columnsOf } from "./table.ts";
import { UsageError } from "./usage-error.ts";
import { moment, words } from "./wording.ts";

const mostEvents = 1_000;

export const grantsShow: Command = {
  name: "grants show",
  summary: "Show one grant and each device under it: when it came, when it was last used, how it ended",
  operand: { name: "ID", says: "the grant's number, from valetkey grants list", example: "17" },
  options: { ...jsonOption, ...storeOptions },
  notes: [
    "A grant that was ended still shows its lineages until they would have expired. Events come from the audit log: reuse of old tokens, late answers, what ended it.",
  ],
  examples: ["grants show 17", "grants show 17 --json"],
  async read(given, io) {
    const id = idOf(given);
    const choice = await chosenStore(given, io);
    return (io) =>
      withStore(choice, io, async ({ store }) => {
        const told = await requireTold(store, id);
        const now = io.now();
        return say(io, given, factsOf(told, now), textOf(told, now));
      });
  },
};

interface Told {
  readonly grant: Grant | undefined;
  readonly email: string | undefined;
  readonly lineages: readonly Lineage[];
  /** Oldest first. */
  readonly events: readonly AuditEvent[];
}

async function requireTold(store: Store, id: number): Promise<Told> {
  const grant = await store.grants.find(id);
  const lineages = await store.lineages.listOf(id);
  const accountId = grant?.accountId ?? lineages[0]?.accountId;
  if (accountId === undefined)
    throw new UsageError([`There is no grant ${id}. valetkey grants list shows all.`]);
  const email = (await store.accounts.find(accountId))?.email;
  const events = (await store.journal.eventsOfGrant(id, mostEvents)).toReversed();
  return { grant, email, lineages, events };
}

function factsOf({ grant, email, lineages, events }: Told, now: Instant) {
  const [first] = lineages;
  const about = grant
    ? grantFacts({ grant, email, lineages }, now)
    : {
        grant_id: first?.grantId,
        account_id: first?.accountId,
        email: email ?? null,
        client_id: first?.clientId,
      };
  return {
    ...about,
    ended: grant === undefined,
    lineages: lineages.map((one) => lineageFacts(one, eventsOf(one, events), now)),
  };
}

function textOf({ grant, email, lineages, events }: Told, now: Instant): string {
  const [first] = lineages;
  const granted = grant?.permissions.map(
    ({ resource, scopes }) => ["Granted", `${resource}: ${words(scopes)}`] as const,
  );
  const head = columnsOf([
    ["Grant", `${grant?.id ?? first?.grantId}${grant === undefined ? ", ended" : ""}`],
    ["Account", email ?? grant?.accountId ?? first?.accountId ?? "-"],
    ["Client id", grant?.clientId ?? first?.clientId ?? "-"],
    ...(granted ?? []),
    ...(grant ? [["Made", moment(grant.createdAt)] as const] : []),
  ]);
  const parts = lineages.map((one) => deviceText(one, eventsOf(one, events), now));
  return `${[head, ...(parts.length === 0 ? ["No device came yet."] : parts)].join("\n\n")}\n`;
}

function deviceText(lineage: Lineage, events: readonly AuditEvent[], now: Instant): string {
  const state = stateOf(lineage, now);
  const ended = state === "ended" ? `, ended ${moment(lineage.endedAt)}: ${lineage.endReason ?? "-"}` : "";
  const rows = [
    ["Lineage", `${lineage.id}, ${state === "ended" ? ended.slice(2) : state}`],
    ["  client instance", lineage.userAgent || "-"],
    ["  session", lineage.sid],
    ["  made", moment(lineage.createdAt)],
    ["  last used", moment(lineage.lastUsedAt)],
    ["  generation", lineage.refreshable ? `${lineage.generation}` : "no refresh token was given"],
    ...(lineage.lateAnswers.length === 0 ? [] : [["  late answers", `${lineage.lateAnswers.length}`]]),
    ...(state === "alive" ? [["  ends unused", moment(lineage.idleExpiresAt)]] : []),
    ...events.map((event) => ["  event", eventText(event)]),
  ];
  return columnsOf(rows);
}

function eventText({ at, what, address, detail }: AuditEvent): string {
  const from = address === undefined ? "" : ` from ${address}`;
  return `${moment(at)} ${what}${from}${detail === undefined ? "" : `: ${detail}`}`;
}

function eventsOf({ id }: Lineage, events: readonly AuditEvent[]): readonly AuditEvent[] {
  return events.filter(({ lineageId }) => lineageId === id);
}
