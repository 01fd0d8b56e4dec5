import type { CountedWays, TakenWay } from "../../records/way-in.ts";
import { text } from "./codec.ts";
import { type Database, required, type Statement, statement, type Value } from "./database.ts";

interface Condition {
  readonly sql: string;
  readonly params: readonly Value[];
}

/**
 * Takes one way in away, while another one that counts is left or what is taken does not count itself. The account's row is
 * locked first: of two that are taken at once the second is judged by what the first one left.
 */
export async function takeWayIn(
  db: Database,
  accountId: string,
  way: TakenWay,
  counted: CountedWays,
): Promise<boolean> {
  const key = text.write(accountId);
  const left = counts(way, counted) ? leftBeside(key, way, counted) : { sql: "1 = 1", params: [] };
  const { stands } = await db.commit(
    required("UPDATE account SET created_at = created_at WHERE id = ?", key),
    taking(key, way, left),
    ...(way.kind === "password" ? [statement("DELETE FROM mailed_proof WHERE account_id = ?", key)] : []),
  );
  return stands;
}

function counts(way: TakenWay, { password, passkeys, upstreams }: CountedWays): boolean {
  if (way.kind === "password") return password;
  return way.kind === "passkey" ? passkeys : upstreams.includes(way.upstream);
}

function taking(key: Value, way: TakenWay, left: Condition): Statement {
  if (way.kind === "password") {
    const update = "UPDATE account SET password_hash = NULL WHERE id = ? AND password_hash IS NOT NULL";
    return required(`${update} AND (${left.sql})`, key, ...left.params);
  }
  if (way.kind === "passkey") {
    const remove = "DELETE FROM passkey WHERE id = ? AND account_id = ?";
    return required(`${remove} AND (${left.sql})`, text.write(way.id), key, ...left.params);
  }
  const itself = [text.write(way.subject), text.write(way.upstream), key];
  const remove = "DELETE FROM upstream_identity WHERE subject = ? AND upstream = ? AND account_id = ?";
  return required(`${remove} AND (${left.sql})`, ...itself, ...left.params);
}

function leftBeside(key: Value, way: TakenWay, counted: CountedWays): Condition {
  const conditions: Condition[] = [];
  const add = (sql: string, ...params: readonly Value[]) =>
    conditions.push({ sql: `EXISTS (SELECT 1 FROM ${sql})`, params });
  if (counted.password && way.kind !== "password")
    add("account AS a WHERE a.id = ? AND a.password_hash IS NOT NULL", key);
  if (counted.email) add("account AS a WHERE a.id = ? AND a.email_verified = 1", key);
  if (counted.passkeys) {
    const others = way.kind === "passkey" ? ` AND p.id <> ?` : "";
    add(`passkey AS p WHERE p.account_id = ?${others}`, key, ...(others ? [text.write(idOf(way))] : []));
  }
  if (counted.upstreams.length > 0) {
    const marks = counted.upstreams.map(() => "?").join(", ");
    const given = counted.upstreams.map((one) => text.write(one));
    const others = way.kind === "upstream" ? " AND NOT (u.subject = ? AND u.upstream = ?)" : "";
    const itself = way.kind === "upstream" ? [text.write(way.subject), text.write(way.upstream)] : [];
    const sql = `upstream_identity AS u WHERE u.account_id = ? AND u.upstream IN (${marks})${others}`;
    add(sql, key, ...given, ...itself);
  }
  return {
    sql: conditions.map(({ sql }) => sql).join(" OR ") || "1 = 0",
    params: conditions.flatMap(({ params }) => params),
  };
}

function idOf(way: TakenWay): string {
  return way.kind === "passkey" ? way.id : "";
}
