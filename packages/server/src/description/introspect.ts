import { formOf } from "./bodies.ts";
import { clientFields } from "./client-fields.ts";
import { type PathDescription, together } from "./description.ts";
import { ofCallers, ofForms, ofKeys } from "./refusal-groups.ts";
import { named, text } from "./schema.ts";

/** RFC 7662 */
export const introspect: PathDescription = {
  POST: {
    id: "introspect",
    tag: "Tokens",
    summary: "Ask what a token is worth now",
    says:
      "RFC 7662, for a confidential client that the operator lets look into the tokens of a resource, or that holds the " +
      "token itself. To everybody else, and for every dead token, the answer is that it is not active, and nothing more.",
    proves: ["clientSecret", "clientAssertion"],
    form: formOf(
      [
        { name: "token", schema: text("An access token or a refresh token."), says: "", required: true },
        {
          name: "token_type_hint",
          schema: text("RFC 7662 §2.1"),
          says: "Not needed: tokens say what they are.",
        },
        ...clientFields,
      ],
      { token: { summary: "An access token", value: { token: "ACCESS_TOKEN" } } },
    ),
    answers: [
      {
        status: 200,
        says: "Whether the token is active, and what it says if so.",
        schema: named("IntrospectionResponse"),
        example: { active: false },
      },
    ],
    refuses: together(ofForms, ofCallers, ofKeys),
  },
};
