import { type Io, UsageError } from "./command.ts";

/** `valetkey start --config`: the real server. */
export async function startConfigured(
  file: string | undefined,
  isJson: boolean,
  io: Io,
  startedAt: number,
): Promise<number> {
  throw new UsageError([String([file, isJson, io, startedAt])]);
}
