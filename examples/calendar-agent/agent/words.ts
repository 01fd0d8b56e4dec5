import { folderOf, parseWords } from "../../program/flags.ts";
import { Trouble } from "../../program/trouble.ts";

export const usage = `npm run calendar-agent:read -- CALENDAR [options]

Reads today's agenda at the calendar's address. It asks its person once, by a code for their phone, and keeps the login.

  --loopback      ask in a browser of this machine instead
  --no-browser    with --loopback: print the address, open nothing
  --watch         go on reading
  --every N       with --watch: seconds between two readings (default: 5)
  --ics           print the whole calendar as iCalendar
  --store DIR     keep the login there (default: this user's own folder for this agent)
  --sign-out      end the login, here and at the issuer`;

const command = "npm run calendar-agent:read --";

/** What the agent is told to do. @throws Trouble for what cannot be meant */
export function readWords(args: readonly string[]) {
  const { values, positionals } = parseWords(command, args, {
    loopback: { type: "boolean", default: false },
    "no-browser": { type: "boolean", default: false },
    watch: { type: "boolean", default: false },
    every: { type: "string", default: "5" },
    ics: { type: "boolean", default: false },
    store: { type: "string" },
    "sign-out": { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  });
  const [calendar = "", more] = positionals;
  const every = Number(values.every);
  if (!values.help) {
    if (!/^https?:$/.test(URL.parse(calendar)?.protocol ?? "") || more !== undefined)
      throw new Trouble(
        `It takes the calendar's address, and that alone. ${command} --help shows what there is.`,
      );
    if (!(every > 0)) throw new Trouble(`--every ${JSON.stringify(values.every)} is no number of seconds.`);
  }
  return { ...values, calendar, every, store: folderOf(values.store) };
}
