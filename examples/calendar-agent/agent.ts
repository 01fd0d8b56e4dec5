import { hasBrowser, isAgentError } from "@valetkey/agent";
import { agendaText, NoAgenda, readAgenda, readCalendar } from "./agent/agenda.ts";
import { ask } from "./agent/ask.ts";
import { calendarReader } from "./agent/reader.ts";
import { passingTrouble } from "./agent/trouble.ts";
import { watch } from "./agent/watch.ts";
import { readWords, usage } from "./agent/words.ts";

const words = readingWords();
if (words.help) {
  console.log(usage);
  process.exit(0);
}

const say = (text: string) => console.log(text);
const stopping = new AbortController();
const { signal } = stopping;
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stopping.abort());

const agent = calendarReader({ calendar: words.calendar, folder: words.store });
try {
  if (words["sign-out"]) {
    await agent.signOut();
    say("Signed out.");
  } else {
    await read(words);
  }
} catch (thrown) {
  process.exitCode = await told(thrown);
}

function readingWords() {
  try {
    return readWords(process.argv.slice(2));
  } catch (thrown) {
    console.error((thrown as Error).message);
    // As `sysexits.h` has it for what was typed; 2 says that access has ended.
    return process.exit(64);
  }
}

async function read({ calendar, every, ...words }: ReturnType<typeof readWords>): Promise<void> {
  if (!(await agent.whoami())) {
    const opensBrowser = !words["no-browser"] && hasBrowser(process.env);
    const { kept } = await ask(agent, { isLoopback: words.loopback, opensBrowser, signal, say });
    say(`You let this agent read your calendar. ${kept.says}\n`);
  }
  if (words.ics) return void process.stdout.write(await readCalendar(agent, calendar));
  if (words.watch) return await watch(agent, { calendar, every, signal, say });
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
