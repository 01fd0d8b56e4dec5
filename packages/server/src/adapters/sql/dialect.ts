/** The words in which the two databases differ. */
export interface Dialect {
  readonly bytes: string;
  readonly text: string;
  readonly integer: string;
  /** A primary key that the database numbers and never gives twice. */
  readonly numbered: string;
  /** After the closing parenthesis of a table. */
  readonly table: string;
  /** The same for a table whose rows are updated in place all the time. */
  readonly tableOfUpdates: string;
  /** Seconds since 1970. */
  readonly now: string;
}

export function inDialect(sql: string, dialect: Dialect): string {
  const words = new Map<string, string>(Object.entries(dialect));
  return sql.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const found = words.get(name);
    if (found === undefined) throw new Error(`no dialect has a word for {{${name}}}`);
    return found;
  });
}
