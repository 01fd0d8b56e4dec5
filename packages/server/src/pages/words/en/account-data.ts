/** What a person's account says of them, and its end. */
export const profile = {
  title: "Your data",
  about: "About you",
  name: "Name",
  language: "Language of pages and emails",
  anyLanguage: "The browser’s language",
  save: "Save",
  saved: "Saved.",
  download: "Download",
  downloadLead:
    "Everything that is kept about you, as JSON: your account, passkeys, devices, apps and what happened. No password and no secret is in it.",
  downloadSubmit: "Download your data",
  remove: "Delete the account",
  removeLead: "Your account and everything in it is gone at once, and nobody can bring it back.",
  removeTitle: "Delete your account?",
  removeConsequences:
    "You are signed out everywhere, every app and agent loses its access, and your passkeys, password and connected accounts do not sign you in any more. What happened stays in this server’s records until they are old enough to be deleted.",
  removeType: "To go on, type the address of this account: **{email}**",
  removeEmail: "Address of this account",
  removeSubmit: "Delete the account for good",
  removeWrong: "This is not the address of this account.",
  removedTitle: "Your account is deleted",
  removed: "Your account and everything in it is gone. Goodbye.",
};
