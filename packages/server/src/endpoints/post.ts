import { letterMail } from "../pages/mail.ts";
import type { Language } from "../pages/words/languages.ts";
import type { Words } from "../pages/words/words.ts";
import type { Mailer } from "../ports/mailer.ts";
import type { Settings } from "../ports/settings.ts";
import type { Letter, LetterFacts, Post } from "../sign-in/post.ts";
import { deviceWords } from "./device-words.ts";
import { chosenLanguage } from "./language.ts";
import type { Look } from "./look.ts";

/** Writes each letter in its reader's language, with the operator's own texts, and hands it to the mailer. */
export function postOf(mailer: Mailer, look: Look, { issuer, productName }: Settings): Post {
  return {
    isOpen: mailer.kind !== "none",
    send(letter, { email, language }, facts) {
      const { words, tag: lang, dir } = chosenLanguage([language], look.languages) as Language;
      const frame = { words, lang, dir, productName, issuer };
      mailer.send(() => ({ to: email, ...letterMail(letter, inWords(letter, facts, words), frame) }));
    },
  };
}

/** A new device is told by what its User-Agent says to a person. */
function inWords(letter: Letter, facts: LetterFacts, words: Words): LetterFacts {
  if (letter !== "new-device") return facts;
  return { ...facts, about: deviceWords(facts.about ?? "", words) || words.sessions.unnamed };
}
