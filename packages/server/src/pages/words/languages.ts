import { createRequire } from "node:module";
import type { Words } from "./words.ts";

export interface Language {
  /** BCP 47. */
  readonly tag: string;
  /** What its speakers call it. */
  readonly name: string;
  readonly dir: "ltr" | "rtl";
  /** Loaded when they are first shown: most servers speak to people of a few languages. */
  readonly words: Words;
}

/** Every language that the pages speak. */
export const languages: readonly Language[] = [
  language("ar", "العربية", "rtl"),
  language("de", "Deutsch"),
  language("en", "English"),
  language("es", "Español"),
  language("fr", "Français"),
  language("he", "עברית", "rtl"),
  language("it", "Italiano"),
  language("ja", "日本語"),
  language("ko", "한국어"),
  language("nl", "Nederlands"),
  language("pl", "Polski"),
  language("pt", "Português"),
  language("zh", "中文"),
];

function language<Tag extends string>(tag: Tag, name: string, dir: Language["dir"] = "ltr"): Language {
  return {
    tag,
    name,
    dir,
    get words() {
      return wordsOf(tag);
    },
  };
}

/** A page is made in one go, so its words are loaded without a pause: a hundredth of a second, once for a language. */
function wordsOf<Tag extends string>(tag: Tag): Words {
  // As this file ends, so do its neighbours: .ts as they are written, .js as they are published.
  const ending = import.meta.url.slice(-".ts".length);
  const file = createRequire(import.meta.url)(`./${tag}${ending}`) as { readonly [Name in Tag]: Words };
  return file[tag];
}
