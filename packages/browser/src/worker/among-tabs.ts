import type { Answer, Question } from "../messages.ts";
import { keyOf } from "../options.ts";
import type { SignedIn } from "../session.ts";
import type { Held } from "./held.ts";

type Perform = (question: Question) => Promise<Answer>;

interface Line {
  readonly question?: Question;
  readonly answer?: Answer;
  /** The key of a client at which somebody signs in. */
  readonly isNew?: string;
}

/** What tabs may ask one another. A sign-in is begun and ended by a tab's own worker: every page of the origin listens here. */
const shared = /^(session|authorize|signOut)$/;

/**
 * Where there is no SharedWorker each tab has a worker of its own, which keeps the refresh token of its own sign-in and
 * hands it to nobody. The others ask it for what a page may have. The newest sign-in counts: it takes the lock of its
 * client, by which the one before lets go, and by which the others know whether there is anybody to ask. Who signed out
 * keeps the lock and answers that nobody is there: were it let go, whoever asked for the sign-out would take it, and answer
 * itself before the answer comes.
 * @param tell tells pages to ask again
 * @returns what answers a page, and what is told of each change in `holding`, and tells it on
 */
export function amongTabs(perform: Perform, holding: Map<string, Held>, tell: (key: string) => void) {
  const tabs = new BroadcastChannel("valetkey questions");
  const waiting = new Map<string, { readonly question: Question; readonly done: (answer: Answer) => void }>();
  const locks = new Map<string, Promise<unknown>>();
  const isMine = ({ client }: Question) => locks.has(keyOf(client));

  tabs.onmessage = async ({ data: { question, answer, isNew } }: MessageEvent<Line>) => {
    if (question && shared.test(question.duty) && isMine(question))
      tabs.postMessage({ answer: await perform(question) });
    if (answer) waiting.get(answer.id)?.done(answer);
    if (!isNew) return;
    if (!holding.has(isNew)) letGo(isNew);
    // Whoever asked the one before asks again: a question may have been lost with it.
    for (const { question: again } of waiting.values()) tabs.postMessage({ question: again });
  };

  /** Pages ask again, since this worker may have answered for the new one, of which it had not heard yet. */
  function letGo(key: string): void {
    if (!locks.delete(key)) return;
    holding.delete(key);
    tell(key);
  }

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
  async function wider(question: Question<"begin">): Promise<Question> {
    const { id, given } = question;
    const { value } = await asked({ ...question, id: `${id}?`, duty: "session", given: undefined });
    const { scopes = [] } = (value ?? {}) as Partial<SignedIn>;
    return { ...question, given: { ...given, scopes: [...scopes, ...(given.scopes ?? [])] } };
  }

  return {
    async answer(question: Question): Promise<Answer> {
      if (isMine(question)) return perform(question);
      if (shared.test(question.duty)) return asked(question);
      return perform(question.duty === "begin" ? await wider(question as Question<"begin">) : question);
    },

    changed(key: string): void {
      if (holding.has(key)) {
        tabs.postMessage({ isNew: key });
        const mine: Promise<unknown> = navigator.locks
          .request(key, { steal: true }, () => new Promise(() => {}))
          // Taken away: somebody signed in elsewhere, and only now are they the one whom this tab asks.
          .catch(() => locks.get(key) === mine && letGo(key));
        locks.set(key, mine);
      }
      tell(key);
    },
  };
}
