import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { startTool, type Tool } from "./tool.ts";

const usage = `npm run ai-tool -- [options]

  --port N          of the page; the API, Valetkey and the model server take the next three (default: free ones)
  --data DIR        keep the data there (default: a folder that goes when it stops)
  --model-url URL   an OpenAI-compatible server, up to and with /v1 (default: a small one that answers by rule)
                    MODEL_API_KEY is sent to it, where it is set`;

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    data: { type: "string" },
    "model-url": { type: "string" },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}

const data = values.data ? resolve(values.data) : mkdtempSync(join(tmpdir(), "lantern-"));
const url = values["model-url"]?.replace(/\/$/, "");
const tool = await startTool({
  port: Number(values.port),
  data,
  upstream: url === undefined ? undefined : { url, key: process.env.MODEL_API_KEY },
  say: (sentence) => console.log(`  ${sentence}`),
});
const jobFile = join(data, "nightly-job.env");
writeFileSync(jobFile, jobSettings(tool), { mode: 0o600 });
console.log(welcome(tool));

let isStopping = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, async () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    await tool.close();
    if (!values.data) rmSync(data, { recursive: true, force: true });
    process.exit(0);
  });
}

/** The secret reaches the job by a file that only its owner reads. */
function jobSettings({ issuer, api, identity }: Tool): string {
  const { id, secret } = identity.credentials.job;
  return `AI_TOOL_ISSUER=${issuer}\nAI_TOOL_API=${api}\nNIGHTLY_JOB_ID=${id}\nNIGHTLY_JOB_SECRET=${secret}\n`;
}

function welcome({ url: page, api, issuer, people }: Tool): string {
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
