import type { Language } from "../pages/words/languages.ts";

/** Longer lists are not read further: nobody speaks so many languages. */
const longest = 20;

/**
 * The best of what is offered, by the first wish that fits. RFC 4647 §3.4, lookup: `pt-BR` is answered with `pt`, a wish
 * that is no language tag with nothing. The first that is offered where no wish fits.
 */
export function chosenLanguage(
  wishes: readonly string[],
  offered: readonly Language[],
): Language | undefined {
  for (const wish of wishes.slice(0, longest)) {
    if (wish.length > 35 || !/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(wish)) continue;
    const found = lookedUp(wish.toLowerCase(), offered);
    if (found) return found;
  }
  return offered[0];
}

/** Cut from its end, tag by tag; a single letter, which begins an extension, goes with what it began. */
function lookedUp(range: string, offered: readonly Language[]): Language | undefined {
  for (let rest = range; rest !== ""; ) {
    const found = offered.find(({ tag }) => tag.toLowerCase() === rest);
    if (found) return found;
    rest = rest.slice(0, Math.max(rest.lastIndexOf("-"), 0)).replace(/-[a-z0-9]$/, "");
  }
  return undefined;
}

/** RFC 9110 §12.5.4: the ranges of Accept-Language, the most wanted first; what is refused by `q=0` or unreadable is left out. */
export function acceptedLanguages(header: string | undefined): string[] {
  return (header ?? "")
    .slice(0, 1_000)
    .split(",")
    .slice(0, longest)
    .map((item) => {
      const [range = "", weight = "q=1"] = item.split(";").map((part) => part.trim());
      const quality = /^q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)$/i.exec(weight)?.[1];
      return { range, quality: quality === undefined ? 0 : Number(quality) };
    })
    .filter(({ range, quality }) => range !== "" && quality > 0)
    .toSorted((a, b) => b.quality - a.quality)
    .map(({ range }) => range);
}

/** OpenID Connect Core §3.1.2.1: a list with spaces, the most wanted first. */
export function uiLocales(text: string | undefined): string[] {
  return (text ?? "").slice(0, 1_000).split(" ").filter(Boolean);
}
