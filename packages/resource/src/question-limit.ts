import { OAuthError } from "@valetkey/protocol/errors";

/** Who waits for an answer while as many questions as may be are under way; beyond that, per question allowed. */
const mostWaiting = 10;

interface Waiting {
  go(): void;
  refuse(reason: OAuthError): void;
}

/**
 * Bounds what unknown words cost the issuer: of questions that let nobody in, at most `perSecond` end in one second, and
 * no more are under way at once. A question that lets its caller in costs nothing, so that many good tokens wait for each
 * other, while a flood of invented words is turned away unasked.
 */
export class QuestionLimit {
  readonly #perSecond: number;
  readonly #clock: () => number;
  readonly #waiting: Waiting[] = [];
  #second = Number.NaN;
  #inVain = 0;
  #underWay = 0;

  /** @param clock seconds since 1970 */
  constructor(perSecond: number, clock: () => number) {
    this.#perSecond = perSecond;
    this.#clock = clock;
  }

  /** @throws temporarily_unavailable when too many asked in vain; whatever the question throws */
  async run<T>(ask: () => Promise<T>): Promise<T> {
    await this.#turn();
    let isInVain = true;
    try {
      const answer = await ask();
      isInVain = false;
      return answer;
    } finally {
      this.#underWay -= 1;
      this.#beginSecond();
      if (isInVain) this.#inVain += 1;
      this.#callNext();
    }
  }

  #turn(): Promise<void> | undefined {
    this.#beginSecond();
    if (this.#inVain >= this.#perSecond || this.#waiting.length >= this.#perSecond * mostWaiting) {
      throw tooMany();
    }
    if (this.#isFree()) {
      this.#underWay += 1;
      return undefined;
    }
    return new Promise((resolve, reject) => this.#waiting.push({ go: resolve, refuse: reject }));
  }

  #callNext(): void {
    if (this.#inVain >= this.#perSecond) {
      for (const { refuse } of this.#waiting.splice(0)) refuse(tooMany());
    }
    while (this.#waiting.length > 0 && this.#isFree()) {
      this.#underWay += 1;
      this.#waiting.shift()?.go();
    }
  }

  /** Each question under way may be in vain, so that the limit is never passed. */
  #isFree(): boolean {
    return this.#inVain + this.#underWay < this.#perSecond;
  }

  #beginSecond(): void {
    const now = this.#clock();
    if (now === this.#second) return;
    this.#second = now;
    this.#inVain = 0;
  }
}

/** Not 401: the word may be a good token, of which nobody was asked. */
function tooMany(): OAuthError {
  return new OAuthError(
    "temporarily_unavailable",
    "The token cannot be checked at the moment.",
    "introspection.too-many",
    { retryAfter: 1 },
  );
}
