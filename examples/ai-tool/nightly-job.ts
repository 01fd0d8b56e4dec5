import { createMachine } from "@valetkey/agent";

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

// `nightly-job.ts [FILE]`: its settings are in the environment, or in a file that only its owner reads.
if (import.meta.main) {
  const [file] = process.argv.slice(2);
  if (file) process.loadEnvFile(file);
  const named = (name: string) => process.env[name] ?? fail(`${name} is not set; npm run ai-tool says how.`);
  const client = { id: named("NIGHTLY_JOB_ID"), secret: named("NIGHTLY_JOB_SECRET") };
  const titles = await uploadDataSets({ issuer: named("AI_TOOL_ISSUER"), api: named("AI_TOOL_API"), client });
  for (const title of titles) console.log(`Uploaded: ${title}`);
}

function fail(sentence: string): never {
  console.error(sentence);
  process.exit(2);
}
