import { parseArgs } from "node:util";
import { hasBrowser, isAgentError } from "@valetkey/agent";
import { agendaText, NoAgenda, readAgenda, readCalendar } from "./agent/agenda.ts";
import { ask } from "./agent/ask.ts";
import { calendarReader } from "./agent/reader.ts";
import { passingTrouble } from "./agent/trouble.ts";
import { watch } from "./agent/watch.ts";

const usage = `npm run calendar-agent:read -- CALENDAR [options]

Reads today's agenda at the calendar's address. It asks its person once, by a code for their phone, and keeps the login.

  --loopback      ask in a browser of this machine instead
  --no-browser    with --loopback: print the address, open nothing
  --watch         go on reading
  --every N       with --watch: seconds between two readings (default: 5)
  --ics           print the whole calendar as iCalendar
  --store DIR     keep the login there (default: this user's own folder for this agent)
  --sign-out      end the login, here and at the issuer`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    loopback: { type: "boolean", default: false },
    "no-browser": { type: "boolean", default: false },
    watch: { type: "boolean", default: false },
    every: { type: "string", default: "5" },
    ics: { type: "boolean", default: false },
    store: { type: "string" },
    "sign-out": { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
const [calendar] = positionals;
const every = Number(values.every);
if (values.help || calendar === undefined || !URL.canParse(calendar) || !(every > 0)) {
  console.log(usage);
  process.exit(values.help ? 0 : 64);
}

const say = (text: string) => console.log(text);
const stopping = new AbortController();
const { signal } = stopping;
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stopping.abort());

const agent = calendarReader({ calendar, folder: values.store });
try {
  if (values["sign-out"]) {
    await agent.signOut();
    say("Signed out.");
  } else {
    await read(calendar);
  }
} catch (thrown) {
  process.exitCode = await told(thrown);
}

async function read(calendar: string): Promise<void> {
  if (!(await agent.whoami())) {
    const opensBrowser = !values["no-browser"] && hasBrowser(process.env);
    const { kept } = await ask(agent, { isLoopback: values.loopback, opensBrowser, signal, say });
    say(`You let this agent read your calendar. ${kept.says}\n`);
  }
  if (values.ics) return void process.stdout.write(await readCalendar(agent, calendar));
  if (values.watch) return await watch(agent, { calendar, every, signal, say });
  const now = new Date();
  say(agendaText(await readAgenda(agent, calendar, now), now));
}

/** Says what went wrong. @returns the exit code: 2 where access has ended, 1 for everything else */
async function told(thrown: unknown): Promise<number> {
  if (signal.aborted) return 0;
  if (isAgentError(thrown, "sign-in-needed")) {
    // What is dead is not kept; the next start asks anew.
    await agent.signOut({ local: true });
    console.error(`\nThis agent may read your calendar no longer: its access was ended on your account page, or ran out.
It reads nothing more and has forgotten its login. Start it again, and it asks you anew.`);
    return 2;
  }
  const isExpected = isAgentError(thrown) || thrown instanceof NoAgenda;
  console.error(passingTrouble(thrown) ?? (isExpected ? thrown.message : thrown));
  return 1;
}
