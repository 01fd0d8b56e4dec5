import type { Codec } from "./codec.ts";
import type { Row, Value } from "./database.ts";

/** The columns of a record: each field in snake_case. */
export interface Columns<T> {
  /** `id, created_at` */
  readonly names: string;
  /** `?, ?` */
  readonly marks: string;
  /** `id = ?, created_at = ?` */
  readonly assignments: string;
  /** `id IS NOT DISTINCT FROM ? AND created_at IS NOT DISTINCT FROM ?`: the row is still what was read. */
  readonly same: string;
  values(record: T): readonly Value[];
  read(row: Row): T;
}

export function columns<T>(codecs: { readonly [K in keyof T]-?: Codec<T[K]> }): Columns<T> {
  const fields = Object.entries<Codec<unknown>>(codecs as Record<string, Codec<unknown>>).map(
    ([field, codec]) => ({
      field,
      codec,
      column: field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    }),
  );
  return {
    names: fields.map(({ column }) => column).join(", "),
    marks: fields.map(() => "?").join(", "),
    assignments: fields.map(({ column }) => `${column} = ?`).join(", "),
    same: fields.map(({ column }) => `${column} IS NOT DISTINCT FROM ?`).join(" AND "),
    values: (record) => {
      const given = record as Readonly<Record<string, unknown>>;
      return fields.map(({ field, codec }) => codec.write(given[field]));
    },
    read: (row) => {
      const record: Record<string, unknown> = {};
      for (const { field, column, codec } of fields) {
        if (codec.absent && row[column] === null) continue;
        record[field] = codec.read(row[column]);
      }
      return record as T;
    },
  };
}

export function first<T>(rows: readonly Row[], of: Columns<T>): T | undefined {
  return rows[0] && of.read(rows[0]);
}
