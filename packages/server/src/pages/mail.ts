import { type MailParts, mailHtml } from "./mail-html.ts";
import { plain } from "./markup.ts";
import { lengthOfTime, tell } from "./words/say.ts";
import type { Words } from "./words/words.ts";

/** What a mail is about. */
export type Letter = keyof Words["mail"]["letters"];

/** What it tells beside its own texts. */
export interface LetterFacts {
  /** To be typed on the page that waits for it. */
  readonly code?: string;
  /** What the button opens. */
  readonly link?: string;
  /** Seconds in which code and link work. */
  readonly lifetime?: number;
  /** The other address, the passkey's name, the device: whatever a stranger wrote there. */
  readonly about?: string;
}

/** Whose mail it is, and in which language. */
export interface MailFrame {
  readonly words: Words;
  readonly lang: string;
  readonly dir: "ltr" | "rtl";
  readonly productName: string;
  readonly issuer: string;
}

/**
 * A mail to one person. No picture, no style sheet and no font of elsewhere: nobody learns that it was read, and nothing
 * in it needs the network. What a stranger wrote stays on one line, and its text is cut.
 */
export function letterMail(letter: Letter, facts: LetterFacts, frame: MailFrame) {
  const parts = partsOf(letter, facts, frame);
  return { subject: parts.subject, text: plainText(parts), html: mailHtml(parts) };
}

/** Nobody asked for these: they tell what was done, and what to do if it was somebody else. */
const notices: readonly Letter[] = [
  "email-changed",
  "password-changed",
  "new-device",
  "second-factor-added",
  "second-factor-removed",
  "passkey-added",
  "passkey-removed",
  "password-removed",
  "recovery-codes-made",
  "identity-added",
  "identity-removed",
];

function partsOf(letter: Letter, facts: LetterFacts, { words, lang, dir, ...frame }: MailFrame): MailParts {
  const { mail } = words;
  const texts: { readonly subject: string; readonly lead: string; readonly button?: string } =
    mail.letters[letter];
  const { code, link, lifetime } = facts;
  const product = oneLine(frame.productName);
  const about = isolatedText(oneLine(facts.about ?? ""), dir);
  // A subject is shown by itself, often where such signs are seen as boxes.
  const inText = { product: isolatedText(product, dir), about };
  const closing =
    letter === "account-removed" ? mail.tooLate : notices.includes(letter) ? mail.notYou : mail.ignore;
  return {
    lang,
    dir,
    productName: product,
    subject: tell(texts.subject, { product }),
    lead: tell(texts.lead, inText),
    code:
      code === undefined
        ? undefined
        : { intro: mail.code, value: code, warning: tell(mail.tellNobody, inText) },
    button:
      link === undefined
        ? undefined
        : { label: texts.button ?? mail.account, href: webAddress(link), orOpen: mail.orOpen },
    lifetime:
      lifetime === undefined ? undefined : tell(mail.lifetime, { time: lengthOfTime(lifetime, lang) }),
    closing: tell(closing, inText),
    foot: tell(mail.sentBy, { ...inText, host: new URL(frame.issuer).host }),
  };
}

/** The same mail for who reads no HTML: a code and an address stand on lines of their own. */
function plainText({ lead, code, button, lifetime, closing, foot }: MailParts): string {
  const paragraphs = [
    lead,
    code?.intro,
    code?.value,
    code?.warning,
    button && `${button.label}\n${button.href}`,
    lifetime,
    closing,
    `-- \n${foot}`,
  ];
  return `${paragraphs.filter((paragraph) => paragraph !== undefined).join("\n\n")}\n`;
}

/** @throws TypeError for what no browser should open from a mail */
function webAddress(link: string): string {
  const { protocol, href } = new URL(link);
  if (protocol !== "https:" && protocol !== "http:")
    throw new TypeError("A mail links to web addresses only.");
  return href;
}

const longest = 100;

function oneLine(text: string): string {
  const line = plain(text)
    .replace(/[\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim();
  const letters = [...line];
  return letters.length > longest ? `${letters.slice(0, longest).join("")}…` : line;
}

/** Unicode UAX 9 §2.4: in its own direction, whatever the sentence around it has; it holds no such sign itself. */
function isolatedText(text: string, dir: MailFrame["dir"]): string {
  return dir === "ltr" && /^[\x20-\x7e]*$/.test(text) ? text : `\u2068${text}\u2069`;
}
