import type { GrantPage } from "../../ports/store.ts";
import { text } from "./codec.ts";
import type { Value } from "./database.ts";

/** The ids of one page of grants, as a subquery and its parameters. An operator's question: it may look along the key. */
export function pageOfGrants({ accountId, clientId, after, limit }: GrantPage): {
  readonly sql: string;
  readonly params: readonly Value[];
} {
  const conditions = ["id > ?"];
  const params: Value[] = [after];
  if (accountId !== undefined) {
    conditions.push("account_id = ?");
    params.push(text.write(accountId));
  }
  if (clientId !== undefined) {
    conditions.push("client_id = ?");
    params.push(text.write(clientId));
  }
  const sql = `SELECT id FROM access_grant WHERE ${conditions.join(" AND ")} ORDER BY id LIMIT ?`;
  return { sql, params: [...params, limit] };
}
