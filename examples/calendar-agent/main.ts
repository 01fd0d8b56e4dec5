import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { deniedWithin } from "./calendar/stated.ts";
import { openStage, type Stage } from "./stage.ts";

const usage = `npm run calendar-agent -- [options]

  --port N      of the calendar; Valetkey takes the next (default: free ones)
  --data DIR    keep the data there (default: a folder that goes when it stops)`;

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    data: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}

const data = values.data ? resolve(values.data) : mkdtempSync(join(tmpdir(), "calendar-agent-"));
const stage = await openStage({ port: Number(values.port), data });
console.log(welcome(stage));

let isStopping = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, async () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    await stage.close();
    if (!values.data) rmSync(data, { recursive: true, force: true });
    process.exit(0);
  });
}

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
