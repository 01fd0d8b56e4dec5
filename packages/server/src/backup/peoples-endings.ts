import { belongings } from "../adapters/sql/accounts.ts";
import type { Instant } from "../records/instant.ts";

/** How much of what people have was ended by what the replaced database knows. */
export interface PeoplesEndings {
  readonly accounts_removed: number;
  readonly accounts_disabled: number;
  readonly passwords_replaced: number;
  readonly addresses_replaced: number;
  readonly second_factors_replaced: number;
  readonly passkeys_removed: number;
  readonly identities_unlinked: number;
  readonly roles_taken_away: number;
}

/** How `carryEndings` works on the two databases. */
interface Carrying {
  run(sql: string, ...params: readonly (string | number)[]): number;
  /** Puts what the query gives into `temp.lost`. @returns how many */
  lose(sql: string): number;
  /** Ends the lineages whose column stands in `temp.lost`, and the codes. */
  endThose(column: string, reason: string): void;
  absent(table: string, ...key: readonly string[]): string;
  readonly now: Instant;
}

/** Of an account that both databases have, the replaced one says how its person proves who they are. */
export function carryPeople({ run, lose, endThose, absent, now }: Carrying): PeoplesEndings {
  const accounts_removed = lose(absent("account", "id"));
  endThose("account_id", "account.removed");
  for (const table of ["access_grant", ...belongings])
    run(`DELETE FROM main.${table} WHERE account_id IN (SELECT id FROM temp.lost)`);
  run("DELETE FROM main.account WHERE id IN (SELECT id FROM temp.lost)");
  const accounts_disabled = lose(
    `SELECT a.id FROM main.account a JOIN gone.account g ON g.id = a.id
     WHERE a.disabled_at IS NULL AND g.disabled_at IS NOT NULL`,
  );
  endThose("account_id", "account.disabled");
  run("UPDATE main.account SET disabled_at = ? WHERE id IN (SELECT id FROM temp.lost)", now);

  const passwords_replaced = run(
    `UPDATE main.account SET password_hash = g.password_hash FROM gone.account g
     WHERE g.id = account.id AND g.password_hash IS NOT account.password_hash`,
  );
  const addresses_replaced = carryAddresses(run, lose);
  const second_factors_replaced = carrySecondFactors(run, lose);
  const passkeys_removed = run(`DELETE FROM main.passkey WHERE id IN (${absent("passkey", "id")})`);
  run(
    `UPDATE main.passkey SET counter = g.counter FROM gone.passkey g
     WHERE g.id = passkey.id AND g.counter > passkey.counter`,
  );
  const unlinked = absent("upstream_identity", "upstream", "subject", "account_id");
  const identities_unlinked = run(`DELETE FROM main.upstream_identity WHERE rowid IN (${unlinked})`);

  const roles_taken_away = run(
    `UPDATE main.account SET roles = (SELECT json_group_array(one.value) FROM json_each(account.roles) one
       WHERE one.value IN (SELECT value FROM json_each(g.roles)))
     FROM gone.account g WHERE g.id = account.id AND EXISTS (SELECT 1 FROM json_each(account.roles) one
       WHERE one.value NOT IN (SELECT value FROM json_each(g.roles)))`,
  );
  return {
    ...{ accounts_removed, accounts_disabled, passwords_replaced, addresses_replaced },
    ...{ second_factors_replaced, passkeys_removed, identities_unlinked, roles_taken_away },
  };
}

/**
 * Whoever reads the mail of an address that was given up must get nothing by it. Two may have changed addresses with each
 * other: all are set aside first. One whose new address an account of the copy alone has is left without.
 */
function carryAddresses(run: Carrying["run"], lose: Carrying["lose"]): number {
  const replaced = lose(
    "SELECT a.id FROM main.account a JOIN gone.account g ON g.id = a.id WHERE g.email <> a.email",
  );
  run(
    `UPDATE main.account SET email = id || '@address.invalid', email_verified = 0
     WHERE id IN (SELECT id FROM temp.lost)`,
  );
  run(
    `UPDATE OR IGNORE main.account SET email = g.email, email_verified = g.email_verified
     FROM gone.account g WHERE g.id = account.id AND account.id IN (SELECT id FROM temp.lost)`,
  );
  return replaced;
}

/** With the second factor its codes: spent ones stay spent. One that was set up since comes too: a password alone is not enough then. */
function carrySecondFactors(run: Carrying["run"], lose: Carrying["lose"]): number {
  const replaced = lose(
    `SELECT a.id FROM main.account a JOIN gone.account g ON g.id = a.id
     LEFT JOIN main.one_time_password here ON here.account_id = a.id
     LEFT JOIN gone.one_time_password there ON there.account_id = a.id
     WHERE here.created_at IS NOT there.created_at`,
  );
  for (const table of ["one_time_password", "recovery_code"]) {
    run(`DELETE FROM main.${table} WHERE account_id IN (SELECT id FROM gone.account)`);
    run(
      `INSERT INTO main.${table} SELECT * FROM gone.${table} WHERE account_id IN (SELECT id FROM main.account)`,
    );
  }
  return replaced;
}
