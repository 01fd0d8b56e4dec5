import type { Words } from "./words.ts";

/** The texts of a language by their full names, `signIn.title`; the forms of a counted one as `x.one`, `x.other`. */
export function textsOf(words: Words): Map<string, string> {
  return new Map(flat(words, ""));
}

function flat(part: object, prefix: string): [string, string][] {
  return Object.entries(part).flatMap(([name, value]): [string, string][] =>
    typeof value === "string" ? [[`${prefix}${name}`, value]] : flat(value as object, `${prefix}${name}.`),
  );
}

/** The words with an operator's texts in the place of ours, by full name. Names that are none change nothing. */
export function replaced(words: Words, texts: Readonly<Record<string, string>>): Words {
  if (Object.keys(texts).length === 0) return words;
  return changed(words, "", texts) as Words;
}

function changed(part: object, prefix: string, texts: Readonly<Record<string, string>>): object {
  return Object.fromEntries(
    Object.entries(part).map(([name, value]) => {
      const full = `${prefix}${name}`;
      if (typeof value !== "string") return [name, changed(value as object, `${full}.`, texts)];
      return [name, Object.hasOwn(texts, full) ? texts[full] : value];
    }),
  );
}
