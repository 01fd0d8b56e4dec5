import { type AgentError, isAgentError, keptLogins } from "@valetkey/agent";
import { printableLine } from "@valetkey/protocol/printable";
import { loginStore } from "./agent-options.ts";
import type { Io, Work } from "./command.ts";

/** What a command that failed says beside the sentence of the error: the command line that mends it. */
export function told(work: Work): Work {
  return async (io) => {
    try {
      return await work(io);
    } catch (thrown) {
      if (!isAgentError(thrown)) throw thrown;
      const mend = (await neighbourOf(thrown, io)) ?? mendOf(thrown);
      throw new Error(mend === undefined ? thrown.message : `${thrown.message}\n\n  ${mend}`);
    }
  };
}

/** The login at the address with a last slash more or less, which is another address. */
export async function neighbourOf({ code, facts }: AgentError, io: Io): Promise<string | undefined> {
  if (code !== "sign-in-needed" || facts.address === undefined) return undefined;
  const bare = (address: string) => address.replace(/\/$/, "");
  const { logins } = await keptLogins(loginStore(io));
  const near = logins.find(
    ({ resource }) => resource !== facts.address && bare(resource) === bare(facts.address ?? ""),
  );
  return near && `There is a login at ${printableLine(near.resource)}: the last slash makes the difference.`;
}

/** How a shell says what the error asks for. */
const options: { readonly [code in AgentError["code"]]?: string } = {
  "issuer-unknown": "--issuer URL names the issuer.",
  "client-foreign": "--issuer URL names the issuer.",
  "client-needed": "--client-id ID names the client.",
  "device-unsupported": "--no-browser prints the address to open.",
};

function mendOf({ code, facts }: AgentError): string | undefined {
  if (options[code] !== undefined) return options[code];
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
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${printableLine(text).replaceAll("'", "'\\''")}'`;
}
