import { parseDuration } from "../config/duration.ts";
import type { Seconds } from "../records/instant.ts";
import type { Given } from "./given.ts";

/** The seconds of an option such as --overlap 24h; undefined when it is absent or (with a fault) unreadable. */
export function secondsOf(given: Given, name: string): Seconds | undefined {
  const text = given.text(name);
  if (text === undefined) return undefined;
  const seconds = parseDuration(text);
  if (seconds === undefined) given.refuse(name, "is a whole number and one of s, m, h, d, w", text);
  return seconds;
}
