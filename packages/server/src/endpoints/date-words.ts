import type { Frame } from "../pages/layout.ts";
import { byLanguage } from "../pages/words/by-language.ts";
import type { Instant } from "../records/instant.ts";

// Digits as they stand in codes and addresses, and the calendar that servers go by.
const localeOf = (lang: string) => `${lang}-u-ca-gregory-nu-latn`;
const dayOf = byLanguage(
  (lang) => new Intl.DateTimeFormat(localeOf(lang), { dateStyle: "long", timeZone: "UTC" }),
);
const momentOf = byLanguage(
  (lang) =>
    new Intl.DateTimeFormat(localeOf(lang), { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" }),
);

/** A day, for a person. The server knows of no clock but the world's: the day is the one of UTC. */
export function dateWords(at: Instant, { lang }: Pick<Frame, "lang">): string {
  return dayOf(lang).format(at * 1_000);
}

/** A minute, for a person, who is told whose clock it is of. */
export function momentWords(at: Instant, { lang }: Pick<Frame, "lang">): string {
  return `${momentOf(lang).format(at * 1_000)} UTC`;
}
