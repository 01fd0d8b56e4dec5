import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { Trouble } from "./trouble.ts";

export const usage = `npm run ai-tool -- [options]

  --port N          of the page; the API, Valetkey and the model server take the next three (default: free ones)
  --data DIR        keep the data there (default: a folder that goes when it stops)
  --model-url URL   an OpenAI-compatible server, up to and with /v1 (default: a small one that answers by rule)
                    MODEL_API_KEY is sent to it, where it is set
  --help            this`;

export interface Flags {
  /** 0 picks free ones. */
  readonly port: number;
  readonly data: string | undefined;
  readonly modelUrl: string | undefined;
  readonly help: boolean;
}

/** @throws Trouble for what cannot be meant */
export function readFlags(args: readonly string[]): Flags {
  const values = parsed(args);
  const { port, data, help } = values;
  // The three above it are taken too.
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_532)
    throw new Trouble(`--port ${JSON.stringify(port)} is no port: a number from 0 to 65532 is.`);
  if (data === "") throw new Trouble("--data needs a folder.");
  const modelUrl = values["model-url"]?.replace(/\/$/, "");
  if (modelUrl !== undefined && !/^https?:$/.test(URL.parse(modelUrl)?.protocol ?? ""))
    throw new Trouble(
      `--model-url ${JSON.stringify(modelUrl)} is no URL: https://models.example/v1 would be one.`,
    );
  return { port: Number(port), data: data && resolve(data), modelUrl, help };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: "string", default: "0" },
        data: { type: "string" },
        "model-url": { type: "string" },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (thrown) {
    // What Node says of an unknown option or a missing value is a sentence already; what follows it is advice for programs.
    const [sentence = ""] = (thrown as Error).message.split(/(?<=\.) |\n/);
    throw new Trouble(`${sentence.replace(/\.?$/, ".")} npm run ai-tool -- --help shows what there is.`);
  }
}
