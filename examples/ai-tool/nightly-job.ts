import { createMachine } from "@valetkey/agent";
import { Trouble, telling } from "../program/trouble.ts";

export interface JobOptions {
  readonly issuer: string;
  readonly api: string;
  readonly client: { readonly id: string; readonly secret: string };
}

const dataSets = [
  { title: "Support tickets of yesterday", text: "ticket,product,solved\n1041,Lamp,yes\n1042,Shade,no" },
  { title: "Prices of today", text: "article,price\nLamp,49.00\nShade,12.50" },
  { title: "Words of the trade", text: "lumen\nkelvin\nballast" },
];

/** Uploads the day's data sets as itself: client credentials, one scope, the token in memory. @returns their titles */
export async function uploadDataSets({ issuer, api, client }: JobOptions): Promise<readonly string[]> {
  const job = createMachine({ issuer, resource: api, client, scopes: ["datasets:upload"] });
  for (const dataSet of dataSets) {
    const response = await job.fetch(`${api}/v1/datasets`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(dataSet),
    });
    if (!response.ok) throw new Error(`The API answered ${response.status} to ${dataSet.title}.`);
  }
  return dataSets.map(({ title }) => title);
}

const usage = `npm run ai-tool:job -- [FILE]

  FILE   its settings, for its owner alone to read; npm run ai-tool prints where it put one (default: the environment)
         AI_TOOL_ISSUER, AI_TOOL_API, NIGHTLY_JOB_ID, NIGHTLY_JOB_SECRET`;

if (import.meta.main) {
  await telling(async () => {
    const [file, more] = process.argv.slice(2);
    if (file === "--help") return console.log(usage);
    const slip = file?.startsWith("-") ? file : more;
    if (slip !== undefined)
      throw new Trouble(
        `It takes one file, and no ${slip}. npm run ai-tool:job -- --help shows what there is.`,
      );
    if (file !== undefined) load(file);
    const client = { id: named("NIGHTLY_JOB_ID"), secret: named("NIGHTLY_JOB_SECRET") };
    const options = { issuer: named("AI_TOOL_ISSUER"), api: named("AI_TOOL_API"), client };
    const titles = await uploadDataSets(options).catch((thrown: Error) => {
      throw new Trouble(`Nothing more was uploaded: ${thrown.message}`, 1);
    });
    for (const title of titles) console.log(`Uploaded: ${title}`);
  });
}

function load(file: string): void {
  try {
    process.loadEnvFile(file);
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    throw new Trouble(`${file} cannot be read (${code}); npm run ai-tool says which file it is.`);
  }
}

function named(name: string): string {
  const value = process.env[name];
  if (!value) throw new Trouble(`${name} is not set; npm run ai-tool:job -- --help says where from.`);
  return value;
}
