import { formOf } from "./bodies.ts";
import { clientFields, resourceField, scopeField } from "./client-fields.ts";
import type { Field, PathDescription } from "./description.ts";
import { ofAuthorizations, ofParties } from "./refusal-groups.ts";
import { oneOf, seconds, text, uri } from "./schema.ts";

const [clientId] = clientFields;

const fields: readonly Field[] = [
  { name: "response_type", schema: oneOf("OAuth 2.1 §4.1.1", ["code"]), says: "", required: true },
  ...(clientId ? [{ ...clientId, says: "", required: true }] : []),
  {
    name: "redirect_uri",
    schema: uri("Where the browser is sent with the answer.", "https://app.example.com/callback"),
    says: "Registered exactly; only the port of a loopback URI may differ. Needed unless one alone is registered.",
  },
  {
    name: "code_challenge",
    schema: text("RFC 7636 §4.2: the SHA-256 of the verifier, base64url.", {
      pattern: "^[A-Za-z0-9_-]{43}$",
      examples: ["E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"],
    }),
    says: "",
    required: true,
  },
  {
    name: "code_challenge_method",
    schema: oneOf("", ["S256"]),
    says: "plain does not exist.",
    required: true,
  },
  scopeField,
  resourceField,
  { name: "state", schema: text("Given back as it came."), says: "" },
  { name: "response_mode", schema: oneOf("", ["query"]), says: "" },
  { name: "nonce", schema: text("OpenID Connect Core §3.1.2.1: given back in the ID token."), says: "" },
  {
    name: "prompt",
    schema: text("none, or any of login, consent, select_account, create.", { examples: ["login"] }),
    says: "With none there is no page: the answer comes at once. With create the page to sign up comes first, where sign-up is open.",
  },
  {
    name: "max_age",
    schema: seconds("How long ago the sign-in may be."),
    says: "",
  },
  {
    name: "acr_values",
    schema: text("RFC 9470: kinds of sign-in that are good enough, the best first."),
    says: "",
  },
  { name: "id_token_hint", schema: text("An ID token of the person who is to answer."), says: "" },
  { name: "login_hint", schema: text("The email address that the sign-in page begins with."), says: "" },
  {
    name: "direct_sign_in",
    schema: text("passkey, email, password, or upstream:<name>.", { examples: ["upstream:google"] }),
    says: "The way that the sign-in page begins with; an upstream is gone to at once. What is not offered is ignored.",
  },
  {
    name: "dpop_jkt",
    schema: text("RFC 9449 §10: the thumbprint of the key that the code is bound to."),
    says: "",
  },
];

const home = {
  Location:
    "A page of this server, or the client's redirect URI with `code`, `state` and `iss` (RFC 9207), or with `error`, " +
    "`error_description`, `state` and `iss`.",
};

/** OAuth 2.1 §3.1 */
export const authorize: PathDescription = {
  GET: {
    id: "authorize",
    tag: "Authorization",
    summary: "Ask a person for access",
    says:
      "OAuth 2.1 §4.1.1. The browser is sent here by the client, passes the pages for sign-in and consent, and comes home " +
      "with a code. A refusal is told to the client by redirect once the client and its redirect URI are known to be " +
      "good, and to the person otherwise.",
    proves: ["none", "session"],
    query: fields,
    answers: [{ status: 303, says: "Onward.", headers: home }],
    refuses: ofParties,
    redirects: ofAuthorizations,
  },
  POST: {
    id: "authorizeByPost",
    tag: "Authorization",
    summary: "The same, as a form",
    says: "OpenID Connect Core §3.1.2.1: turned into the GET, whose cookies count. Judged there.",
    form: formOf(fields),
    answers: [{ status: 303, says: "To the GET.", headers: { Location: "The same request as a GET." } }],
    refuses: { invalid_request: ["request.content-type"] },
  },
};
