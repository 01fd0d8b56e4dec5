import { type Answer, type Duties, type Duty, news, type Question } from "./messages.ts";
import { keeper } from "./worker/keeper.ts";
import { amongTabs } from "./worker/leader.ts";
import { plain } from "./worker/plain-error.ts";

/**
 * The worker: it alone holds the tokens. It answers questions of pages of its origin, whoever they are; what a page must
 * not have is in no answer.
 */
function start(): void {
  const scope = globalThis as typeof globalThis & { onconnect?: (event: MessageEvent) => void };
  const tabs = new BroadcastChannel(news);
  const doing = keeper((key) => tabs.postMessage(key));

  async function perform(question: Question): Promise<Answer> {
    const { id, duty } = question;
    try {
      const ask = doing[duty] as (question: Question) => Promise<ReturnType<Duties[Duty]>>;
      return { id, value: await ask(question) };
    } catch (thrown) {
      return { id, error: plain(thrown) };
    }
  }

  if ("onconnect" in scope) scope.onconnect = ({ ports: [port] }) => port && serve(port, perform);
  else serve(scope as unknown as MessagePort, amongTabs(perform));
}

type Port = Pick<MessagePort, "onmessage" | "postMessage">;

function serve(port: Port, answer: (question: Question) => Promise<Answer>): void {
  port.onmessage = async ({ data }: MessageEvent<Question>) => port.postMessage(await answer(data));
}

// In a page it does nothing: what it holds there would be in reach of every script.
if ("WorkerGlobalScope" in globalThis) start();
