import { spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "./house.ts";

export interface ProgramOptions {
  /** From the root; the root itself when absent. */
  readonly folder?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Show the output as it comes; else only when the program fails. */
  readonly loud?: boolean;
}

/** Runs a program to its end, without standard input. Throws with its output when it fails. */
export async function program(
  command: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<string> {
  const { folder = ".", env = {}, loud = false } = options;
  const child = spawn(command, args, {
    cwd: join(root, folder),
    env: { ...process.env, ...env },
    stdio: ["ignore", loud ? "inherit" : "pipe", loud ? "inherit" : "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${command} ${args.join(" ")} ended with ${signal ?? code}\n${output}`));
    });
  });
}
