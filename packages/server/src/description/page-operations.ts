import { formOf } from "./bodies.ts";
import type { Answer, Field, Operation, Refusals, Tag } from "./description.ts";
import { email, text } from "./schema.ts";

type About = Pick<Operation, "id" | "summary" | "says"> & {
  readonly fields?: readonly Field[];
  readonly proves?: Operation["proves"];
  readonly answers: readonly Answer[];
  readonly refuses?: Refusals;
  readonly redirects?: Refusals;
  readonly tag?: Tag;
};

/** A page that a person opens. */
export function shownPage({ fields, tag = "Pages", proves = ["none"], ...about }: About): Operation {
  return { ...about, tag, proves, ...(fields && { query: fields }) };
}

/** What a page of ours sends; each carries the token that the page gave it. */
export function sentPage({ fields = [], tag = "Pages", proves = ["none"], ...about }: About): Operation {
  return { ...about, tag, proves, form: formOf([formToken, ...fields]) };
}

export const html = (says: string, status = 200): Answer => ({ status, says, type: "text/html" });

export const onward = (says: string): Answer => ({
  status: 303,
  says: "Onward.",
  headers: { Location: says },
});

const formToken: Field = {
  name: "form_token",
  schema: text("What the page gave the form: it counts for this browser and this page alone."),
  says: "",
  required: true,
};

export const interaction: Field = {
  name: "interaction",
  schema: text("Which authorization is under way."),
  says: "Counts in the browser that began it.",
  required: true,
};

export const userCode: Field = {
  name: "user_code",
  schema: text("As the device shows it; case and punctuation do not matter.", { examples: ["BDWP-HQPK"] }),
  says: "",
};

export const credentials: readonly Field[] = [
  { name: "email", schema: email(""), says: "", required: true },
  { name: "password", schema: text("", { format: "password" }), says: "", required: true },
];

export const decision: readonly Field[] = [
  { name: "decision", schema: text("allow, or anything else to refuse."), says: "" },
  {
    name: "scope",
    schema: { type: "array", items: { type: "string" }, description: "What stayed ticked." },
    says: "",
  },
  {
    name: "until",
    schema: text("How long it counts: day, week, month, or ended, until the person ends it.", {
      examples: ["ended", "week"],
    }),
    says: "Left out, it is ended.",
  },
];
