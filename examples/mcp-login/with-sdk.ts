import { type ClientPackage, type Connection, SignInNeeded, textOf } from "./connection.ts";
import {
  auth,
  Client,
  extractWWWAuthenticateParams,
  StreamableHTTPClientTransport,
  StreamableHTTPError,
  UnauthorizedError,
} from "./packages.ts";
import type { InMemoryProvider } from "./provider.ts";

/** `@modelcontextprotocol/sdk`, the line that most clients are built with today. */
export const sdk: ClientPackage = { name: "@modelcontextprotocol/sdk", connect };

function connect(mcpUrl: URL, provider: InMemoryProvider): Connection {
  let challenged: string | undefined;
  const options = { authProvider: provider, fetch: listening };
  let transport = new StreamableHTTPClientTransport(mcpUrl, options);
  let client = new Client({ name: "example-client", version: "1.0.0" });
  return {
    async open() {
      transport = new StreamableHTTPClientTransport(mcpUrl, options);
      client = new Client({ name: "example-client", version: "1.0.0" });
      await told(client.connect(transport as Parameters<Client["connect"]>[0]));
    },
    async call(tool, input = {}) {
      try {
        return textOf(await told(client.callTool({ name: tool, arguments: input })));
      } catch (thrown) {
        if (!(thrown instanceof StreamableHTTPError && thrown.code === 403)) throw thrown;
        return await askForMore(thrown);
      }
    },
    finish: (answer) => transport.finishAuth(answer.searchParams.get("code") ?? ""),
    close: () => client.close(),
  };

  /**
   * This line of the package answers `insufficient_scope` with a refresh, which never widens what a person consented to,
   * and gives up. So the client lets go of its refresh token and asks for what it has and what it needs.
   */
  async function askForMore(cause: StreamableHTTPError): Promise<never> {
    const { refresh_token: _, ...had } = provider.tokens() ?? { access_token: "", token_type: "Bearer" };
    provider.saveTokens(had);
    const scope = [...new Set(`${had.scope ?? ""} ${challenged ?? ""}`.trim().split(" "))].join(" ");
    await auth(provider, { serverUrl: mcpUrl, scope });
    throw new SignInNeeded("The tool needs more than was allowed.", { cause });
  }

  async function listening(url: string | URL, init?: RequestInit): Promise<Response> {
    const response = await fetch(url, init);
    if (response.status === 403) challenged = extractWWWAuthenticateParams(response).scope;
    return response;
  }
}

async function told<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof UnauthorizedError) throw new SignInNeeded("The person must sign in.", { cause });
    throw cause;
  }
}
