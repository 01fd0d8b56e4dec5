import type { Commit, Result, Statement, Value } from "../sql/database.ts";
import { type Together, together } from "./batch-text.ts";
import { asUnavailable, tookItBack } from "./faults.ts";

/** Runs one statement, which commits by itself; rejects with what the driver says. */
export type Run = (sql: string, values: readonly unknown[]) => Promise<Result>;

interface Write {
  readonly statements: readonly Statement[];
  readonly params: readonly Value[];
  readonly key: Key;
  readonly resolve: (commit: Commit) => void;
  readonly reject: (error: unknown) => void;
}

type Key = string | number;

/** Writes of the same texts. */
interface Line {
  readonly together: Together;
  waiting: Write[];
  readonly keysUnderWay: Set<Key>;
  underWay: number;
}

/** One statement never carries more writes than this, so that nobody waits long for another's. */
const atMost = 128;
/** So many statements of the same texts run at once: a row that someone else holds keeps back those beside it, not all. */
const atOnce = 2;

/**
 * Writes of the same texts that arrive in one turn of the event loop, or while others are under way, go as one
 * statement: one round trip and one commit for all. No promise settles before that commit. Each statement is sorted by
 * key, so that two nodes lock rows in one order; writes of one key go one after the other, as they came.
 */
export class Batches {
  readonly #run: Run;
  readonly #lines = new Map<string, Line | undefined>();
  readonly #underWay = new Set<Promise<Commit>>();

  constructor(run: Run) {
    this.#run = run;
  }

  /** @returns undefined for a commit that has to go its own way */
  add(statements: readonly Statement[]): Promise<Commit> | undefined {
    const line = this.#lineOf(statements);
    if (!line) return undefined;
    const params = statements.flatMap((one) => one.params);
    const key = keyOf(params[line.together.key] ?? null);
    if (key === undefined) return undefined;
    const commit = new Promise<Commit>((resolve, reject) => {
      line.waiting.push({ statements, params, key, resolve, reject });
      if (line.underWay < atOnce) setImmediate(() => this.#depart(line));
    });
    this.#underWay.add(commit);
    const gone = () => void this.#underWay.delete(commit);
    commit.then(gone, gone);
    return commit;
  }

  /** Resolves when all that was added so far is committed or rejected. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#underWay);
  }

  #lineOf(statements: readonly Statement[]): Line | undefined {
    const texts = statements.map(({ sql }) => sql).join("\n");
    if (this.#lines.has(texts)) return this.#lines.get(texts);
    const form = together(statements);
    const line = form && { together: form, waiting: [], keysUnderWay: new Set<Key>(), underWay: 0 };
    this.#lines.set(texts, line);
    return line;
  }

  #depart(line: Line): void {
    while (line.underWay < atOnce) {
      const writes = nextOf(line);
      if (writes.length === 0) return;
      line.underWay += 1;
      void this.#settle(line, writes).then(() => {
        line.underWay -= 1;
        for (const { key } of writes) line.keysUnderWay.delete(key);
        this.#depart(line);
      });
    }
  }

  async #settle(line: Line, writes: readonly Write[]): Promise<void> {
    try {
      const changes = await this.#changes(line, writes);
      for (const [index, write] of writes.entries())
        write.resolve(outcome(write.statements, changes[index] ?? 0));
    } catch (error) {
      if (writes.length > 1 && tookItBack(error)) {
        // Whose write was at fault shows when each goes alone.
        await Promise.all(writes.map((write) => this.#settle(line, [write])));
      } else {
        for (const { reject } of writes) reject(asUnavailable(error));
      }
    }
  }

  /** How many rows each write changed. */
  async #changes(line: Line, writes: readonly Write[]): Promise<readonly number[]> {
    const [first, ...others] = writes;
    const [one, two] = first?.statements ?? [];
    // Alone it goes as it is written, which costs the server least.
    if (one && !two && others.length === 0) return [(await this.#run(one.sql, one.params)).changes];
    const { sql, values } = line.together.sql(writes.map(({ params }) => params));
    const changes = writes.map(() => 0);
    for (const { position } of (await this.#run(sql, values)).rows) {
      const index = Number(position) - 1;
      changes[index] = (changes[index] ?? 0) + 1;
    }
    return changes;
  }
}

function outcome(statements: readonly Statement[], changes: number): Commit {
  const result = { changes, rows: [] };
  const stands = changes > 0 || !statements[0]?.required;
  return { stands, results: stands ? statements.map(() => result) : [result] };
}

/** Takes what may go now: one write of each key, none whose key is under way. */
function nextOf(line: Line): readonly Write[] {
  const going: Write[] = [];
  line.waiting = line.waiting.filter((write) => {
    if (going.length === atMost || line.keysUnderWay.has(write.key)) return true;
    line.keysUnderWay.add(write.key);
    going.push(write);
    return false;
  });
  return going.sort((a, b) => (a.key < b.key ? -1 : 1));
}

function keyOf(value: Value): Key | undefined {
  if (value === null) return undefined;
  return value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value;
}
