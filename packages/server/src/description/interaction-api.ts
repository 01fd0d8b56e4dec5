import type { Answer, Field, PathDescription } from "./description.ts";
import { together } from "./description.ts";
import { interaction } from "./page-operations.ts";
import { ofAuthorizations, ofInteractions, ofPages, ofParties, ofSecrets } from "./refusal-groups.ts";
import { type Schema, text } from "./schema.ts";

const list = (says: string): Schema => ({ type: "array", items: { type: "string" }, description: says });
const object = (says: string): Schema => ({ type: "object", description: says });

/** What the interaction API answers: where the person is, and what they can do there. docs/build/own-pages.md */
const state: Schema = {
  type: "object",
  required: ["version", "step"],
  properties: {
    version: { type: "integer", const: 1 },
    step: text(
      "sign-in, email-code, sign-up-code, second-factor, offered-passkey, new-second-factor, new-one-time-password, recovery-codes, consent; done and elsewhere, where the browser goes to `location`; refused, where it may.",
    ),
    interaction: text("Which interaction it is."),
    form_token: text("To be sent with the next step; it counts for this browser and this person."),
    expires_at: { type: "integer", description: "Seconds since 1970." },
    actions: list("What can be done now."),
    begin_with: text(
      "What the client has the sign-in begin with: sign-up (prompt=create), or the way that direct_sign_in names.",
    ),
    fault: text("Why the step that was sent did not work, as a word."),
    message: text("The same as a sentence in the person's language."),
    email: text("What was typed before or hinted, or whose second factor is asked for."),
    client: object("Who asks: id, name, host; on the consent step all that our own page shows."),
    page: text("The page of this server that waits, where no client does."),
    upstreams: { type: "array", items: object("id, name and kind, for the action upstream.") },
    passkey_request: object(
      "For navigator.credentials.get; what it gives goes back as `credential` with the action passkey.",
    ),
    passkey_creation: object("For navigator.credentials.create, with the action new-passkey."),
    one_time_password: object("uri, secret and qr (SVG), with the action confirm-one-time-password."),
    recovery_codes: list("Shown once, with the action kept-recovery-codes."),
    account: object("Who decides: email and name."),
    resources: { type: "array", items: object("Name and identifier of each.") },
    scopes: {
      type: "array",
      items: object("name, sentence, risk, resource, optional, checked, already_granted."),
    },
    length: object("How long the access lasts, in `says`; each choice as value, for `until`, and label."),
    redirect_host: text("Where the browser goes after the decision."),
    remembered: {
      type: "boolean",
      description: "Whether the same request passes without a question next time.",
    },
    location: text("Where the browser goes now."),
    ask_first: {
      type: "boolean",
      description: "Whether the person is asked before: nobody vouches for the place.",
    },
    error: text("What the client is told."),
    error_description: text(""),
    client_name: text("Who is told."),
  },
};

const told = (says: string, status = 200): Answer => ({
  status,
  says,
  type: "application/json",
  schema: state,
});

/** A person who was named by a hint, at the first step. */
const example = {
  version: 1,
  interaction: "f3c0JmqXv0Yw",
  form_token: "Zk9yYmlkZGVu",
  expires_at: 1_800_001_800,
  step: "sign-in",
  actions: ["passkey", "password", "email", "upstream"],
  client: { id: "notes", name: "Example Notes", host: "notes.example.com" },
  email: "ada@example.com",
  upstreams: [{ id: "work", name: "Example Inc.", kind: "oidc" }],
};

const step: Field[] = [
  interaction,
  { name: "form_token", schema: text("As the state before said."), says: "", required: true },
  {
    name: "action",
    schema: text("One of `actions`; restart begins anew.", {
      examples: ["password", "email", "passkey", "consent"],
    }),
    says: "",
    required: true,
  },
  { name: "email", schema: text("For password, email, sign-up."), says: "" },
  { name: "password", schema: text("For password, sign-up."), says: "" },
  { name: "name", schema: text("For sign-up, and for a passkey's name."), says: "" },
  { name: "code", schema: text("For email-code, sign-up-code, one-time-password, recovery-code."), says: "" },
  { name: "credential", schema: object("What the browser gave, for passkey and new-passkey."), says: "" },
  { name: "upstream", schema: text("Which one, for upstream."), says: "" },
  { name: "decision", schema: text("allow or deny, for consent."), says: "" },
  { name: "scope", schema: list("What stayed ticked, for consent."), says: "" },
  { name: "until", schema: text("How long, for consent, as the state offers it."), says: "" },
];

/** The API on which a team builds pages of its own. */
export const interactionApi: PathDescription = {
  GET: {
    id: "interactionState",
    tag: "Pages",
    summary: "Where a person is with their sign-in",
    says: "Answers in the browser that began, by its cookie; to this origin and to that of `sign_in.pages_url`.",
    proves: ["none"],
    query: [interaction],
    answers: [{ ...told("What waits, and what can be done."), example }],
    refuses: together(ofParties, ofInteractions, ofAuthorizations, ofSecrets),
  },
  POST: {
    id: "interactionStep",
    tag: "Pages",
    summary: "One step of a sign-in or a decision",
    says: "Our own pages take the same steps.",
    proves: ["none"],
    json: {
      schema: {
        type: "object",
        required: step.filter(({ required }) => required).map(({ name }) => name),
        properties: Object.fromEntries(step.map(({ name, schema }) => [name, schema])),
      },
    },
    answers: [{ ...told("What waits now."), example }, told("The step did not work: `fault` says why.", 400)],
    refuses: together(ofParties, ofInteractions, ofAuthorizations, ofPages, ofSecrets, {
      access_denied: ["consent.denied"],
      invalid_request: ["request.content-type", "request.json", "parameter.missing", "parameter.malformed"],
      temporarily_unavailable: ["request.rate", "server.busy"],
    }),
  },
};
