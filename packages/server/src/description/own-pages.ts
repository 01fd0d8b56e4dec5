import { type PathDescription, together } from "./description.ts";
import { decision, html, onward, sentPage, shownPage, userCode } from "./page-operations.ts";
import { ofFinding, ofPages } from "./refusal-groups.ts";
import { text } from "./schema.ts";

const repeated = { invalid_request: ["parameter.repeated"] } as const;
const rate = { temporarily_unavailable: ["request.rate"] } as const;
const toSignIn = "The sign-in page, where nobody is signed in.";
const beyondRoles = { access_denied: ["scope.beyond-role"] } as const;
const destination = {
  name: "to",
  schema: text("Where to go afterwards: account, device, or a page below account.", {
    examples: ["account/security"],
  }),
  says: "Left out, the account page.",
};

/** RFC 8628 §3.3 */
export const device: PathDescription = {
  GET: shownPage({
    id: "devicePage",
    summary: "The page to tell which device is yours",
    says: "A link that brings the code along shows it to compare, and decides nothing.",
    proves: ["session"],
    fields: [userCode],
    answers: [html("The page."), html("The code cannot be one.", 400), onward(toSignIn)],
    refuses: repeated,
  }),
  POST: sentPage({
    id: "deviceCode",
    summary: "Type or compare the code of a device",
    says: "Answered with the page to decide. Wrong codes count for the person, the address, and all together.",
    proves: ["session"],
    fields: [userCode, { name: "same", schema: text("no, where the shown code is another."), says: "" }],
    answers: [
      html("What the device asks for."),
      html("No device is waiting with this code.", 400),
      onward(toSignIn),
    ],
    refuses: together(ofFinding, ofPages, rate, beyondRoles),
  }),
};

export const deviceDecision: PathDescription = {
  POST: sentPage({
    id: "deviceDecision",
    summary: "Decide what a device may do",
    says: "What the device asked is judged again. Only a page that showed this code to this person can send it.",
    proves: ["session"],
    fields: [userCode, ...decision],
    answers: [html("The decision stands."), onward(toSignIn)],
    refuses: together(ofFinding, ofPages, beyondRoles, {
      invalid_request: ["device.decided", "parameter.malformed"],
    }),
  }),
};

export const account: PathDescription = {
  GET: shownPage({
    id: "accountPage",
    summary: "The page of what you let in",
    says: "Apps and devices, when they were last here, and a button to end each.",
    proves: ["session"],
    fields: [{ name: "ended", schema: text("What was ended just now."), says: "" }],
    answers: [html("The page."), onward(toSignIn)],
    refuses: repeated,
  }),
  POST: sentPage({
    id: "endAccess",
    summary: "End a device, an app, or all access",
    says: "What is another person's, or gone, is left as it is and not told apart.",
    proves: ["session"],
    fields: [
      {
        name: "end",
        schema: text("device and its number, app and its number, or all."),
        says: "",
        required: true,
      },
    ],
    answers: [onward("The account page.")],
    refuses: ofPages,
  }),
};

/** Whatever sends a person to sign in for a page of ours. */
export const accountSignIn: PathDescription = {
  GET: shownPage({
    id: "ownSignIn",
    summary: "Begin a sign-in for a page of this server",
    says: "For the pages of the account and of devices; no other destination exists.",
    fields: [destination, userCode],
    answers: [onward("The sign-in page, or that of `sign_in.pages_url`.")],
    refuses: together(repeated, rate),
  }),
};
