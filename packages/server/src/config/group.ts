import { z } from "zod";
import { text } from "./setting.ts";

/** A group of settings; absent means all its defaults. Unknown names in it are refused. */
export function group<S extends z.ZodRawShape>(says: string, shape: S) {
  const schema = z.strictObject(shape, { error: groupError });
  return schema.prefault({} as z.input<typeof schema>).describe(says);
}

export const groupError = (issue: { code?: string }) =>
  issue.code === "invalid_type" ? "must be a group of settings, each on its own line below it" : undefined;

export const listOf = (check: (value: string) => string | undefined) =>
  z.array(text(check), { error: "must be a list" });
