import { type Field, type PathDescription, together } from "./description.ts";
import { html, onward, sentPage, shownPage } from "./page-operations.ts";
import { ofPages, ofPasswords, ofSecrets } from "./refusal-groups.ts";
import { email as emailSchema, text } from "./schema.ts";

const repeated = { invalid_request: ["parameter.repeated"] } as const;
const rate = { temporarily_unavailable: ["request.rate"] } as const;
const shows = together(repeated, rate);
const takes = together(ofPages, ofPasswords);
const page = html("The page.");
const again = html("What was typed cannot be taken.", 400);
const toSignIn = onward("The sign-in page, where nobody is signed in.");
const toFreshSignIn = onward("The sign-in page, for who did not sign in within the last ten minutes.");
const back = onward("The page of how they sign in; or the sign-in page, for who did that long ago.");
const lately = "Asks for a sign-in of the last ten minutes.";

const action = (words: string): Field => ({ name: "action", schema: text(words), says: "", required: true });
const optional = (name: string, says: string): Field => ({ name, schema: text(says), says: "" });

export const accountSecurity: PathDescription = {
  GET: shownPage({
    id: "securityPage",
    summary: "The page of how you sign in",
    says: "Passkeys, password, authenticator app, recovery codes, accounts elsewhere and the address.",
    proves: ["session"],
    fields: [
      optional("done", "What was done just now."),
      optional("kept", "What was not done: way, factor or stale."),
      optional("upstream", "Which upstream it is about."),
      optional("connected", "yes, when it was connected just now."),
      optional("fault", "Why it was not."),
    ],
    answers: [page, toSignIn],
    refuses: shows,
  }),
  POST: sentPage({
    id: "changeSecurity",
    summary: "Change something of how you sign in",
    says: `${lately} What is another person's, or gone, is left as it is and not told apart; the last way in stays.`,
    proves: ["session"],
    fields: [
      action("remove-app, new-codes, kept-codes, disconnect or verify-email."),
      optional("upstream", "With disconnect: which upstream."),
      optional("subject", "With disconnect: which account there."),
    ],
    answers: [html("New recovery codes, shown this once."), back],
    refuses: takes,
  }),
};

export const accountPasskey: PathDescription = {
  GET: shownPage({
    id: "ownPasskeyPage",
    summary: "The page that adds a passkey, or changes one",
    says: lately,
    proves: ["session"],
    fields: [optional("id", "Which passkey; absent for a new one."), optional("fault", "What went wrong.")],
    answers: [page, toFreshSignIn],
    refuses: shows,
  }),
  POST: sentPage({
    id: "changePasskey",
    summary: "Add, rename or remove a passkey",
    says: `${lately} Each challenge is answered once.`,
    proves: ["session"],
    fields: [
      action("new-passkey, rename or remove."),
      optional("id", "Which passkey; absent for a new one."),
      optional("name", "What the person calls it."),
      optional("interaction", "Whose challenge is answered."),
      optional("credential", "What the browser made: JSON as WebAuthn has it."),
    ],
    answers: [back],
    refuses: takes,
  }),
};

export const accountPassword: PathDescription = {
  GET: shownPage({
    id: "ownPasswordPage",
    summary: "The page that sets a password",
    says: lately,
    proves: ["session"],
    answers: [page, toFreshSignIn],
    refuses: shows,
  }),
  POST: sentPage({
    id: "changePassword",
    summary: "Set, change or remove the password",
    says: `${lately} Wrong guesses at the current password count with those of the sign-in page.`,
    proves: ["session"],
    fields: [
      action("set or remove."),
      { name: "current", schema: text("The one that stands.", { format: "password" }), says: "" },
      { name: "password", schema: text("The new one.", { format: "password" }), says: "" },
      optional("sign_out", "on, to end every other session."),
    ],
    answers: [back, again],
    refuses: takes,
  }),
};

export const accountApp: PathDescription = {
  GET: shownPage({
    id: "ownAppPage",
    summary: "The page that sets an authenticator app up",
    says: `${lately} A new secret each time, of which nothing is kept before its first code.`,
    proves: ["session"],
    answers: [page, toFreshSignIn],
    refuses: shows,
  }),
  POST: sentPage({
    id: "confirmApp",
    summary: "Confirm an authenticator app by its first code",
    says: lately,
    proves: ["session"],
    fields: [
      action("confirm."),
      optional("new_secret", "The sealed secret of the page."),
      optional("code", "What the app shows."),
    ],
    answers: [html("Recovery codes, shown this once."), again, back],
    refuses: together(takes, ofSecrets),
  }),
};

export const accountEmail: PathDescription = {
  GET: shownPage({
    id: "ownEmailPage",
    summary: "The page that changes the address",
    says: lately,
    proves: ["session"],
    fields: [optional("interaction", "Which change is under way."), optional("code", "From the mail.")],
    answers: [page, toFreshSignIn],
    refuses: shows,
  }),
  POST: sentPage({
    id: "changeEmail",
    summary: "Change the address",
    says: `${lately} A code goes to the new address; typed in the same browser it changes the address, and the old one is told.`,
    proves: ["session"],
    fields: [
      action("mail or confirm."),
      { name: "email", schema: emailSchema("The new address."), says: "" },
      optional("interaction", "Which change is under way."),
      optional("code", "From the mail."),
    ],
    answers: [back, again],
    refuses: takes,
  }),
};

export const accountSessions: PathDescription = {
  GET: shownPage({
    id: "sessionsPage",
    summary: "The page of where you are signed in",
    says: "Browsers, with their places as far as they are known.",
    proves: ["session"],
    fields: [optional("ended", "What was ended just now.")],
    answers: [page, toSignIn],
    refuses: shows,
  }),
  POST: sentPage({
    id: "endSessions",
    summary: "Sign other browsers out",
    says: "What is another person's, or gone, is left as it is and not told apart.",
    proves: ["session"],
    fields: [{ ...optional("end", "The sid of one, or others."), required: true }],
    answers: [onward("The page."), toSignIn],
    refuses: takes,
  }),
};

export const accountActivity: PathDescription = {
  GET: shownPage({
    id: "activityPage",
    summary: "The page of what happened with your account",
    says: "The newest hundred events; what each token did is not among them.",
    proves: ["session"],
    answers: [page, toSignIn],
    refuses: shows,
  }),
};

export const accountData: PathDescription = {
  GET: shownPage({
    id: "dataPage",
    summary: "The page of your data",
    says: "Name and language, a copy of everything, and the end of the account.",
    proves: ["session"],
    fields: [optional("done", "What was done just now.")],
    answers: [page, toSignIn],
    refuses: shows,
  }),
  POST: sentPage({
    id: "changeProfile",
    summary: "Set name and language",
    says: "",
    proves: ["session"],
    fields: [
      { ...optional("name", "How the person is called."), required: true },
      optional("locale", "BCP 47; browser for what the browser says."),
    ],
    answers: [onward("The page."), again, toSignIn],
    refuses: takes,
  }),
};

export const accountExport: PathDescription = {
  POST: sentPage({
    id: "exportData",
    summary: "Download a copy of everything that is kept about you",
    says: "No hash, no key and no secret is in it.",
    proves: ["session"],
    answers: [
      { status: 200, says: "A file.", type: "application/json", schema: { type: "object" } },
      toSignIn,
    ],
    refuses: takes,
  }),
};

export const accountDelete: PathDescription = {
  GET: shownPage({
    id: "deleteAccountPage",
    summary: "The page that deletes the account",
    says: lately,
    proves: ["session"],
    answers: [page, toFreshSignIn],
    refuses: shows,
  }),
  POST: sentPage({
    id: "deleteAccount",
    summary: "Delete the account",
    says: `${lately} Ends every session and all access; resources hear of it at once.`,
    proves: ["session"],
    fields: [{ name: "email", schema: emailSchema("That of the account, typed."), says: "", required: true }],
    answers: [html("The account is deleted."), again, toFreshSignIn],
    refuses: takes,
  }),
};
