import { timeMember } from "./time-member.ts";

/** Octets that wait for a reader at most. */
const usualMost = 16 * 1024 * 1024;
/** Milliseconds until a full pipe is tried again. */
const retryFull = 100;
/** Milliseconds until a full disk, or a reader who left, is tried again. */
const retryFailed = 1_000;
/** Milliseconds that an orderly end waits for a reader who is behind. */
const mostWait = 1_000;

/** Writes what it can of these octets: `fs.write`, without the descriptor. */
export type Write = (
  octets: Buffer,
  done: (error: NodeJS.ErrnoException | null, written: number) => void,
) => void;

/**
 * Writes whole lines, piece after piece, to where writing can stall or fail, and stays alive: what cannot be written waits,
 * within a bound. Beyond it the newest lines are lost, and their number is told once everything that waited has gone.
 */
export class LogOutlet {
  readonly #write: Write;
  readonly #most: number;
  /** The first is the one being written, or tried again. */
  #pieces: Buffer[] = [];
  #octets = 0;
  #lost = 0;
  #isWriting = false;
  #retry: NodeJS.Timeout | undefined;
  #isFailing = false;
  readonly #waiters = new Set<() => void>();

  constructor(write: Write, most = usualMost) {
    this.#write = write;
    this.#most = most;
  }

  write(lines: string): void {
    const piece = Buffer.from(lines);
    // After the first loss all are lost until the notice: a gap stands in one place.
    if (this.#lost > 0 || this.#octets + piece.length > this.#most) {
      this.#lost += lines.split("\n").length - 1;
      return;
    }
    this.#add(piece);
    if (!this.#isWriting && this.#retry === undefined) this.#writeFirst();
  }

  /** Calls back when all is written, when writing fails, or after a second. */
  whenWritten(done: () => void): void {
    if (this.#isFailing || this.#pieces.length === 0) {
      done();
      return;
    }
    const isOver = () => {
      clearTimeout(impatient);
      this.#waiters.delete(isOver);
      done();
    };
    const impatient = setTimeout(isOver, mostWait);
    this.#waiters.add(isOver);
  }

  /** What waits and is not being written this moment, for who can wait no longer. */
  take(): Buffer {
    const rest = this.#isWriting ? this.#pieces.slice(1) : this.#pieces;
    const text = Buffer.concat(this.#lost > 0 ? [...rest, this.#notice()] : rest);
    this.#pieces = [];
    this.#octets = 0;
    return text;
  }

  #add(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#octets += piece.length;
  }

  #writeFirst(): void {
    const [first] = this.#pieces;
    if (first === undefined) {
      this.#release();
      return;
    }
    this.#isWriting = true;
    this.#write(first, (error, written) => {
      this.#isWriting = false;
      if (error) {
        this.#tryAgain(error);
        return;
      }
      this.#isFailing = false;
      this.#octets -= written;
      if (written < first.length) this.#pieces[0] = first.subarray(written);
      else this.#pieces.shift();
      if (this.#pieces.length === 0 && this.#lost > 0) this.#add(this.#notice());
      this.#writeFirst();
    });
  }

  #tryAgain({ code }: NodeJS.ErrnoException): void {
    const isFull = code === "EAGAIN" || code === "EBUSY";
    this.#isFailing = !isFull;
    this.#retry = setTimeout(
      () => {
        this.#retry = undefined;
        this.#writeFirst();
      },
      isFull ? retryFull : retryFailed,
    );
    if (isFull) return;
    // A full disk keeps no process alive and holds up no end.
    this.#retry.unref();
    this.#release();
  }

  #release(): void {
    for (const isOver of this.#waiters) isOver();
  }

  #notice(): Buffer {
    const msg = `${this.#lost} lines were lost here: nobody took them, and more than ${this.#most} octets waited`;
    const line = `{"level":"warn"${timeMember(Date.now())},"lost":${this.#lost},"msg":"${msg}"}\n`;
    this.#lost = 0;
    return Buffer.from(line);
  }
}
