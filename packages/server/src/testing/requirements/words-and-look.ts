import type { Requirements } from "./requirement.ts";

/** What a person reads, in which language, and what an operator may change of it. */
export const wordsAndLook = {
  "I6-WORDS": {
    at: "Words",
    level: "DECISION",
    role: "AS",
    asks: "Every page and mail speaks thirteen languages, each whole: the same texts, the same placeholders, every plural form, one name for each thing.",
  },
  "I6-LANGUAGE": {
    at: "OpenID Connect Core 1.0 §3.1.2.1, RFC 4647 §3.4",
    level: "DECISION",
    role: "AS",
    asks: "A page speaks the language that the person chose, that the client asked for in ui_locales, that the account has or that the browser sends, in this order; what is no language is no wish.",
  },
  "I6-LOOK": {
    at: "Look",
    level: "DECISION",
    role: "AS",
    asks: "Name, logo, colours, texts and links are the operator's, and a client's own where it has some; the pages stay readable and under their policy with all of it.",
  },
  "I6-LOOK-CONTRAST": {
    at: "WCAG 2.2 §1.4.3",
    level: "DECISION",
    role: "AS",
    asks: "A colour on which the text of the pages could not be read is refused when the server starts, with its contrast in numbers.",
  },
  "I6-LOOK-CSS": {
    at: "Look",
    level: "DECISION",
    role: "AS",
    asks: "An operator's stylesheet that could load anything, or that a browser might read otherwise than this server, is refused with the line.",
  },
  "I6-AXE": {
    at: "Look, WCAG 2.2 level AA",
    level: "DECISION",
    role: "AS",
    asks: "No page breaks a rule of WCAG 2.2 AA that axe can judge, light and dark, from left to right and from right to left; each target is 24 pixels, and a keyboard reaches the first button with every stop marked.",
  },
  "I6-PAGES-SIZES": {
    at: "Look",
    level: "DECISION",
    role: "AS",
    asks: "Every page fits a phone of 360 pixels and a desktop, in the language and direction of its reader, under its policy without an error in the console.",
  },
  "I6-NO-SCRIPT": {
    at: "Look",
    level: "DECISION",
    role: "AS",
    asks: "Everything but passkeys works in a browser without script: signing in and up, every second step, consent, devices, the account and its end.",
  },
} as const satisfies Requirements;
