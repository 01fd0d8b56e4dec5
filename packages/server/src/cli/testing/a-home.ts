import type { Io } from "../command.ts";
import { run } from "../main.ts";
import type { Ended } from "./a-process.ts";
import { aFolder } from "./a-process.ts";

/** The home of somebody who signs in: what `valetkey login` keeps lies there, and never in a keychain. */
export interface Home {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /**
   * Runs a command as `main` does.
   * @param about.sees is told all of standard error so far, as it grows
   */
  run(args: readonly string[], about?: RunOptions): Promise<Ended>;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Seconds since 1970. */
  readonly now?: number;
  readonly sees?: (stderr: string) => void;
}

export async function aHome(): Promise<Home> {
  const folder = await aFolder();
  const env = { XDG_STATE_HOME: folder, VALETKEY_KEYCHAIN: "off" };
  return {
    folder,
    env,
    async run(args, { env: more = {}, now, sees } = {}) {
      const said = { stdout: "", stderr: "" };
      const io: Io = {
        out: (text) => {
          said.stdout += text;
        },
        err: (text) => {
          said.stderr += text;
          sees?.(said.stderr);
        },
        env: { ...env, ...more },
        folder,
        stdin: process.stdin,
        isTerminal: false,
        now: () => now ?? Math.floor(Date.now() / 1000),
      };
      return { status: await run(args, io), ...said };
    },
  };
}

/** Calls `take` once, with the address that the pattern finds in what is shown. */
export function onceShown(pattern: RegExp, take: (found: string) => unknown): (stderr: string) => void {
  let isTaken = false;
  return (stderr) => {
    const [, found] = pattern.exec(stderr) ?? [];
    if (found === undefined || isTaken) return;
    isTaken = true;
    void take(found);
  };
}
