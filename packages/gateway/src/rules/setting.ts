import { z } from "zod";

const units = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

/** Words in the file, seconds in the code. */
export function duration(least: number, most: number) {
  const message = "must be a whole number and a unit: s, m, h or d";
  return z
    .string({ error: message })
    .regex(/^[0-9]{1,9}[smhd]$/, message)
    .transform((text, context): number => {
      const seconds = Number(text.slice(0, -1)) * units[text.slice(-1) as keyof typeof units];
      if (seconds >= least && seconds <= most) return seconds;
      context.issues.push({
        code: "custom",
        message: `must be between ${least} and ${most} seconds`,
        input: text,
      });
      return z.NEVER;
    });
}

export function count(least: number, most: number) {
  const message = `must be a whole number between ${least} and ${most}`;
  return z.int({ error: message }).min(least, message).max(most, message);
}

/** Text that is not empty; `reason` gives what stands against a value, and goes on where the name ends. */
export function text(reason?: (value: string) => string | undefined) {
  return z
    .string({ error: ({ input }) => (input === undefined ? "is missing" : "must be text") })
    .min(1, "must not be empty")
    .superRefine((value, context) => {
      const message = value === "" ? undefined : reason?.(value);
      if (message !== undefined) context.issues.push({ code: "custom", message, input: value });
    });
}

/** Text that is read into something else; `read` gives that, or the reason against it. */
export function readText<T extends object>(read: (value: string) => T | string) {
  return text().transform((value, context): T => {
    const it = read(value);
    if (typeof it !== "string") return it;
    context.issues.push({ code: "custom", message: it, input: value });
    return z.NEVER;
  });
}

export function list<S extends z.ZodType>(item: S) {
  return z
    .array(item, { error: ({ input }) => (input === undefined ? "is missing" : "must be a list") })
    .min(1, "must not be empty");
}

export function group<S extends z.ZodRawShape>(shape: S) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "invalid_type" ? "must be a group of settings" : undefined),
  });
}
