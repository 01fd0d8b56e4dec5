import { createMachine, type MachineOptions } from "@valetkey/agent";
import { type BaseChatModel, createAgent, MultiServerMCPClient } from "./packages.ts";

/** A LangChain agent whose tools stand behind a guard, and who calls them in its own name. */
export async function filesAgent(model: BaseChatModel, options: MachineOptions) {
  const machine = createMachine(options);
  const headers = async () => ({ authorization: `Bearer ${(await machine.token()).accessToken}` });
  const client = new MultiServerMCPClient({
    mcpServers: { files: { transport: "http", url: options.resource, headers: await headers() } },
    // Asked before each call: the machine hands out the token that it holds, and a new one when that is about to end.
    beforeToolCall: async () => ({ headers: await headers() }),
  });
  const agent = createAgent({ model, tools: await client.getTools() });
  return {
    async ask(question: string) {
      const { messages } = await agent.invoke({ messages: [{ role: "user", content: question }] });
      return messages;
    },
    close: () => client.close(),
  };
}
