import { longestWait } from "../tokens/revocation-feed.ts";
import { formOf } from "./bodies.ts";
import { clientFields } from "./client-fields.ts";
import { type PathDescription, together } from "./description.ts";
import { ofCallers, ofForms } from "./refusal-groups.ts";
import { named, text } from "./schema.ts";

/** docs/decisions/0012-revocation-feed.md */
export const revocations: PathDescription = {
  POST: {
    id: "revocations",
    tag: "Tokens",
    summary: "Hear what ended before its time",
    says:
      "The revocation feed, which no RFC knows: for resources that check tokens by themselves. Open to a confidential " +
      "client that may introspect at least one resource. The page's `next` is the `after` of the question that follows.",
    proves: ["clientSecret", "clientAssertion"],
    form: formOf(
      [
        { name: "after", schema: text("The cursor of the page before."), says: "Left out at the beginning." },
        {
          name: "wait",
          schema: text(`How long the question may be held open, in seconds up to ${longestWait}.`, {
            pattern: "^\\d{1,3}(\\.\\d{1,3})?$",
            examples: ["20"],
          }),
          says: "Left out, the answer comes at once.",
        },
        ...clientFields,
      ],
      { beginning: { summary: "The first question", value: { wait: "0" } } },
    ),
    answers: [
      {
        status: 200,
        says: "What ended, oldest first.",
        schema: named("RevocationFeedPage"),
        example: {
          events: [{ kind: "lineage", id: "4711", at: 1_800_000_000 }],
          next: "1.1799999940.0f3a",
          more: false,
          at: 1_800_000_001,
          token_lifetime: 600,
          waited: 1.204,
        },
      },
    ],
    refuses: together(ofForms, ofCallers, {
      invalid_request: ["feed.wait"],
      access_denied: ["feed.not-allowed"],
    }),
  },
};
