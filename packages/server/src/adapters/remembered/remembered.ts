export interface Remembered<T> {
  readonly read: () => Promise<T>;
  /** Forgets when a change is done, whether it went well or not. */
  forgetAfter<R>(change: Promise<R>): Promise<R>;
}

/** One answer for `span` milliseconds; callers that come while it is asked share the question. A failure is not kept. */
export function remembered<T>(ask: () => Promise<T>, span: number): Remembered<T> {
  let kept: { readonly answer: Promise<T>; readonly until: number } | undefined;
  const forget = () => {
    kept = undefined;
  };
  return {
    read() {
      const now = performance.now();
      if (kept && now < kept.until) return kept.answer;
      const answer = ask();
      const mine = { answer, until: now + span };
      kept = mine;
      answer.catch(() => {
        if (kept === mine) forget();
      });
      return answer;
    },
    async forgetAfter(change) {
      try {
        return await change;
      } finally {
        forget();
      }
    },
  };
}
