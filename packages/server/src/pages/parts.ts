import { type Markup, markup } from "./markup.ts";

export interface ButtonData {
  label: string | Markup;
  /** "primary" once on a page; "outline" within lists; "plain" looks like a link. */
  kind?: "primary" | "neutral" | "outline" | "danger" | "plain";
  name?: string;
  value?: string;
  /** The id of what it acts on, where several buttons are called alike. */
  describedBy?: string;
  /** Sends the form although its fields are empty: for another way than filling them in. */
  skipsChecks?: boolean;
}

export function button({
  label,
  kind = "primary",
  name,
  value,
  describedBy,
  skipsChecks,
}: ButtonData): Markup {
  return markup`<button class="${kind}" type="submit"${name !== undefined && markup` name="${name}" value="${value ?? ""}"`}${skipsChecks && markup` formnovalidate`}${describedBy !== undefined && markup` aria-describedby="${describedBy}"`}>${label}</button>`;
}

/** A link that looks like a button. */
export function linkButton(
  label: string | Markup,
  href: string,
  kind: "neutral" | "outline" = "neutral",
): Markup {
  return markup`<a class="button ${kind}" href="${href}">${label}</a>`;
}

/** The buttons of a form, one below the other; a pair stands side by side. */
export function actions(buttons: readonly Markup[], { isPair = false } = {}): Markup {
  return markup`<div class="actions${isPair && markup` pair`}">
${buttons.map((one) => markup`${one}\n`)}</div>`;
}

/** Other ways, below the first one: a line with "or" and what may be chosen instead, each a button or a link-button. */
export function alternatives(or: string, ways: readonly Markup[]): Markup | undefined {
  if (ways.length === 0) return undefined;
  return markup`<p class="or"><span>${or}</span></p>
<div class="actions">
${ways.map((way) => markup`${way}\n`)}</div>`;
}

/** What was just done. */
export function notice(text: string | Markup | undefined): Markup | undefined {
  return text === undefined ? undefined : markup`<p class="notice" role="status">${text}</p>`;
}

/** What to beware of: paragraphs, each of which begins with strong words. */
export function caution(label: string, sentences: readonly Markup[]): Markup | undefined {
  if (sentences.length === 0) return undefined;
  return markup`<div class="caution" role="note" aria-label="${label}">
${sentences.map((sentence) => markup`<p>${sentence}</p>\n`)}</div>`;
}

export interface RowData {
  /** What `button` of the row refers to. */
  id: string;
  title: string | Markup;
  hint?: string | Markup | undefined;
  action?: Markup | undefined;
}

/** A list of things, each with its name, a line about it, and what can be done with it. */
export function rows(all: readonly RowData[]): Markup {
  return markup`<ul class="rows">
${all.map(
  ({ id, title, hint, action }) => markup`<li>
<div>
<p id="${id}">${title}</p>
${hint !== undefined && markup`<p class="hint">${hint}</p>\n`}</div>
${action}
</li>
`,
)}</ul>`;
}

/** What is opened by a step of its own, so that no slip of the thumb does it. */
export function details(summary: string, body: Markup, { isOpen = false } = {}): Markup {
  return markup`<details${isOpen && markup` open`}>
<summary>${summary}</summary>
${body}
</details>`;
}

/** What is known, as terms with their facts. */
export function facts(all: readonly { term: string; fact: Markup }[]): Markup {
  return markup`<dl class="facts">
${all.map(({ term, fact }) => markup`<div>\n<dt>${term}</dt>\n<dd>${fact}</dd>\n</div>\n`)}</dl>`;
}

/** A part of a page under a heading of the second rank. */
export function section(id: string, heading: string, body: Markup): Markup {
  return markup`<section aria-labelledby="${id}">
<h2 id="${id}">${heading}</h2>
${body}
</section>`;
}
