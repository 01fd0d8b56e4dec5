import type { Requirements } from "./requirement.ts";

/** What a person may do about their own account, and who may not. Ours: no specification asks for it. */
export const accountPages = {
  "I6-ACCOUNT-FRESH": {
    at: "Account",
    level: "DECISION",
    role: "AS",
    asks: "Whoever changes how an account is signed in to proved who they are within the last ten minutes.",
  },
  "I6-ACCOUNT-FORMS": {
    at: "Account",
    level: "DECISION",
    role: "AS",
    asks: "No form of the account pages counts without its token, from another site, or for another account; what is another's, or gone, is left and not told apart.",
  },
  "I6-ACCOUNT-LAST-WAY": {
    at: "Account",
    level: "DECISION",
    role: "AS",
    asks: "Nobody takes their own last way in away, not even by two removals at once; the page says why.",
  },
  "I6-ACCOUNT-PASSKEYS": {
    at: "Account",
    level: "DECISION",
    role: "AS",
    asks: "A person adds, names and removes passkeys; each challenge is answered once.",
  },
  "I6-ACCOUNT-PASSWORD": {
    at: "Account",
    level: "DECISION",
    role: "AS",
    asks: "A new password takes the one that stands, is judged as everywhere, and signs every other browser out unless the person says otherwise.",
  },
  "I6-ACCOUNT-SECOND-FACTOR": {
    at: "Account",
    level: "DECISION",
    role: "AS",
    asks: "An authenticator app counts from its first code on; recovery codes are shown once, when they are made.",
  },
  "I6-ACCOUNT-EMAIL": {
    at: "Account",
    level: "DECISION",
    role: "AS",
    asks: "An address changes when a code that went to the new one is typed in the browser that asked; the old one is told.",
  },
  "I6-ACCOUNT-SESSIONS": {
    at: "Account",
    level: "DECISION",
    role: "AS",
    asks: "A person sees each browser that is signed in, with its device and place in words, and signs out one or all others.",
  },
  "I6-ACCOUNT-ACTIVITY": {
    at: "Account",
    level: "DECISION",
    role: "AS",
    asks: "A person reads what happened with their account and nothing of another's, and is told what is not shown.",
  },
  "I6-ACCOUNT-DATA": {
    at: "Account",
    level: "DECISION",
    role: "AS",
    asks: "A person downloads what is kept about them, without any secret, and deletes their account, which ends all access at once.",
  },
  "I6-ACCOUNT-MAILS": {
    at: "Account",
    level: "DECISION",
    role: "AS",
    asks: "Each change of how an account is signed in to is an audit event and a mail; so is a sign-in from a device that was never seen for the account, but for the first.",
  },
} as const satisfies Requirements;
