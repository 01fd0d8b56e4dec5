import type { Given } from "./given.ts";

/** Options of the form NAME=VALUE, split at the first sign. */
export function pairsOf(given: Given, option: string, what: string): readonly (readonly [string, string])[] {
  return given.texts(option).flatMap((text) => {
    const at = text.indexOf("=");
    if (at > 0 && at < text.length - 1) return [[text.slice(0, at), text.slice(at + 1)] as const];
    given.refuse(option, `has the form ${what}`, text);
    return [];
  });
}
