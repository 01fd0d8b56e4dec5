import { hostname } from "node:os";
import { type Agent, createAgent, fileStore, type LoginStore, systemStore } from "@valetkey/agent";

export interface ReaderOptions {
  /** The address of the calendar. Who signs people in for it, it says itself. */
  readonly calendar: string;
  /** Where the login is kept; left out, this user's own folder for this agent. */
  readonly folder?: string | undefined;
}

/** An agent that may read one person's calendar and nothing else, by a key that never leaves this machine. */
export function calendarReader({ calendar, folder }: ReaderOptions): Agent {
  return createAgent({
    resource: calendar,
    client: { id: "calendar-agent" },
    scopes: ["calendar:read"],
    dpop: true,
    // How the person finds this device among theirs.
    userAgent: `calendar-agent on ${hostname().replace(/[^\x21-\x7E]/g, "-")}`,
    store: storeIn(folder),
  });
}

function storeIn(folder: string | undefined): LoginStore {
  return folder === undefined ? systemStore({ application: "calendar-agent" }) : fileStore({ folder });
}
