/** What both databases take and give: whole numbers, text, bytes and NULL. */
export type Value = string | number | null | Uint8Array;
export type Row = Readonly<Record<string, unknown>>;
/** The columns of a row in the order in which its statement names them. */
export type Fields = readonly unknown[];

/** SQL in the words that SQLite and PostgreSQL share, with `?` for each parameter. Its texts are few: each is prepared once. */
export interface Statement {
  readonly sql: string;
  readonly params: readonly Value[];
  /** When it changes no row, the whole commit is taken back. */
  readonly required: boolean;
  /**
   * Comes second and last in its commit and touches another table than the first: a database may join the two in one
   * round trip. An insert, or an update or delete of the row that its first condition names.
   */
  readonly follows: boolean;
}

export interface Result {
  readonly changes: number;
  /** What RETURNING or SELECT gave. */
  readonly rows: readonly Row[];
}

export interface Commit {
  /** False when a required statement changed no row; nothing of the commit stands then. */
  readonly stands: boolean;
  /** One for each statement that ran; the last is the one that refused when the commit does not stand. */
  readonly results: readonly Result[];
}

/** A database as the verbs see it. No transaction is ever open while a caller's code runs. */
export interface Database {
  /** Reads what is committed. */
  read(sql: string, ...params: readonly Value[]): Promise<readonly Row[]>;
  /** The same for the one row that a key names, at a fraction of the cost. */
  readOne(sql: string, ...params: readonly Value[]): Promise<Fields | undefined>;
  /**
   * Runs the statements in one transaction; resolves when it is durable.
   * Rejects with StoreUnavailable when the database cannot be reached; nothing is known then about what stands.
   */
  commit(...statements: readonly Statement[]): Promise<Commit>;
  /** The settings on which durability rests, as the running database tells them. */
  durability(): Promise<Readonly<Record<string, string>>>;
  close(): Promise<void>;
}

export function statement(sql: string, ...params: readonly Value[]): Statement {
  return { sql, params, required: false, follows: false };
}

export function required(sql: string, ...params: readonly Value[]): Statement {
  return { sql, params, required: true, follows: false };
}

export function following(sql: string, ...params: readonly Value[]): Statement {
  return { sql, params, required: false, follows: true };
}

/** Commits one statement. @returns how many rows it changed */
export async function change(db: Database, sql: string, ...params: readonly Value[]): Promise<number> {
  const { results } = await db.commit(statement(sql, ...params));
  return results[0]?.changes ?? 0;
}
