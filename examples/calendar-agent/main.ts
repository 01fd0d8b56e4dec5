import { dataFolder, stopBySignal } from "../program/running.ts";
import { telling } from "../program/trouble.ts";
import { deniedWithin } from "./calendar/stated.ts";
import { readFlags, usage } from "./flags.ts";
import type { Stage } from "./stage.ts";

await telling(async () => {
  const { port, data: kept, help } = readFlags(process.argv.slice(2));
  if (help) return console.log(usage);

  // Loaded only now: a slip of the hand need not wait for it.
  const { openStage } = await import("./stage.ts");
  const stoppable = stopBySignal();
  const data = dataFolder(kept, "calendar-agent-");
  console.log(welcome(await stoppable(openStage({ port, data }))));
});

function welcome({ calendar, issuer, people }: Stage): string {
  const rows = people.map(({ email, password }) => `    ${email.padEnd(18)} ${password}`);
  return `
  The calendar is running.

  Calendar    ${calendar}
  Valetkey    ${issuer}

  Sign in as
${rows.join("\n")}

  Now the agent, in another terminal:
    npm run calendar-agent:read -- ${calendar} --watch
  It shows a code to type at ${issuer}/device. (With --loopback it opens a browser on this machine instead.)

  Then cut it at ${issuer}/account
  The calendar denies it at once as a rule, and after ${deniedWithin} seconds at the latest.
  Ctrl-C stops.
`;
}
