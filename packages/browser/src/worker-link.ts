import { SignInError } from "./errors.ts";
import type { Answer, Duties, Duty, PlainError, Question } from "./messages.ts";
import type { ClientFacts, ClientOptions } from "./options.ts";

export type Ask = <D extends Duty>(
  duty: D,
  given: Parameters<Duties[D]>[0],
) => Promise<Awaited<ReturnType<Duties[D]>>>;

/**
 * Milliseconds after which a question that was begun has no answer: more than all that the worker waits for by itself, which
 * is 130 seconds at the end of a sign-in (twice 10 for metadata, thrice 30 for tokens, twice 10 for the account).
 */
const patience = 140_000;
/** Milliseconds in which a worker says that it begins: one that spoke before, and one whose file may be on its way. */
const [awake, loading] = [3_000, 10_000];

type Port = Pick<MessagePort, "postMessage" | "onmessage">;

interface Asked {
  resolve(value: never): void;
  reject(error: SignInError): void;
  /** The worker that began with it. */
  by?: string;
}

/**
 * The page's end of the line to the worker. It is connected at the first question, or anew by `reconnect`.
 *
 * A browser ends a SharedWorker without a word to its pages, and may connect one to a worker that it is just ending. So
 * the worker says that it begins with a question before it does; where it does not, another is asked, once. A worker of
 * the page's own lives as long as the page.
 * Errors: SignInError as the worker says; "worker" when it does not start, or is gone with what it had begun.
 */
export function workerLink(options: ClientOptions): { readonly ask: Ask; reconnect(): void } {
  // As text, since functions and URLs do not cross.
  const client: ClientFacts = JSON.parse(JSON.stringify(options));
  const waiting = new Map<string, Asked>();
  let port: Port | undefined;
  let notice = loading;

  /** Everybody is told, and whoever asks next asks a new worker. */
  function fail(): void {
    port = undefined;
    lose(() => true);
  }

  function lose(isLost: (asked: Asked) => unknown): void {
    for (const [id, asked] of waiting) {
      if (!isLost(asked)) continue;
      waiting.delete(id);
      asked.reject(new SignInError("worker", "The worker has no answer."));
    }
  }

  function connected(): Port {
    if (port) return port;
    const made = connect(options.worker, fail);
    notice = loading;
    made.onmessage = ({ data: { id, by, value, error } }: MessageEvent<Answer>) => {
      notice = awake;
      const asked = waiting.get(id);
      if (by) {
        if (asked) asked.by = by;
        // Another worker is there than the one that began with these.
        return lose((other) => other.by && other.by !== by);
      }
      waiting.delete(id);
      if (error) asked?.reject(revived(error));
      else asked?.resolve(value as never);
    };
    port = made;
    return made;
  }

  return {
    ask: (duty, given) =>
      new Promise((resolve, reject) => {
        const id = crypto.randomUUID();
        const question: Question = { id, client, duty, given };
        const asked: Asked = { resolve, reject };
        const put = (otherwise: (silent: Port) => void) => {
          const to = connected();
          to.postMessage(question);
          if (to instanceof MessagePort)
            setTimeout(() => waiting.has(id) && !asked.by && otherwise(to), notice);
        };
        put((silent) => {
          if (port === silent) port = undefined;
          put(fail);
        });
        // Only now: what could not be asked at all is over with its error, and must fail nobody else later.
        waiting.set(id, asked);
        setTimeout(() => waiting.has(id) && fail(), patience);
      }),
    reconnect() {
      if (port instanceof MessagePort) port = undefined;
    },
  };
}

export function revived({ code, message, oauthError }: PlainError): SignInError {
  return new SignInError(code, message, { oauthError });
}

/**
 * One worker for all tabs, where the browser has it; else one for each. A bundler reads the two URLs, so they are written
 * out; `extendedLifetime` lets the worker outlive a reload by some seconds where the browser knows it.
 * @throws SignInError "worker"
 */
function connect(file: string | URL | undefined, fail: () => void): Port {
  const named = { type: "module", name: "valetkey", extendedLifetime: true } as const;
  try {
    if (typeof SharedWorker === "function") {
      const shared = file
        ? new SharedWorker(file, named)
        : new SharedWorker(new URL("./worker.js", import.meta.url), {
            type: "module",
            name: "valetkey",
            extendedLifetime: true,
          } as WorkerOptions);
      shared.onerror = fail;
      return shared.port;
    }
    const own = file
      ? new Worker(file, named)
      : new Worker(new URL("./worker.js", import.meta.url), { type: "module", name: "valetkey" });
    own.onerror = fail;
    return own as unknown as Port;
  } catch (cause) {
    throw new SignInError("worker", "The browser has no worker.", { cause });
  }
}
