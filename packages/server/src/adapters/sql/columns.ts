import type { Codec } from "./codec.ts";
import type { Fields, Row, Value } from "./database.ts";

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
  /** The record of a row that was read as {@link Columns.names} name it. */
  readFields(fields: Fields): T;
}

export function columns<T>(codecs: { readonly [K in keyof T]-?: Codec<T[K]> }): Columns<T> {
  const fields = Object.entries<Codec<unknown>>(codecs as Record<string, Codec<unknown>>).map(
    ([field, codec]) => ({
      field,
      codec,
      column: field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    }),
  );
  // Written over by each record: an object that is born with all its keys is several times cheaper than one that grows.
  const blank = Object.fromEntries(
    fields.flatMap(({ field, codec }) => (codec.absent ? [] : [[field, null]])),
  );
  const readFields = (values: Fields): T => {
    const record: Record<string, unknown> = { ...blank };
    for (let index = 0; index < fields.length; index++) {
      const { field, codec } = fields[index] as (typeof fields)[number];
      const value = values[index];
      if (codec.absent && value === null) continue;
      record[field] = codec.read(value);
    }
    return record as T;
  };
  return {
    names: fields.map(({ column }) => column).join(", "),
    marks: fields.map(() => "?").join(", "),
    assignments: fields.map(({ column }) => `${column} = ?`).join(", "),
    same: fields.map(({ column }) => `${column} IS NOT DISTINCT FROM ?`).join(" AND "),
    values: (record) => {
      const given = record as Readonly<Record<string, unknown>>;
      return fields.map(({ field, codec }) => codec.write(given[field]));
    },
    read: (row) => readFields(fields.map(({ column }) => row[column])),
    readFields,
  };
}

export function one<T>(fields: Fields | undefined, of: Columns<T>): T | undefined {
  return fields && of.readFields(fields);
}
