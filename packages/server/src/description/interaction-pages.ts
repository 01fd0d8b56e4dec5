import { formOf } from "./bodies.ts";
import { type Field, type PathDescription, together } from "./description.ts";
import { decision, html, interaction, onward, sentPage, shownPage } from "./page-operations.ts";
import {
  ofAuthorizations,
  ofInteractions,
  ofPages,
  ofParties,
  ofPasswords,
  ofSecrets,
} from "./refusal-groups.ts";
import { text } from "./schema.ts";

/** What of an upstream's answer is read. */
const answerFields: readonly Field[] = [
  {
    name: "state",
    schema: text("As it was sent: it names the interaction and proves the browser."),
    says: "",
  },
  { name: "code", schema: text("What is redeemed there."), says: "" },
  { name: "iss", schema: text("Who answers: RFC 9207."), says: "" },
  { name: "error", schema: text("Why there is no code."), says: "" },
];

const rate = { temporarily_unavailable: ["request.rate"] } as const;

const fields: readonly Field[] = [
  {
    name: "action",
    schema: text("What is done: the name of a button of the page."),
    says: "password where it is left out.",
  },
  { name: "email", schema: text("For password, email, sign-up."), says: "" },
  { name: "password", schema: text("For password, sign-up.", { format: "password" }), says: "" },
  { name: "name", schema: text("For sign-up, and for a passkey's name."), says: "" },
  { name: "code", schema: text("From a mail, an authenticator app or the recovery codes."), says: "" },
  { name: "credential", schema: text("What the browser gave for a passkey, as JSON."), says: "" },
  { name: "upstream", schema: text("Where else the person signs in."), says: "" },
];

/** Where a person signs in, for a client that waits or for a page of ours. */
export const signIn: PathDescription = {
  GET: shownPage({
    id: "signInPage",
    summary: "The page to sign in",
    says: "Follows GET /authorize where nobody is signed in, or the client asked for a new sign-in; and whatever page of ours a person must sign in for. Shows the step that they are at.",
    fields: [
      interaction,
      { name: "way", schema: text("sign-up, for the form of a new account."), says: "" },
      {
        name: "code",
        schema: text("From the link of a mail: it is filled in, and spent by nothing but the form."),
        says: "",
      },
    ],
    answers: [html("The page."), onward("Where the client named the upstream to sign in at.")],
    refuses: together(ofParties, ofInteractions, rate, ofSecrets),
  }),
  POST: sentPage({
    id: "signIn",
    summary: "One step of a sign-in",
    says: "Wrong guesses count for the address, the account and both together. The same steps are taken by POST /interaction/v1.",
    fields: [interaction, ...fields],
    answers: [
      onward("The next step, the consent page, the page that waits, or another provider."),
      html("The step did not work; the page says why.", 400),
    ],
    refuses: together(ofParties, ofInteractions, ofPages, ofPasswords, ofSecrets),
  }),
};

const upstream: Field = {
  name: "upstream",
  schema: text("The name of the provider in the settings."),
  says: "",
};

/** Where a provider elsewhere sends the browser back to. */
export const upstreamCallback: PathDescription = {
  GET: {
    ...shownPage({
      id: "upstreamCallback",
      summary: "Come back from a provider elsewhere",
      says: "The redirect URI of one upstream. OpenID Connect Core 1.0 §3.1.2.5, RFC 9207.",
      fields: answerFields,
      answers: [onward("The next step of the sign-in, the consent page, or the page that waits.")],
      refuses: together(ofParties, ofInteractions, rate),
    }),
    path: [upstream],
  },
  POST: {
    id: "upstreamFormPost",
    tag: "Pages",
    summary: "Come back from a provider that answers by a form",
    says: "Nothing is judged here: what came goes on as a GET, which carries the browser's cookie. OAuth 2.0 Form Post Response Mode §2.",
    proves: ["none"],
    path: [upstream],
    form: formOf([
      ...answerFields,
      { name: "user", schema: text("JSON with the name, from Apple, at the first sign-in."), says: "" },
    ]),
    answers: [onward("The same address, with what came as its query.")],
    refuses: { invalid_request: ["request.content-type", "parameter.repeated"] },
  },
};

/** From the account page to a provider elsewhere, to connect the account there. */
export const upstreamConnect: PathDescription = {
  POST: {
    ...sentPage({
      id: "connectUpstream",
      summary: "Connect an account elsewhere",
      says: "Asks for a sign-in of the last ten minutes.",
      proves: ["session"],
      answers: [onward("The provider; the sign-in page; or the account page, which says what went wrong.")],
      refuses: together(ofPages, rate),
    }),
    path: [upstream],
  },
};

/** Where a person decides what a client gets. */
export const consent: PathDescription = {
  GET: shownPage({
    id: "consentPage",
    summary: "The page to decide what an app may do",
    says: "Passed over where an earlier consent of a client that proves its name covers what is asked.",
    proves: ["session"],
    fields: [interaction],
    answers: [html("The page."), onward("The sign-in page, or the client with its answer.")],
    refuses: together(ofParties, ofInteractions),
    redirects: ofAuthorizations,
  }),
  POST: sentPage({
    id: "consent",
    summary: "Decide what an app may do",
    says: "The request is judged again, so that no more can be granted than the page could offer. Earns one code.",
    proves: ["session"],
    fields: [interaction, ...decision],
    answers: [onward("The client with its answer, or the sign-in page.")],
    refuses: together(ofParties, ofInteractions, ofPages, { invalid_request: ["parameter.malformed"] }),
    redirects: together(ofAuthorizations, { access_denied: ["consent.denied"] }),
  }),
};
