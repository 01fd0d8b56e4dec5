import { write, writeSync } from "node:fs";
import type { DestinationStream } from "pino";
import { LogOutlet } from "./log-outlet.ts";

/** Milliseconds that a line waits for others. */
const patience = 10;
/** Characters that go before their time. */
const full = 65_536;
/** Milliseconds that a last write tries a full pipe. */
const mostWait = 1_000;

/**
 * Standard error, written to in turns: a write of each line by itself costs several times what the line does. A process
 * that is killed loses the lines of its last ten milliseconds; one that ends or fails by itself writes them first. One that
 * fails while its reader is behind by more than a pipe holds can lose the piece that is being written then, 64 KB. pino's
 * own destination is not used: its write at the exit tries a full disk for ever.
 */
export function gatheredStderr(): DestinationStream {
  const outlet = new LogOutlet((octets, done) => write(2, octets, done));
  const lines = new GatheredLines(outlet);
  process.once("exit", () => writeAtOnce(Buffer.concat([outlet.take(), Buffer.from(lines.take())])));
  return lines;
}

/** For the last moment of a process; an end is to keep its own reason, so no error leaves. */
function writeAtOnce(octets: Buffer): void {
  const until = performance.now() + mostWait;
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  for (let at = 0; at < octets.length; ) {
    try {
      at += writeSync(2, octets, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN" || performance.now() > until) return;
      Atomics.wait(sleeper, 0, 0, 20);
    }
  }
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
