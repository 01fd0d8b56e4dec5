import { Worker } from "node:worker_threads";
import { serverBusy } from "@valetkey/protocol/errors";
import type { Estimate, Strength } from "../../ports/strength.ts";
import type { StrengthQuestion } from "./strength-worker.ts";
import { Turnstile } from "./turnstile.ts";

export interface StrengthOptions {
  /** Told when an estimate failed or took too long. */
  readonly warn: (sentence: string) => void;
  /** Milliseconds that one estimate may take, the start of the thread included; 10,000. */
  readonly patience?: number;
  /** Passwords that may wait; whoever comes then is asked to come later. */
  readonly waiting?: number;
  /** Milliseconds without a question after which the thread ends; 60,000. */
  readonly idle?: number;
  /** The program of the thread. */
  readonly program?: URL;
}

/** Seconds. */
const retryAfter = 5;
const usualProgram = new URL(import.meta.url.replace(/strength(\.[jt]s)$/, "strength-worker$1"));

/**
 * Judges passwords in a thread of its own, one at a time, since one may take a quarter of a second. The thread and its
 * dictionaries (some fifty megabytes) begin with the first question and go when there was none for a while.
 *
 * `estimate` throws an OAuthError "temporarily_unavailable" when too many wait already.
 */
export function passwordStrength(options: StrengthOptions): Strength & { close(): Promise<void> } {
  const { warn, patience = 10_000, waiting = 50, idle = 60_000, program = usualProgram } = options;
  const turnstile = new Turnstile({ width: 1, waiting, turnedAway: () => serverBusy(retryAfter) });
  let thread: Worker | undefined;
  let leaving: NodeJS.Timeout | undefined;

  async function stop(): Promise<void> {
    clearTimeout(leaving);
    const stopping = thread;
    thread = undefined;
    await stopping?.terminate();
  }

  async function asked(question: StrengthQuestion): Promise<Estimate | "unknown"> {
    clearTimeout(leaving);
    thread ??= new Worker(program);
    try {
      const estimate = await answerOf(thread, question, patience);
      // Nobody waits for it: it holds up no end of the process.
      thread.unref();
      leaving = setTimeout(() => void stop(), idle).unref();
      return estimate;
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : "unknown error";
      warn(`The strength of a new password was not judged, only its length: ${reason}`);
      await stop();
      return "unknown";
    }
  }

  return {
    async estimate(password, about) {
      return await turnstile.pass(() => asked({ password, about }));
    },
    close: stop,
  };
}

function answerOf(thread: Worker, question: StrengthQuestion, patience: number): Promise<Estimate> {
  return new Promise((resolve, reject) => {
    const impatient = setTimeout(() => failed(new Error(`it took more than ${patience} ms`)), patience);
    const ended = () => failed(new Error("its thread ended"));
    thread.on("message", answered).on("error", failed).on("exit", ended);
    thread.ref();
    thread.postMessage(question);

    function answered(estimate: Estimate): void {
      settled();
      resolve(estimate);
    }
    function failed(thrown: Error): void {
      settled();
      reject(thrown);
    }
    function settled(): void {
      clearTimeout(impatient);
      // One by one: without its own listeners a thread that is not waited for would lose what it is asked next.
      thread.off("message", answered).off("error", failed).off("exit", ended);
    }
  });
}
