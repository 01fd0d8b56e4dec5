/** What pg prepares once on each connection. */
export interface Prepared {
  readonly name: string;
  readonly text: string;
}

const known = new Map<string, Prepared>();

/** Turns each `?` into `$1`, `$2` ...: our statements have no question mark in a literal, since every value is a parameter. */
export function prepared(sql: string): Prepared {
  const found = known.get(sql);
  if (found) return found;
  let count = 0;
  const made = { name: `valetkey_${known.size + 1}`, text: sql.replace(/\?/g, () => `$${++count}`) };
  known.set(sql, made);
  return made;
}
