import type { Row, Value } from "../sql/database.ts";
import type { Run } from "./batch.ts";
import { asUnavailable, tookItBack } from "./faults.ts";

interface Ask {
  readonly key: Value;
  readonly resolve: (rows: readonly Row[]) => void;
  readonly reject: (error: unknown) => void;
}

/** Reads of the same text. */
interface Line {
  readonly sql: string;
  /** What is read, from which table, by which column. */
  readonly parts: { readonly columns: string; readonly table: string; readonly key: string };
  waiting: Ask[];
  underWay: number;
}

const pointRead = /^SELECT (?<columns>[\w, ]+) FROM (?<table>\w+) WHERE (?<key>\w+) = \?$/;
const atMost = 128;
const atOnce = 2;

/**
 * Reads of rows by one key that arrive in one turn of the event loop, or while others of the same text are under way, go
 * as one statement. Each begins after its callers asked, so it sees all that was committed until then.
 */
export class PointReads {
  readonly #run: Run;
  readonly #lines = new Map<string, Line | undefined>();

  constructor(run: Run) {
    this.#run = run;
  }

  /** @returns undefined for a read that has to go its own way */
  add(sql: string, params: readonly Value[]): Promise<readonly Row[]> | undefined {
    const line = this.#lineOf(sql);
    const [key = null] = params;
    if (!line || key === null) return undefined;
    return new Promise((resolve, reject) => {
      line.waiting.push({ key, resolve, reject });
      if (line.underWay < atOnce) setImmediate(() => this.#depart(line));
    });
  }

  #lineOf(sql: string): Line | undefined {
    if (this.#lines.has(sql)) return this.#lines.get(sql);
    const { columns, table, key } = pointRead.exec(sql)?.groups ?? {};
    const line =
      columns && table && key ? { sql, parts: { columns, table, key }, waiting: [], underWay: 0 } : undefined;
    this.#lines.set(sql, line);
    return line;
  }

  #depart(line: Line): void {
    while (line.underWay < atOnce && line.waiting.length > 0) {
      line.underWay += 1;
      void this.#answer(line, line.waiting.splice(0, atMost)).then(() => {
        line.underWay -= 1;
        this.#depart(line);
      });
    }
  }

  async #answer(line: Line, asks: readonly Ask[]): Promise<void> {
    try {
      const [one, ...others] = asks;
      if (one && others.length === 0) {
        one.resolve((await this.#run(line.sql, [one.key])).rows);
        return;
      }
      const { rows } = await this.#run(joined(line, one?.key ?? null), [asks.map(({ key }) => key)]);
      const found = asks.map((): Row[] => []);
      for (const row of rows) found[Number(row.position) - 1]?.push(row);
      for (const [index, { resolve }] of asks.entries()) resolve(found[index] ?? []);
    } catch (error) {
      if (asks.length > 1 && tookItBack(error))
        await Promise.all(asks.map((ask) => this.#answer(line, [ask])));
      else for (const { reject } of asks) reject(asUnavailable(error));
    }
  }
}

function joined({ parts }: Line, key: Value): string {
  const type = typeof key === "number" ? "bigint" : typeof key === "string" ? "text" : "bytea";
  const batch = `unnest(?::${type}[]) WITH ORDINALITY AS batch (p1, position)`;
  return `SELECT ${parts.columns}, position FROM ${batch} JOIN ${parts.table} ON ${parts.key} = p1`;
}
