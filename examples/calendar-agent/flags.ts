import { commonOptions, folderOf, parseFlags, portOf } from "../program/flags.ts";

export const usage = `npm run calendar-agent -- [options]

  --port N      of the calendar; Valetkey takes the next (default: free ones)
  --data DIR    keep the data there (default: a folder that goes when it stops)
  --help        this`;

export interface Flags {
  /** 0 picks free ones. */
  readonly port: number;
  readonly data: string | undefined;
  readonly help: boolean;
}

/** @throws Trouble for what cannot be meant */
export function readFlags(args: readonly string[]): Flags {
  const { port, data, help } = parseFlags("npm run calendar-agent --", args, commonOptions);
  return { port: portOf(port, 1), data: folderOf(data), help };
}
