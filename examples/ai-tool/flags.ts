import { commonOptions, folderOf, parseFlags, portOf } from "../program/flags.ts";
import { Trouble } from "../program/trouble.ts";

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
  const options = { ...commonOptions, "model-url": { type: "string" } } as const;
  const values = parseFlags("npm run ai-tool --", args, options);
  const { port, data, help } = values;
  const modelUrl = values["model-url"]?.replace(/\/$/, "");
  if (modelUrl !== undefined && !/^https?:$/.test(URL.parse(modelUrl)?.protocol ?? ""))
    throw new Trouble(
      `--model-url ${JSON.stringify(modelUrl)} is no URL: https://models.example/v1 would be one.`,
    );
  return { port: portOf(port, 3), data: folderOf(data), modelUrl, help };
}
