import { createAgent, keptLogins } from "@valetkey/agent";
import { clientOptions, readClient } from "./agent-client.ts";
import { told } from "./agent-fault.ts";
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
    "When the issuer cannot be reached nothing is removed, so that it can be tried again; --local removes it here all the same.",
  ],
  examples: ["logout", `logout ${exampleResource}`, `logout ${exampleResource} --local`],
  read(given, io) {
    readAddress(given);
    const client = readClient(given, io);
    return told(async (io) => {
      const { resource, profile } = await meant(io, given.operand, given.text("profile"));
      const agent = createAgent({ resource, profile, ...client, ...ours(io) });
      const { isRevoked } = await agent.signOut({ local: given.has("local") });
      const facts = { resource, revoked: isRevoked };
      const text = isRevoked
        ? `Signed out at ${resource}. Its tokens are revoked.\n`
        : `Signed out at ${resource} on this machine. The issuer was not told: tokens that were copied live until they expire.\n`;
      return say(io, given, facts, text);
    });
  },
};

/** @throws UsageError when it is not clear which login is meant */
async function meant(io: Io, resource: string, profile = "") {
  if (resource !== "") return { resource, profile };
  const { logins } = await keptLogins(loginStore(io));
  const [only, ...others] = logins;
  if (only && others.length === 0) return only;
  const list = logins.map(
    (login) =>
      `  valetkey logout ${login.resource}${login.profile === "" ? "" : ` --profile ${login.profile}`}`,
  );
  throw new UsageError([
    only
      ? `There are ${logins.length} logins. Which one?\n\n${list.join("\n")}`
      : "Nobody is signed in anywhere.",
  ]);
}
