import { resolve } from "node:path";
import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { Trouble } from "./trouble.ts";

/** What every program of the examples takes that opens ports and keeps data. */
export const commonOptions = {
  port: { type: "string", default: "0" },
  data: { type: "string" },
  help: { type: "boolean", default: false },
} as const;

/** The flags as they were typed. @param command as a person types it. @throws Trouble for what is none of them */
export function parseFlags<Options extends ParseArgsOptionsConfig>(
  command: string,
  args: readonly string[],
  options: Options,
) {
  return sayingWhatIsWrong(command, () => parseArgs({ args: [...args], options })).values;
}

/** The same beside words that are no flags. @throws Trouble */
export function parseWords<Options extends ParseArgsOptionsConfig>(
  command: string,
  args: readonly string[],
  options: Options,
) {
  return sayingWhatIsWrong(command, () => parseArgs({ args: [...args], options, allowPositionals: true }));
}

function sayingWhatIsWrong<Parsed>(command: string, parse: () => Parsed): Parsed {
  try {
    return parse();
  } catch (thrown) {
    // What Node says of an unknown option or a missing value is a sentence already; what follows it is advice for programs.
    const [sentence = ""] = (thrown as Error).message.split(/(?<=\.) |\n/);
    throw new Trouble(`${sentence.replace(/\.?$/, ".")} ${command} --help shows what there is.`);
  }
}

/** @param above how many ports above it are taken too. @returns 0 for free ones. @throws Trouble for what is no port */
export function portOf(text: string, above: number): number {
  const highest = 65_535 - above;
  if (!/^\d{1,5}$/.test(text) || Number(text) > highest)
    throw new Trouble(`--port ${JSON.stringify(text)} is no port: a number from 0 to ${highest} is.`);
  return Number(text);
}

/** @throws Trouble for an empty name */
export function folderOf(text: string | undefined): string | undefined {
  if (text === "") throw new Trouble("--data needs a folder.");
  return text && resolve(text);
}
