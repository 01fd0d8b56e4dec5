import type { SqliteConnection } from "./connection.ts";

/** @returns another number than before whenever a committed row of the tables may have changed since, whoever changed it */
export type Version = () => number;

/** Transactions that ended in this process, on whichever file. */
let endedHere = 0;

const never = -1;

interface Counter {
  readonly names: RegExp;
  commits: number;
}

/**
 * Which committed state of some tables a read that begins now would see. Two sources, together exact: what this process
 * commits goes through the one writer, and is counted by table; what any other connection commits changes SQLite's
 * `data_version` as the writer sees it (https://sqlite.org/pragma.html#pragma_data_version), whatever it wrote.
 * docs/decisions/0009-remembered-rows.md
 */
export class Versions {
  readonly #writer: Pick<SqliteConnection, "dataVersion">;
  readonly #counters = new Map<string, Counter>();
  readonly #touchedBy = new Map<string, readonly Counter[]>();
  readonly #touched = new Set<Counter>();
  #dataVersion: number | undefined;
  #foreign = 0;
  /** `endedHere` when SQLite was asked last, as long as that answer serves. */
  #askedAt = never;

  constructor(writer: Pick<SqliteConnection, "dataVersion">) {
    this.#writer = writer;
  }

  of(...tables: readonly string[]): Version {
    const counters = tables.map((table) => this.#counter(table));
    return () => counters.reduce((sum, { commits }) => sum + commits, this.#foreignCommits());
  }

  /** Notes that a statement of the open transaction changed rows. */
  wrote(sql: string): void {
    const known = this.#touchedBy.get(sql) ?? this.#touches(sql);
    for (const counter of known) this.#touched.add(counter);
  }

  /** To be called in one breath with the end of a transaction, whichever it was: a commit that failed may yet stand. */
  ended(): void {
    endedHere += 1;
    for (const counter of this.#touched) counter.commits += 1;
    this.#touched.clear();
  }

  #counter(table: string): Counter {
    const counter = this.#counters.get(table) ?? { names: new RegExp(`\\b${table}\\b`), commits: 0 };
    this.#counters.set(table, counter);
    this.#touchedBy.clear();
    return counter;
  }

  /** Whatever a writing statement names, be it only to read it: one version too many costs a read, one too few the truth. */
  #touches(sql: string): readonly Counter[] {
    const touched = [...this.#counters.values()].filter(({ names }) => names.test(sql));
    this.#touchedBy.set(sql, touched);
    return touched;
  }

  /**
   * SQLite is asked once for all that runs before control goes back to the event loop, unless a transaction of this process
   * ends meanwhile. Whatever runs there was set off by one event that had come before (the last byte of a request), so that
   * what was committed before that event is seen.
   */
  #foreignCommits(): number {
    if (this.#askedAt === endedHere) return this.#foreign;
    const dataVersion = this.#askDataVersion();
    if (dataVersion === undefined || dataVersion !== this.#dataVersion) this.#foreign += 1;
    this.#dataVersion = dataVersion;
    this.#askedAt = endedHere;
    process.nextTick(() => {
      this.#askedAt = never;
    });
    return this.#foreign;
  }

  /** @returns undefined when SQLite does not tell now: the read that follows says why, if it cannot go on either */
  #askDataVersion(): number | undefined {
    try {
      return this.#writer.dataVersion();
    } catch {
      return undefined;
    }
  }
}
