import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { dataFolder, stopBySignal } from "../program/running.ts";
import { telling } from "../program/trouble.ts";
import { readFlags, usage } from "./flags.ts";
import type { Tool } from "./tool.ts";

await telling(async () => {
  const { port, data: kept, modelUrl, help } = readFlags(process.argv.slice(2));
  if (help) return console.log(usage);

  // Loaded only now: a slip of the hand need not wait for it.
  const { startTool } = await import("./tool.ts");
  const stoppable = stopBySignal();
  const data = dataFolder(kept, "lantern-");
  const upstream = modelUrl === undefined ? undefined : { url: modelUrl, key: process.env.MODEL_API_KEY };
  const say = (sentence: string) => console.log(`  ${sentence}`);
  const tool = await stoppable(startTool({ port, data, upstream, say }));
  const jobFile = join(data, "nightly-job.env");
  writeFileSync(jobFile, jobSettings(tool), { mode: 0o600 });
  console.log(welcome(tool, jobFile));
});

/** The secret reaches the job by a file that only its owner reads. */
function jobSettings({ issuer, api, identity }: Tool): string {
  const { id, secret } = identity.credentials.job;
  return `AI_TOOL_ISSUER=${issuer}\nAI_TOOL_API=${api}\nNIGHTLY_JOB_ID=${id}\nNIGHTLY_JOB_SECRET=${secret}\n`;
}

function welcome({ url: page, api, issuer, people }: Tool, jobFile: string): string {
  const rows = people.map(({ email, password, roles }) => {
    return `    ${email.padEnd(18)} ${password.padEnd(20)} ${roles.join(", ") || "no role yet"}`;
  });
  return `
  Lantern, the internal AI tool, is running (${(performance.now() / 1000).toFixed(1)} s).

  Open        ${page}
  API         ${api}
  Valetkey    ${issuer}

  Sign in as
${rows.join("\n")}

  The nightly job, in another terminal:
    npm run ai-tool:job -- ${jobFile}
  Ctrl-C stops.
`;
}
