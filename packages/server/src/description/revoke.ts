import { formOf } from "./bodies.ts";
import { clientFields } from "./client-fields.ts";
import { type PathDescription, together } from "./description.ts";
import { ofCallers, ofForms, ofKeys } from "./refusal-groups.ts";
import { object, text } from "./schema.ts";

/** RFC 7009 */
export const revoke: PathDescription = {
  POST: {
    id: "revoke",
    tag: "Tokens",
    summary: "End a token before its time",
    says:
      "RFC 7009: a client ends a token of its own, public clients too. A refresh token of any age ends its whole lineage " +
      "and the access tokens of it; an access token ends alone. Unknown and foreign tokens are answered alike.",
    proves: ["none", "clientSecret", "clientAssertion"],
    form: formOf(
      [
        { name: "token", schema: text("An access token or a refresh token."), says: "", required: true },
        {
          name: "token_type_hint",
          schema: text("RFC 7009 §2.1"),
          says: "Not needed: tokens say what they are.",
        },
        ...clientFields,
      ],
      { token: { summary: "A refresh token", value: { client_id: "client_1", token: "REFRESH_TOKEN" } } },
    ),
    answers: [{ status: 200, says: "The token is worth nothing now.", schema: object({}, []), example: {} }],
    refuses: together(ofForms, ofCallers, ofKeys),
  },
};
