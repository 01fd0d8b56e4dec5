import type { JournalStore } from "../../ports/store.ts";
import type { AuditEvent } from "../../records/audit-event.ts";
import type { TraceStep } from "../../records/trace-step.ts";
import { integer, optional, text, word } from "./codec.ts";
import { type Columns, columns } from "./columns.ts";
import { change, type Database, type Statement, statement } from "./database.ts";

const event = columns<AuditEvent>({
  at: integer,
  what: text,
  clientId: optional(text),
  accountId: optional(text),
  grantId: optional(integer),
  lineageId: optional(integer),
  address: optional(text),
  userAgent: optional(text),
  detail: optional(text),
});

const step = columns<TraceStep>({
  at: integer,
  step: text,
  outcome: word(),
  says: text,
  refusal: optional(text),
  clientId: optional(text),
  address: text,
  userAgent: text,
});

export function journal(db: Database): JournalStore {
  return {
    async append(events, steps) {
      const all = [...insertAll("audit_event", event, events), ...insertAll("trace_step", step, steps)];
      if (all.length > 0) await db.commit(...all);
    },
    async events(limit) {
      const select = `SELECT ${event.names} FROM audit_event ORDER BY number DESC LIMIT ?`;
      return (await db.read(select, limit)).map(event.read);
    },
    async eventsOfAccount(accountId, limit) {
      // The index is partial: both databases take it only where its own condition stands in the query.
      const select = `SELECT ${event.names} FROM audit_event WHERE account_id = ? AND ${isNoTokens}
        ORDER BY number DESC LIMIT ?`;
      return (await db.read(select, text.write(accountId), integer.write(limit))).map(event.read);
    },
    async eventsOfGrant(grantId, limit) {
      const select = `SELECT ${event.names} FROM audit_event WHERE grant_id = ? ORDER BY number DESC LIMIT ?`;
      return (await db.read(select, grantId, limit)).map(event.read);
    },
    async steps(limit) {
      const select = `SELECT ${step.names} FROM trace_step ORDER BY number DESC LIMIT ?`;
      return (await db.read(select, limit)).map(step.read);
    },
    async trimSteps(keep) {
      // The numbers have gaps, so the boundary is counted, not computed.
      const newestToGo = "SELECT number FROM trace_step ORDER BY number DESC LIMIT 1 OFFSET ?";
      await change(db, `DELETE FROM trace_step WHERE number <= (${newestToGo})`, integer.write(keep));
    },
  };
}

/** As the index `audit_event_of_account` has it: what each token does is in no index, so that no token pays for one. */
const isNoTokens =
  "what NOT IN ('lineage.began', 'token.issued', 'token.exchanged', 'refresh.repeated-late', 'refresh.ahead-of-store')";

/** Rows go out many at a time, in few sizes, so that few texts are prepared. */
function insertAll<T>(table: string, of: Columns<T>, records: readonly T[]): Statement[] {
  const made: Statement[] = [];
  for (let from = 0; from < records.length; ) {
    const left = records.length - from;
    const size = left >= 64 ? 64 : left >= 8 ? 8 : 1;
    const rows = records.slice(from, from + size);
    const marks = rows.map(() => `(${of.marks})`).join(", ");
    made.push(statement(`INSERT INTO ${table} (${of.names}) VALUES ${marks}`, ...rows.flatMap(of.values)));
    from += size;
  }
  return made;
}
