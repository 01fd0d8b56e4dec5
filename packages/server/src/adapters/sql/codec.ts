import type { Value } from "./database.ts";
import { escapeText, readText } from "./text.ts";

/** How a value of a record stands in a column. */
export interface Codec<T> {
  write(value: T): Value;
  read(value: unknown): T;
  /** The record leaves the key out when the column is NULL. */
  readonly absent?: true;
}

export const text: Codec<string> = { write: escapeText, read: readText };

/** Text out of a closed set. */
export function word<T extends string>(): Codec<T> {
  return { write: (value) => value, read: (value) => value as T };
}

/** A safe integer: PostgreSQL's bigint and SQLite's INTEGER hold more, JavaScript's number does not. */
export const integer: Codec<number> = {
  write(value) {
    if (!Number.isSafeInteger(value)) throw new TypeError(`not a safe integer: ${value}`);
    return value;
  },
  read: (value) => Number(value),
};

export const flag: Codec<boolean> = {
  write: (value) => (value ? 1 : 0),
  read: (value) => Number(value) === 1,
};

/** A SHA-256 in lower-case hexadecimal, kept as its 32 bytes. */
export const digest: Codec<string> = {
  write(value) {
    if (!/^[0-9a-f]{64}$/.test(value)) throw new TypeError("not a SHA-256 in lower-case hexadecimal");
    return Buffer.from(value, "hex");
  },
  read: (value) => Buffer.from(value as Uint8Array).toString("hex"),
};

/** Lists and objects, as JSON text. */
export function json<T>(): Codec<T> {
  return {
    write: (value) => escapeText(JSON.stringify(value)),
    read: (value) => JSON.parse(readText(value)) as T,
  };
}

export function nullable<T>(codec: Codec<T>): Codec<T | null> {
  return {
    write: (value) => (value === null ? null : codec.write(value)),
    read: (value) => (value === null ? null : codec.read(value)),
  };
}

export function optional<T>(codec: Codec<T>): Codec<T> {
  return {
    absent: true,
    write: (value) => (value === undefined ? null : codec.write(value)),
    read: (value) => codec.read(value),
  };
}
