import type { Requirements } from "./requirement.ts";

/** How people come to an account, and back to it; and the mails that take them there. */
export const accounts = {
  "I6-MAIL": {
    at: "Mail",
    level: "DECISION",
    role: "AS",
    asks: "Off this machine a mail goes by TLS or not at all; it blocks no answer, is tried again with growing pauses, and no text of a stranger adds a header or a recipient to it.",
  },
  "I6-OUTBOX": {
    at: "Mail",
    level: "DECISION",
    role: "AS",
    asks: "Mails that are sent to nobody can be read on a developer's own machine, and nowhere else.",
  },
  "I6-PASSWORD": {
    at: "NIST SP 800-63B §3.1.1.2",
    level: "DECISION",
    role: "AS",
    asks: "A new password has at least 12 characters, is not easy to guess and, where the operator switched that on, did not leak; five digits of its SHA-1 leave this server and no more.",
  },
  "I6-STRENGTH": {
    at: "NIST SP 800-63B §3.1.1.2",
    level: "SHOULD",
    role: "AS",
    asks: "Who types a new password sees how strong it is, in words too: with script while they type, without when they send it. The password goes to this server alone, in a browser that it gave the page to, and is kept nowhere.",
  },
  "I6-SIGN-UP": {
    at: "Sign-up",
    level: "DECISION",
    role: "AS",
    asks: "Where sign-up is open, an account is made when the code that was mailed to its address comes back in the browser that asked, and not before; of all who ask with one address at once one gets it.",
  },
  "I6-RESET": {
    at: "Password reset",
    level: "DECISION",
    role: "AS",
    asks: "A mailed link sets a new password once, within half an hour, in any browser, and no GET spends it; it signs nobody in, takes no second factor away, ends every older link, and the sessions and the access of apps as the person chooses.",
  },
  "I6-INVITATION": {
    at: "Invitation",
    level: "DECISION",
    role: "AS",
    asks: "The operator's invitation makes one account with its roles, within seven days, where sign-up is not closed; no GET spends it.",
  },
  "I6-VERIFY-EMAIL": {
    at: "Address",
    level: "DECISION",
    role: "AS",
    asks: "A mailed link confirms the address of the account it was mailed for, once, while that is its address; no GET spends it.",
  },
  "I6-BRUTE-FORCE": {
    at: "OWASP Authentication Cheat Sheet",
    level: "DECISION",
    role: "AS",
    asks: "Wrong passwords are counted for an account at an address, for an address, and for an account from all addresses; the wait doubles with each further one, and nothing tells whether there is an account.",
  },
  "I6-THROUGHPUT": {
    at: "RFC 9110 §15.6.4",
    level: "DECISION",
    role: "AS",
    asks: "Passwords are hashed off the main thread, as many at once as there are cores and a thread of the pool is left over; so many more wait, none longer than ten seconds, and whoever is turned away reads 503 with Retry-After and counts as no guess.",
  },
  "I6-NO-LOCK-OUT": {
    at: "OWASP, device cookies",
    level: "DECISION",
    role: "AS",
    asks: "Guesses made elsewhere never make a browser wait that signed in to the account before, nor one that read a mail for a new password; such a browser is limited by a counter of its own, and its cookie proves nothing else. Who has the password and guesses at the second factor keeps out nobody in a browser where they showed two, or with a recovery code.",
  },
  "I6-ENUMERATION": {
    at: "Wherever an address is typed",
    level: "DECISION",
    role: "AS",
    asks: "Words, status, headers, work and next steps are the same for an address with an account, with one that is switched off, and without.",
  },
  "I6-EMAIL": {
    at: "Mailed codes",
    level: "DECISION",
    role: "AS",
    asks: "A mailed code signs in who types it in the browser that asked for it, once, within fifteen minutes and five guesses; amr says that it was by mail.",
  },
  "I6-MAIL-FLOOD": {
    at: "Mailed codes",
    level: "DECISION",
    role: "AS",
    asks: "Mails with a code or link to one address are few, whoever asks and whatever for, with an account or without.",
  },
} as const satisfies Requirements;
