import type { Field, PathDescription } from "./description.ts";
import { together } from "./description.ts";
import { html, onward, sentPage, shownPage } from "./page-operations.ts";
import { ofPages, ofPasswords } from "./refusal-groups.ts";
import { email, text } from "./schema.ts";

const link: Field = { name: "link", schema: text("The secret of the link."), says: "", required: true };
const name: Field = { name: "name", schema: text("How the person is called."), says: "" };
const spent = html("The link is spent or has expired, or never was one.", 410);
const wrong = html("What was typed cannot be taken.", 400);
const password: Field = {
  name: "password",
  schema: text("At least 12 characters, not easy to guess, not leaked.", { format: "password" }),
  says: "",
};

/** Whose password was forgotten. */
export const reset: PathDescription = {
  GET: shownPage({
    id: "resetPage",
    summary: "The page for a forgotten password",
    says: "With the link of the mail the page for a new password: opening it spends nothing. There where people sign in with a password and mails can be sent.",
    fields: [
      { ...link, says: "From the mail.", required: false },
      { name: "interaction", schema: text("What waits for the person."), says: "Where they go on." },
    ],
    answers: [html("The page."), spent],
    refuses: { invalid_request: ["parameter.repeated"] },
  }),
  POST: sentPage({
    id: "reset",
    summary: "Ask for a link, or set a new password with it",
    says: "Whether there is an account, neither the answer nor its time tells. A new password signs nobody in.",
    fields: [
      { name: "email", schema: email("Whose password was forgotten."), says: "" },
      { ...link, says: "With it the new password is set.", required: false },
      password,
      { name: "sign_out", schema: text("on, to end every session."), says: "" },
      { name: "end_access", schema: text("on, to end the access of every app."), says: "" },
    ],
    answers: [html("What happens next."), wrong, spent],
    refuses: together(ofPages, ofPasswords),
  }),
};

/** Whoever was invited. */
export const invitation: PathDescription = {
  GET: shownPage({
    id: "invitationPage",
    summary: "The page of an invitation",
    says: "Opening it spends nothing.",
    fields: [link],
    answers: [html("The page."), spent],
    refuses: { invalid_request: ["parameter.repeated"] },
  }),
  POST: sentPage({
    id: "invitation",
    summary: "Accept an invitation",
    says: "Makes the account and spends the link, or neither; and signs the person in.",
    fields: [
      link,
      { name: "email", schema: text("For password managers; that of the link counts."), says: "" },
      name,
      password,
    ],
    answers: [onward("The account page, or the next step of the sign-in."), wrong, spent],
    refuses: together(ofPages, ofPasswords),
  }),
};

/** An address that is to be confirmed. */
export const verifyEmail: PathDescription = {
  GET: shownPage({
    id: "verifyEmailPage",
    summary: "The page that confirms an address",
    says: "Opening it spends nothing.",
    fields: [link],
    answers: [html("The page."), spent],
    refuses: { invalid_request: ["parameter.repeated"] },
  }),
  POST: sentPage({
    id: "verifyEmail",
    summary: "Confirm an address",
    says: "Spends the link.",
    fields: [link],
    answers: [html("The address is confirmed."), spent],
    refuses: ofPages,
  }),
};
