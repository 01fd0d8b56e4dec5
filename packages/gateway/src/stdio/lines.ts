/** Cuts a stream of octets into lines of text. A line beyond the bound is told once, and nothing after it is read. */
export class Lines {
  readonly #longest: number;
  readonly #onLine: (line: string) => void;
  readonly #onTooLong: () => void;
  #held: Buffer[] = [];
  #size = 0;
  #isBroken = false;

  /** @param longest in octets, without the line end */
  constructor(longest: number, onLine: (line: string) => void, onTooLong: () => void) {
    this.#longest = longest;
    this.#onLine = onLine;
    this.#onTooLong = onTooLong;
  }

  push(chunk: Buffer): void {
    let from = 0;
    while (!this.#isBroken) {
      const at = chunk.indexOf(10, from);
      const piece = chunk.subarray(from, at < 0 ? chunk.length : at);
      this.#size += piece.length;
      if (this.#size > this.#longest) {
        this.#break();
        return;
      }
      if (piece.length > 0) this.#held.push(piece);
      if (at < 0) return;
      this.#flush();
      from = at + 1;
    }
  }

  #flush(): void {
    const line = Buffer.concat(this.#held).toString("utf8").replace(/\r$/, "");
    this.#held = [];
    this.#size = 0;
    if (line !== "") this.#onLine(line);
  }

  #break(): void {
    this.#isBroken = true;
    this.#held = [];
    this.#onTooLong();
  }
}
