import { SignInError } from "./errors.ts";
import type { Answer, Duties, Duty, PlainError, Question } from "./messages.ts";
import type { ClientFacts, ClientOptions } from "./options.ts";

export type Ask = <D extends Duty>(
  duty: D,
  given: Parameters<Duties[D]>[0],
) => Promise<Awaited<ReturnType<Duties[D]>>>;

/** Milliseconds after which a worker that does not answer is taken for dead: more than all that it waits for by itself. */
const patience = 100_000;

type Port = Pick<MessagePort, "postMessage" | "onmessage">;

/**
 * The page's end of the line to the worker. It is connected at the first question, or anew by `reconnect`.
 * Errors: SignInError as the worker says; "worker" when it does not start.
 */
export function workerLink(options: ClientOptions): { readonly ask: Ask; reconnect(): void } {
  const { issuer, clientId, redirectUri, scope, resource, dpop } = options;
  const client: ClientFacts = { issuer, clientId, redirectUri, scope, resource, dpop };
  const waiting = new Map<string, { resolve(value: never): void; reject(error: SignInError): void }>();
  let port: Port | undefined;

  /** Everybody is told, and whoever asks next asks a new worker. */
  function fail(): void {
    port = undefined;
    for (const { reject } of waiting.values()) reject(new SignInError("worker", "The worker has no answer."));
    waiting.clear();
  }

  function connected(): Port {
    if (port) return port;
    const made = connect(options.worker, fail);
    made.onmessage = ({ data: { id, value, error } }: MessageEvent<Answer>) => {
      const asked = waiting.get(id);
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
        waiting.set(id, { resolve, reject });
        setTimeout(() => waiting.has(id) && fail(), patience);
        const question: Question = { id, client, duty, given };
        connected().postMessage(question);
      }),
    reconnect() {
      port = undefined;
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
