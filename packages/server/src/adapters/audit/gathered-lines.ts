import { writeSync } from "node:fs";
import { type DestinationStream, destination } from "pino";

/** Milliseconds that a line waits for others. */
const patience = 10;
/** Characters that go before their time. */
const full = 65_536;

/**
 * Standard error, written to in turns: a write of each line by itself costs several times what the line does. A process
 * that is killed loses the lines of its last ten milliseconds; one that ends or fails by itself writes them first.
 */
export function gatheredStderr(): DestinationStream {
  const stderr = destination({ dest: 2, sync: false });
  const lines = new GatheredLines((text) => stderr.write(text));
  process.once("exit", () => {
    try {
      writeSync(2, lines.take());
    } catch {
      // Nobody reads any more; an end is to keep its own reason.
    }
  });
  return lines;
}

/** Hands lines on together: after ten milliseconds, or when there are many. */
export class GatheredLines implements DestinationStream {
  readonly #handOn: (text: string) => void;
  #lines = "";
  #timer: NodeJS.Timeout | undefined;

  constructor(handOn: (text: string) => void) {
    this.#handOn = handOn;
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
  flush(done?: () => void): void {
    this.#handOnAll();
    done?.();
  }

  #handOnAll(): void {
    const text = this.take();
    if (text !== "") this.#handOn(text);
  }
}
