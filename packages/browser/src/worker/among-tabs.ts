import type { Answer, Question } from "../messages.ts";
import { keyOf } from "../options.ts";
import type { SignedIn } from "../session.ts";
import type { Held } from "./held.ts";

type Perform = (question: Question) => Promise<Answer>;

interface Line {
  readonly question?: Question;
  readonly answer?: Answer;
  readonly isNew?: true;
}

/** What tabs may ask one another. A sign-in is begun and ended by a tab's own worker: every page of the origin listens here. */
const shared = /^(session|authorize|signOut)$/;

/**
 * Where there is no SharedWorker each tab has a worker of its own, which keeps the refresh token of its own sign-in and
 * hands it to nobody. The others ask it for what a page may have. The newest sign-in counts: it takes the lock of its
 * client, by which the one before lets go, and by which the others know whether there is anybody to ask.
 * @param tell tells pages to ask again
 * @returns what answers a page, and what is told of each change in `holding`, and tells it on
 */
export function amongTabs(perform: Perform, holding: Map<string, Held>, tell: (key: string) => void) {
  const tabs = new BroadcastChannel("valetkey questions");
  const waiting = new Map<string, { readonly question: Question; readonly done: (answer: Answer) => void }>();
  const letGo = new Map<string, () => void>();

  tabs.onmessage = async ({ data: { question, answer, isNew } }: MessageEvent<Line>) => {
    if (question && shared.test(question.duty) && holding.has(keyOf(question.client)))
      tabs.postMessage({ answer: await perform(question) });
    if (answer) waiting.get(answer.id)?.done(answer);
    // Whoever asked the one before asks again: a question may have been lost with it.
    if (isNew) for (const { question: again } of waiting.values()) tabs.postMessage({ question: again });
  };

  function asked(question: Question): Promise<Answer> {
    return new Promise((resolve) => {
      const answered = new AbortController();
      const done = (answer: Answer) => {
        waiting.delete(question.id);
        answered.abort();
        resolve(answer);
      };
      waiting.set(question.id, { question, done });
      tabs.postMessage({ question });
      // The lock is free when nobody is signed in, or when the one that was asked is gone.
      const { signal } = answered;
      navigator.locks
        .request(keyOf(question.client), { signal }, () => perform(question).then(done))
        .catch(() => {}); // answered
    });
  }

  /** A step-up loses nothing: the scopes that another tab's worker was given are asked for again. */
  async function wider({ id, client, given, duty }: Question<"begin">): Promise<Question> {
    const { value } = await asked({ id: `${id}?`, client, duty: "session", given: undefined });
    const { scopes = [] } = (value ?? {}) as Partial<SignedIn>;
    return { id, client, duty, given: { ...given, scopes: [...scopes, ...(given.scopes ?? [])] } };
  }

  return {
    async answer(question: Question): Promise<Answer> {
      if (holding.has(keyOf(question.client))) return perform(question);
      if (shared.test(question.duty)) return asked(question);
      return perform(question.duty === "begin" ? await wider(question as Question<"begin">) : question);
    },

    changed(key: string): void {
      tell(key);
      letGo.get(key)?.();
      letGo.delete(key);
      if (!holding.has(key)) return;
      const over = new Promise<void>((release) => letGo.set(key, release));
      const mine = letGo.get(key);
      navigator.locks
        .request(key, { steal: true }, () => over)
        // Taken away: somebody signed in elsewhere, and only now are they the one whom this tab asks.
        .catch(() => letGo.get(key) === mine && holding.delete(key) && tell(key));
      tabs.postMessage({ isNew: true });
    },
  };
}
