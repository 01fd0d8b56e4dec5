import { letterMail } from "../pages/mail.ts";
import type { Language } from "../pages/words/languages.ts";
import type { Mailer } from "../ports/mailer.ts";
import type { Settings } from "../ports/settings.ts";
import type { Post } from "../sign-in/post.ts";
import { chosenLanguage } from "./language.ts";
import type { Look } from "./look.ts";

/** Writes each letter in its reader's language, with the operator's own texts, and hands it to the mailer. */
export function postOf(mailer: Mailer, look: Look, { issuer, productName }: Settings): Post {
  return {
    isOpen: mailer.kind !== "none",
    send(letter, { email, language }, facts) {
      const { words, tag: lang, dir } = chosenLanguage([language], look.languages) as Language;
      const frame = { words, lang, dir, productName, issuer };
      mailer.send(() => ({ to: email, ...letterMail(letter, facts, frame) }));
    },
  };
}
