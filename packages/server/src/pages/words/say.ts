import { type Markup, markup } from "../markup.ts";
import { byLanguage } from "./by-language.ts";
import type { Counted } from "./counted.ts";

/** What stands for the placeholders of a text: text is escaped, `Markup` is taken as it is. */
export type Said = Readonly<Record<string, Markup | string | number>>;

/**
 * A text as markup: `{name}` becomes what is given for it, `**` begins and ends strong words. What a stranger chose is
 * given as `named` or `isolated`, or it could rearrange the words around it.
 *
 * @throws TypeError when the text asks for something that is not given
 */
export function say(text: string, given: Said = {}): Markup {
  const parts = text.split("**").map((part) => markup`${filled(part, given)}`);
  return markup`${parts.map((part, at) => (at % 2 === 1 ? markup`<strong>${part}</strong>` : part))}`;
}

/** A text as text: for titles, attributes and mails. */
export function tell(text: string, given: Readonly<Record<string, string | number>> = {}): string {
  return text.replaceAll("**", "").replace(placeholder, (_, name: string) => String(standsFor(name, given)));
}

/** The form of a text that a number asks for, with `{count}` as its number. */
export function count(forms: Counted, number: number, lang: string): string {
  const form = forms[pluralsOf(lang).select(number)] ?? forms.other;
  return form.replaceAll("{count}", numbersOf(lang).format(number));
}

const pluralsOf = byLanguage((lang) => new Intl.PluralRules(lang));
const numbersOf = byLanguage((lang) => new Intl.NumberFormat(`${lang}-u-nu-latn`));

/** A length of time in its largest whole unit: "2 minutes", "180 days". Seconds in, words out. */
export function lengthOfTime(seconds: number, lang: string): string {
  const { format, seconds: size } = units.findLast((one) => seconds >= one.seconds) ?? units[0];
  return format(lang).format(Math.floor(seconds / size));
}

function inUnit(unit: "second" | "minute" | "hour" | "day") {
  const options = { style: "unit", unit, unitDisplay: "long" } as const;
  return byLanguage((lang) => new Intl.NumberFormat(`${lang}-u-nu-latn`, options));
}

const units = [
  { format: inUnit("second"), seconds: 1 },
  { format: inUnit("minute"), seconds: 60 },
  { format: inUnit("hour"), seconds: 3_600 },
  { format: inUnit("day"), seconds: 86_400 },
] as const;

const placeholder = /\{(\w+)\}/g;

/** The names that a text asks for, each once. */
export function placeholdersOf(text: string): string[] {
  return [...new Set([...text.matchAll(placeholder)].map(([, name = ""]) => name))].sort();
}

function filled(text: string, given: Said): (Markup | string)[] {
  return text.split(placeholder).map((part, at) => (at % 2 === 1 ? shown(standsFor(part, given)) : part));
}

function shown(value: Markup | string | number): Markup | string {
  return typeof value === "number" ? String(value) : value;
}

function standsFor<T>(name: string, given: Readonly<Record<string, T>>): T {
  if (!Object.hasOwn(given, name)) throw new TypeError(`The text asks for {${name}}, which it is not given.`);
  return given[name] as T;
}
