import type { Answer, Question } from "../messages.ts";

type Perform = (question: Question) => Promise<Answer>;

const channel = "valetkey questions";

/**
 * Where there is no SharedWorker each tab has a worker of its own, and the one that gets the lock holds the tokens for all.
 * The others hand it their questions; the refresh token never leaves it, so that it ends with its tab.
 */
export function amongTabs(perform: Perform): Perform {
  const tabs = new BroadcastChannel(channel);
  const waiting = new Map<string, { readonly question: Question; readonly done: (answer: Answer) => void }>();
  let isLeader = false;

  tabs.onmessage = async ({ data }: MessageEvent<{ question?: Question; answer?: Answer; isNew?: true }>) => {
    const { question, answer, isNew } = data;
    if (question && isLeader) tabs.postMessage({ answer: await perform(question) });
    if (answer) waiting.get(answer.id)?.done(answer);
    // Whoever asked the one before asks again: a question may have been lost with it.
    if (isNew) for (const { question: again } of waiting.values()) tabs.postMessage({ question: again });
  };

  navigator.locks.request("valetkey leader", async () => {
    isLeader = true;
    for (const { question, done } of waiting.values()) perform(question).then(done);
    tabs.postMessage({ isNew: true });
    await new Promise(() => undefined); // held until the tab is gone
  });

  return async (question) => {
    if (isLeader) return perform(question);
    return new Promise((resolve) => {
      const done = (answer: Answer) => {
        waiting.delete(question.id);
        resolve(answer);
      };
      waiting.set(question.id, { question, done });
      tabs.postMessage({ question });
    });
  };
}
