import { join } from "node:path";
import { createGuard } from "@valetkey/resource";
import { holdFolder } from "../program/holding.ts";
import { calendarApi } from "./calendar/api.ts";
import { Calendars } from "./calendar/calendars.ts";
import { firstEvents } from "./calendar/seed.ts";
import { openDoor } from "./calendar/server.ts";
import { deniedWithin } from "./calendar/stated.ts";
import { openIdentity } from "./identity/identity.ts";
import { type Email, people } from "./identity/people.ts";

export interface StageOptions {
  /** Of the calendar; Valetkey takes the next. 0 picks free ones. */
  readonly port: number;
  /** A folder for the databases and the keys. */
  readonly data: string;
}

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** Everything but the agent, on loopback, in this process: Valetkey and the calendar. Nothing stays open when it fails. */
export async function openStage({ port, data }: StageOptions) {
  const opened: { close(): unknown }[] = [];
  const close = async () => {
    for (const one of opened.splice(0).reverse()) await one.close();
  };
  try {
    opened.push(holdFolder(data, "Another calendar"));
    const door = await openDoor(port);
    opened.push(door);
    const calendar = door.origin;
    const identity = await openIdentity(port === 0 ? 0 : port + 1, data, calendar);
    opened.push(identity);
    const { issuer, credentials, subjects } = identity;

    const calendars = new Calendars(join(data, "calendar.sqlite"));
    opened.push(calendars);
    for (const [email, events] of Object.entries(firstEvents(new Date()))) {
      const subject = subjects[email as Email];
      if (calendars.of(subject).length > 0) continue;
      for (const event of events) calendars.put(subject, event);
    }

    const guard = createGuard({
      issuer,
      resource: calendar,
      resourceName: "Calendar",
      scopes: ["calendar:read"],
      // A token that is bound to no key is refused, whoever was given it.
      dpop: { required: true },
      revocations: { ...credentials, staleAfter: deniedWithin },
    });
    opened.push(guard);
    door.open(calendarApi(calendars, guard, () => Math.floor(Date.now() / 1000)));
    return { issuer, calendar, people, close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}
