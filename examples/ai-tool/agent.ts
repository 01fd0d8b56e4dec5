import { exchangeToken } from "@valetkey/agent";
import type { Credential } from "./identity/seed.ts";

export interface Agent {
  /** Asks, then looks for what is wrong with the answer; both for the person whose token it is handed. */
  research(question: string, behalf: Behalf): Promise<{ readonly answer: string; readonly doubts: string }>;
}

/** The token of the person's request, and what it allows. */
export interface Behalf {
  readonly token: string;
  readonly scopes: readonly string[];
}

export interface AgentOptions {
  readonly issuer: string;
  readonly api: string;
  readonly client: Credential;
}

/**
 * An agent that acts for people and never as them: for each task it exchanges the person's token for one of its own
 * (RFC 8693), which says who acts (`act`) for whom (`sub`), may only ask, and ends with the person's.
 */
export function researchAgent({ issuer, api, client }: AgentOptions): Agent {
  return {
    async research(question, { token, scopes: subjectScopes }) {
      const scopes = ["inference:read"];
      const asked = { subjectToken: token, subjectScopes, scopes, resource: api };
      const { accessToken } = await exchangeToken({ issuer, client, ...asked });
      const ask = (content: string) => answerOf(api, accessToken, content);
      const answer = await ask(question);
      return { answer, doubts: await ask(`What could be wrong with this answer? ${answer}`) };
    },
  };
}

async function answerOf(api: string, token: string, content: string): Promise<string> {
  const response = await fetch(`${api}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ model: "lantern-small", messages: [{ role: "user", content }] }),
  });
  if (!response.ok) throw new Error(`The API answered the agent with ${response.status}.`);
  const { choices } = (await response.json()) as { choices: { message: { content: string } }[] };
  return choices[0]?.message.content ?? "";
}
