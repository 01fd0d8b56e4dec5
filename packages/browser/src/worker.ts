import { type Answer, type Duties, type Duty, news, type Question } from "./messages.ts";
import { random } from "./oauth/encoding.ts";
import { amongTabs } from "./worker/among-tabs.ts";
import type { Held } from "./worker/held.ts";
import { keeper } from "./worker/keeper.ts";
import { plain } from "./worker/plain-error.ts";

/**
 * The worker: it alone holds the tokens. It answers questions of pages of its origin, whoever they are; what a page must
 * not have is in no answer.
 */
function start(): void {
  const scope = globalThis as typeof globalThis & { onconnect?: (event: MessageEvent) => void };
  const tabs = new BroadcastChannel(news);
  const holding = new Map<string, Held>();
  const tell = (key: string) => tabs.postMessage(key);
  const others = "onconnect" in scope ? undefined : amongTabs(perform, holding, tell);
  const doing = keeper(holding, others?.changed ?? tell);

  async function perform(question: Question): Promise<Answer> {
    const { id, duty } = question;
    try {
      const ask = doing[duty] as (question: Question) => Promise<ReturnType<Duties[Duty]>>;
      return { id, value: await ask(question) };
    } catch (thrown) {
      return { id, error: plain(thrown) };
    }
  }

  const answer = others?.answer ?? perform;
  const by = random();
  /** Questions that were begun: a page that hears of it too late asks once more. */
  const begun = new Set<string>();

  function serve(port: Port): void {
    port.onmessage = async ({ data }: MessageEvent<Question>) => {
      const { id } = data;
      port.postMessage({ id, by } satisfies Answer);
      if (begun.has(id)) return;
      begun.add(id);
      setTimeout(() => begun.delete(id), memory);
      port.postMessage(await answer(data));
    };
  }

  if (others) serve(scope as unknown as Port);
  else scope.onconnect = ({ ports: [port] }) => port && serve(port);
}

type Port = Pick<MessagePort, "onmessage" | "postMessage">;

/** Milliseconds: longer than any page waits before it asks once more. */
const memory = 60_000;

// In a page it does nothing: what it holds there would be in reach of every script.
if ("WorkerGlobalScope" in globalThis) start();
