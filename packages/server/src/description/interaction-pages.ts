import { type PathDescription, together } from "./description.ts";
import { credentials, decision, html, interaction, onward, sentPage, shownPage } from "./page-operations.ts";
import { ofAuthorizations, ofInteractions, ofPages, ofParties } from "./refusal-groups.ts";

const rate = { temporarily_unavailable: ["request.rate"] } as const;

/** Where a person signs in for a client that waits. */
export const signIn: PathDescription = {
  GET: shownPage({
    id: "signInPage",
    summary: "The page to sign in for an app",
    says: "Follows GET /authorize where nobody is signed in, or the client asked for a new sign-in.",
    fields: [interaction],
    answers: [html("The page.")],
    refuses: together(ofParties, ofInteractions),
  }),
  POST: sentPage({
    id: "signIn",
    summary: "Sign in for an app",
    says: "Wrong guesses count for the address, the account and both together.",
    fields: [interaction, ...credentials],
    answers: [onward("The consent page."), html("E-mail or password is wrong.", 400)],
    refuses: together(ofParties, ofInteractions, ofPages, rate),
  }),
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
