import { type Answer, type Duties, type Duty, news, type Question } from "./messages.ts";
import { keeper } from "./worker/keeper.ts";
import { amongTabs } from "./worker/leader.ts";
import { plain } from "./worker/plain-error.ts";

/**
 * The worker: it alone holds the tokens. It answers questions of pages of its origin, whoever they are; what a page must
 * not have is in no answer.
 */
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

function serve(port: Pick<MessagePort, "onmessage" | "postMessage">, answer: typeof perform): void {
  port.onmessage = async ({ data }: MessageEvent<Question>) => port.postMessage(await answer(data));
}

if ("onconnect" in scope) {
  scope.onconnect = ({ ports: [port] }) => port && serve(port, perform);
} else {
  serve(scope as unknown as MessagePort, amongTabs(perform));
}
