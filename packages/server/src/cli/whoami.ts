import { keptLogins } from "@valetkey/agent";
import { told } from "./agent-fault.ts";
import { exampleResource, loginStore } from "./agent-options.ts";
import type { Command } from "./command.ts";
import { loginFacts, loginRows } from "./login-text.ts";
import { jsonOption, say } from "./output.ts";
import { columnsOf } from "./table.ts";

export const whoamiCommand: Command = {
  name: "whoami",
  summary: "Tell who is signed in where: issuer, account, scopes and expiry, never a token",
  options: { ...jsonOption },
  examples: ["whoami", "whoami --json"],
  read(given) {
    return told(async (io) => {
      const { logins, unreadable } = await keptLogins(loginStore(io));
      for (const { message } of unreadable) io.err(`A login cannot be read: ${message}\n`);
      const status = unreadable.length > 0 ? 1 : 0;
      const texts = logins.map((login) => `${columnsOf(loginRows(login, io.now()))}\n`);
      const none = `Nobody is signed in. To sign in: valetkey login ${exampleResource}\n`;
      const text = texts.length === 0 && status === 0 ? none : texts.join("\n");
      say(io, given, { logins: logins.map(loginFacts) }, text);
      return status;
    });
  },
};
