import { ar } from "./ar.ts";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { fr } from "./fr.ts";
import { he } from "./he.ts";
import { it } from "./it.ts";
import { ja } from "./ja.ts";
import { ko } from "./ko.ts";
import { nl } from "./nl.ts";
import { pl } from "./pl.ts";
import { pt } from "./pt.ts";
import type { Words } from "./words.ts";
import { zh } from "./zh.ts";

export interface Language {
  /** BCP 47. */
  readonly tag: string;
  /** What its speakers call it. */
  readonly name: string;
  readonly dir: "ltr" | "rtl";
  readonly words: Words;
}

/** Every language that the pages speak. */
export const languages: readonly Language[] = [
  { tag: "ar", name: "العربية", dir: "rtl", words: ar },
  { tag: "de", name: "Deutsch", dir: "ltr", words: de },
  { tag: "en", name: "English", dir: "ltr", words: en },
  { tag: "es", name: "Español", dir: "ltr", words: es },
  { tag: "fr", name: "Français", dir: "ltr", words: fr },
  { tag: "he", name: "עברית", dir: "rtl", words: he },
  { tag: "it", name: "Italiano", dir: "ltr", words: it },
  { tag: "ja", name: "日本語", dir: "ltr", words: ja },
  { tag: "ko", name: "한국어", dir: "ltr", words: ko },
  { tag: "nl", name: "Nederlands", dir: "ltr", words: nl },
  { tag: "pl", name: "Polski", dir: "ltr", words: pl },
  { tag: "pt", name: "Português", dir: "ltr", words: pt },
  { tag: "zh", name: "中文", dir: "ltr", words: zh },
];
