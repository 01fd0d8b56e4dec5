import { createAgent, isAgentError, keptLogins } from "@valetkey/agent";
import { printableLine } from "@valetkey/protocol/printable";
import { clientOptions, readClient } from "./agent-client.ts";
import { neighbourOf, shellWord, told } from "./agent-fault.ts";
import {
  exampleResource,
  loginStore,
  ours,
  profileOption,
  readAddress,
  resourceOperand,
} from "./agent-options.ts";
import type { Command, Io } from "./command.ts";
import { jsonOption, say } from "./output.ts";
import { UsageError } from "./usage-error.ts";

export const logoutCommand: Command = {
  name: "logout",
  summary: "End a login: at the issuer, which revokes its tokens, and on this machine",
  operand: {
    ...resourceOperand,
    says: "Where to sign out (may be left out where there is one login)",
    optional: true,
  },
  options: {
    local: { says: "On this machine alone, for an issuer that is gone" },
    ...clientOptions,
    ...profileOption,
    ...jsonOption,
  },
  notes: [
    "Without URL it ends the only login; of several it ends none, and prints the line to type for each.",
    "When the issuer cannot be reached nothing is removed, so that it can be tried again; --local removes it here all the same.",
  ],
  examples: ["logout", `logout ${exampleResource}`, `logout ${exampleResource} --local`],
  read(given, io) {
    readAddress(given);
    const client = readClient(given, io);
    return told(async (io) => {
      const { resource, profile } = await meant(io, given.operand, given.text("profile"));
      const agent = createAgent({ resource, profile, ...client, ...ours(io) });
      const { isRevoked, wasKept } = await agent
        .signOut({ local: given.has("local") })
        .catch(async (thrown) => {
          throw await plainer(thrown, { io, resource, profile });
        });
      const shown = printableLine(resource);
      if (!wasKept) throw new Error(`Nobody is signed in at ${shown}: nothing was kept.`);
      const facts = { resource, revoked: isRevoked };
      const text = isRevoked
        ? `Signed out at ${shown}. Its tokens are revoked.\n`
        : `Signed out at ${shown} on this machine. The issuer was not told: tokens that were copied live until they expire.\n`;
      return say(io, given, facts, text);
    });
  },
};

interface About {
  readonly io: Io;
  readonly resource: string;
  readonly profile: string;
}

/** What a sign-out is told beside the error: nobody who signs out wants to sign in. */
async function plainer(thrown: unknown, { io, resource, profile }: About): Promise<unknown> {
  if (isAgentError(thrown, "store-broken", "store-sealed")) {
    return new Error(`${thrown.message} To remove it:\n\n  ${line({ resource, profile })} --local`);
  }
  if (isAgentError(thrown, "sign-in-needed") && thrown.message.startsWith("Nobody is signed in")) {
    const near = await neighbourOf(thrown, io);
    return new Error(`Nobody is signed in at ${printableLine(resource)}.${near ? `\n\n  ${near}` : ""}`);
  }
  return thrown;
}

function line({ resource, profile }: { readonly resource: string; readonly profile: string }): string {
  const which = profile === "" ? "" : ` --profile ${shellWord(profile)}`;
  return `valetkey logout ${shellWord(resource)}${which}`;
}

/** @throws UsageError when it is not clear which login is meant */
async function meant(io: Io, resource: string, profile = "") {
  if (resource !== "") return { resource, profile };
  const { logins, unreadable } = await keptLogins(loginStore(io));
  const [only, ...others] = logins;
  if (only && others.length === 0) return only;
  if (only) {
    const list = logins.map((login) => `  ${line(login)}`);
    throw new UsageError([`There are ${logins.length} logins. Which one?\n\n${list.join("\n")}`]);
  }
  if (unreadable.length === 0) throw new Error("Nobody is signed in anywhere.");
  const list = unreadable.map(({ message }) => `  ${message}`);
  throw new Error(
    `No login can be read:\n\n${list.join("\n")}\n\nvaletkey logout URL --local removes one, by the address that it was made for; so does deleting its file.`,
  );
}
