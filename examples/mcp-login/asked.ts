import type { Registration } from "./story.ts";

type Package = "sdk" | "client";

const packages: readonly Package[] = ["sdk", "client"];
const kinds: readonly Registration[] = ["document", "registration"];

/** Which stories the words of the command line ask for; without words all. @throws Error for a word that means nothing */
export function askedFor(words: readonly string[]) {
  const unknown = words.find((word) => ![...packages, ...kinds].some((known) => known === word));
  if (unknown !== undefined)
    throw new Error(`"${unknown}" is none of ${[...packages, ...kinds].join(", ")}.`);
  return { packages: chosen(packages, words), kinds: chosen(kinds, words) };
}

function chosen<Word extends string>(all: readonly Word[], words: readonly string[]): readonly Word[] {
  const named = all.filter((word) => words.includes(word));
  return named.length > 0 ? named : all;
}
