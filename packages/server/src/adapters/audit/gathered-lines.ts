import { writeSync } from "node:fs";
import { type DestinationStream, destination } from "pino";

/** Milliseconds that a line waits for others. */
const patience = 10;
/** Characters that go before their time. */
const full = 65_536;
/** Milliseconds that an orderly end waits for a reader who is behind, or gone. */
const mostWait = 1_000;

/**
 * Standard error, written to in turns: a write of each line by itself costs several times what the line does. A process
 * that is killed loses the lines of its last ten milliseconds; one that ends or fails by itself writes them first. One that
 * fails while its reader is behind by more than a pipe holds can lose the piece that is being written then, 16 KB.
 */
export function gatheredStderr(): DestinationStream {
  const stderr = destination({ dest: 2, sync: false });
  let isBehind = false;
  stderr.on("drain", () => {
    isBehind = false;
  });
  const lines = new GatheredLines({
    write(text) {
      isBehind = true;
      stderr.write(text);
    },
    whenWritten(done) {
      if (!isBehind) return done();
      const isOver = () => {
        clearTimeout(impatient);
        stderr.off("drain", isOver);
        done();
      };
      const impatient = setTimeout(isOver, mostWait);
      stderr.on("drain", isOver);
    },
  });
  process.once("exit", () => {
    try {
      writeSync(2, lines.take());
    } catch {
      // Nobody reads any more; an end is to keep its own reason.
    }
  });
  return lines;
}

/** Where lines go. */
interface Outlet {
  write(text: string): void;
  /** Calls back when all of it has left the process, or will not. */
  whenWritten(done: () => void): void;
}

/** Hands lines on together: after ten milliseconds, or when there are many. */
export class GatheredLines implements DestinationStream {
  readonly #outlet: Outlet;
  #lines = "";
  #timer: NodeJS.Timeout | undefined;

  constructor(outlet: Outlet) {
    this.#outlet = outlet;
  }

  write(line: string): void {
    this.#lines += line;
    if (this.#lines.length >= full) this.#handOnAll();
    // The timer keeps no process alive: who ends takes what waits.
    else this.#timer ??= setTimeout(() => this.#handOnAll(), patience).unref();
  }

  /** What waits, for who can wait no longer. */
  take(): string {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const text = this.#lines;
    this.#lines = "";
    return text;
  }

  /** pino's name for it. */
  flush(done: () => void = () => undefined): void {
    this.#handOnAll();
    this.#outlet.whenWritten(done);
  }

  #handOnAll(): void {
    const text = this.take();
    if (text !== "") this.#outlet.write(text);
  }
}
