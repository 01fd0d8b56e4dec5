import { formOf } from "./bodies.ts";
import type { Field, PathDescription } from "./description.ts";
import { type Operation, together } from "./description.ts";
import { credentials, html, onward, sentPage, shownPage } from "./page-operations.ts";
import { ofFinding, ofPages } from "./refusal-groups.ts";
import { text, uri } from "./schema.ts";

const signOutFields: readonly Field[] = [
  { name: "id_token_hint", schema: text("An ID token of this session."), says: "With it nobody is asked." },
  { name: "client_id", schema: text("Whose redirect URI it is."), says: "Not needed beside a hint." },
  { name: "post_logout_redirect_uri", schema: uri("Where to go afterwards; registered exactly."), says: "" },
  { name: "state", schema: text("Given back as it came."), says: "" },
];

const signOut: Omit<Operation, "id" | "query" | "form"> = {
  tag: "Identity",
  summary: "Sign a person out",
  says:
    "OpenID Connect RP-Initiated Logout 1.0: ends the session of this browser and the lineages that it began. With an ID " +
    "token of this very session at once; otherwise the person is asked.",
  proves: ["none", "session"],
  answers: [html("Signed out, or the question whether to."), onward("The client, or the start page.")],
  refuses: together(ofFinding, {
    invalid_request: ["parameter.repeated", "logout.redirect-uri"],
  }),
};

/** OpenID Connect RP-Initiated Logout 1.0 §2 */
export const endSession: PathDescription = {
  GET: { ...signOut, id: "endSession", query: signOutFields },
  POST: {
    ...signOut,
    id: "endSessionByPost",
    form: formOf([
      ...signOutFields,
      { name: "form_token", schema: text("Of the page that asks."), says: "" },
      { name: "decision", schema: text("sign_out, or anything else to stay."), says: "" },
    ]),
    refuses: together(signOut.refuses ?? {}, ofPages),
  },
};

/** The first administrator. */
export const setUp: PathDescription = {
  GET: shownPage({
    id: "setUpPage",
    tag: "Operation",
    summary: "The page of the first start",
    says: "The one-time link that the first start prints.",
    fields: [{ name: "link", schema: text("The secret of the link."), says: "" }],
    answers: [html("The page."), html("The link is spent or has expired.", 410)],
    refuses: { invalid_request: ["parameter.repeated"] },
  }),
  POST: sentPage({
    id: "setUp",
    tag: "Operation",
    summary: "Make the first administrator",
    says: "Makes the account and spends the link, or neither.",
    fields: [
      { name: "link", schema: text("The secret of the link."), says: "", required: true },
      { name: "name", schema: text("How the person is called."), says: "" },
      ...credentials,
    ],
    answers: [
      html("The account was made."),
      html("What was typed cannot be taken.", 400),
      html("The link is spent or has expired.", 410),
    ],
    refuses: ofPages,
  }),
};

export const home: PathDescription = {
  GET: shownPage({
    id: "home",
    summary: "The start page",
    says: "The server's name and its documents; on a development server what its start prints.",
    answers: [html("The page.")],
  }),
};

const named = {
  name: "v",
  schema: text("The name of its content, as the pages have it."),
  says: "With another, or without, what stands now.",
};

export const stylesheet: PathDescription = {
  GET: shownPage({
    id: "stylesheet",
    summary: "The stylesheet of the pages",
    says: "With the operator's colours and rules; a client may have a look of its own.",
    fields: [named],
    answers: [{ status: 200, says: "The stylesheet.", type: "text/css" }],
  }),
};

export const passkeyScript: PathDescription = {
  GET: shownPage({
    id: "passkeyScript",
    summary: "The script of the pages that use passkeys",
    says: "No other page has one, and those are complete without it but for passkeys.",
    fields: [named],
    answers: [{ status: 200, says: "The script.", type: "text/javascript" }],
  }),
};

export const passwordScript: PathDescription = {
  GET: shownPage({
    id: "passwordScript",
    summary: "The script of the pages on which a new password is typed",
    says: "It asks how strong the password is; the pages are complete without it.",
    fields: [named],
    answers: [{ status: 200, says: "The script.", type: "text/javascript" }],
  }),
};

export const passwordStrength: PathDescription = {
  POST: {
    id: "passwordStrength",
    tag: "Pages",
    summary: "How strong a new password is",
    says: "For the pages of this server, while a password is typed. It is kept nowhere, and no other server is asked.",
    proves: ["none"],
    json: {
      schema: {
        type: "object",
        required: ["form_token", "password"],
        properties: {
          form_token: text("What the page gave its script: it counts for this browser."),
          password: text("", { format: "password" }),
          email: text("Whose it is to be: a password that holds it is weak."),
          name: text("The same."),
          ui_locales: text("The language of the page."),
        },
      },
    },
    answers: [
      {
        status: 200,
        says: "Empty where it could not be judged.",
        type: "application/json",
        schema: {
          type: "object",
          properties: {
            score: { type: "integer", minimum: 0, maximum: 4, description: "0 to 4; from 2 on it is taken." },
            message: text("What the person is told."),
          },
        },
        example: { score: 1, message: "This password is short enough to be tried. Use more words." },
      },
    ],
    refuses: {
      invalid_request: [
        "request.content-type",
        "request.json",
        "request.cross-site",
        "request.form-token",
        "parameter.malformed",
      ],
      temporarily_unavailable: ["request.rate"],
    },
  },
};

export const logo: PathDescription = {
  GET: shownPage({
    id: "logo",
    summary: "The operator's logo",
    says: "Under a policy that lets an SVG run and load nothing.",
    fields: [named],
    answers: [
      { status: 200, says: "The picture.", type: "image/svg+xml" },
      { status: 200, says: "The picture.", type: "image/png" },
      { status: 200, says: "The picture.", type: "image/webp" },
      { status: 200, says: "The picture.", type: "image/jpeg" },
      html("The operator has none.", 404),
    ],
  }),
};

export const language: PathDescription = {
  POST: {
    id: "language",
    tag: "Pages",
    summary: "Choose the language of the pages",
    says: "Kept in a cookie of this browser. One that is not offered changes nothing. It takes no token: there is nothing to gain.",
    proves: ["none"],
    form: formOf([
      { name: "language", schema: text("BCP 47, one of those that are offered."), says: "" },
      { name: "back", schema: text("The page to go back to: a path of this server."), says: "" },
    ]),
    answers: [onward("The page, or the start page.")],
    refuses: { invalid_request: ["parameter.repeated", "request.content-type"] },
  },
};
