import { type ClientPackage, type Connection, SignInNeeded, textOf } from "./connection.ts";
import { next } from "./packages.ts";
import type { InMemoryProvider } from "./provider.ts";

/** `@modelcontextprotocol/client`, the current major version. It checks `iss` and steps up by itself. */
export const client: ClientPackage = { name: "@modelcontextprotocol/client", connect };

function connect(mcpUrl: URL, provider: InMemoryProvider): Connection {
  let transport = new next.StreamableHTTPClientTransport(mcpUrl, { authProvider: provider });
  let client = new next.Client({ name: "example-client", version: "1.0.0" });
  return {
    async open() {
      transport = new next.StreamableHTTPClientTransport(mcpUrl, { authProvider: provider });
      client = new next.Client({ name: "example-client", version: "1.0.0" });
      await told(client.connect(transport));
    },
    async call(tool, input = {}) {
      return textOf(await told(client.callTool({ name: tool, arguments: input })));
    },
    finish: (answer) => transport.finishAuth(answer.searchParams),
    close: () => client.close(),
  };
}

async function told<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof next.UnauthorizedError)
      throw new SignInNeeded("The person must sign in.", { cause });
    throw cause;
  }
}
