import { serverBusy } from "@valetkey/protocol/errors";

/** A second's worth, about. Who would wait longer than that for a turn alone is told so at once. */
const mostWaiting = 500;
/** In seconds. */
const retryAfter = 5;

/**
 * One form with a password for each round of the event loop, in order of arrival. When a thousand come in one instant, what
 * everybody else asks is read and answered between them, and does not wait until the last of them is.
 */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #isRunning = false;

  /**
   * Resolves when it is the caller's turn: at once where nobody else came in this round.
   * @throws OAuthError `server.busy` where 500 wait already
   */
  async next(): Promise<void> {
    if (this.#waiting.length >= mostWaiting) throw serverBusy(retryAfter);
    if (this.#isRunning) return await new Promise((resolve) => this.#waiting.push(resolve));
    this.#isRunning = true;
    setImmediate(() => this.#round());
  }

  #round(): void {
    const enter = this.#waiting.shift();
    if (!enter) {
      this.#isRunning = false;
      return;
    }
    enter();
    setImmediate(() => this.#round());
  }
}
