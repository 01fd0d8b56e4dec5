import { type DestinationStream, type Logger, pino } from "pino";
import { gatheredStderr } from "./gathered-lines.ts";
import { scrub } from "./scrub.ts";
import { timeMember } from "./time-member.ts";

export const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

/** One JSON object a line to standard error; standard output belongs to the commands. Everything passes through `scrub`. */
export function stderrLogger(level: LogLevel, to: DestinationStream = gatheredStderr()): Logger {
  return pino(
    {
      level,
      // No host name and process id on every line: whoever collects the lines knows where they come from.
      base: null,
      timestamp: () => timeMember(Date.now()),
      // `scrub` made plain records of errors already.
      serializers: { err: (error) => error },
      formatters: { level: (label) => ({ level: label }) },
      hooks: {
        logMethod(args, method) {
          method.apply(this, args.map((value) => scrub(value)) as typeof args);
        },
      },
    },
    to,
  );
}
