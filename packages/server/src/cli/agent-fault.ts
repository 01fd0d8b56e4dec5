import { type AgentError, isAgentError } from "@valetkey/agent";
import type { Work } from "./command.ts";

/** What a command that failed says beside the sentence of the error: the command line that mends it. */
export function told(work: Work): Work {
  return async (io) => {
    try {
      return await work(io);
    } catch (thrown) {
      if (!isAgentError(thrown)) throw thrown;
      const mend = mendOf(thrown);
      throw new Error(mend === undefined ? thrown.message : `${thrown.message}\n\n  ${mend}`);
    }
  };
}

function mendOf({ code, facts }: AgentError): string | undefined {
  const { address, scopes = [] } = facts;
  if (address === undefined) return undefined;
  const login = [
    "valetkey login",
    shellWord(address),
    ...scopes.map((scope) => `--scope ${shellWord(scope)}`),
  ].join(" ");
  return ["sign-in-needed", "scope-needed", "resource-differs"].includes(code) ? login : undefined;
}

/** What a server named, as a shell takes it and runs none of it: the line is there to be copied. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
