import { type Frame, layout } from "./layout.ts";
import { isolated, type Markup, markup } from "./markup.ts";

export interface OutboxData extends Frame {
  /** Newest first. */
  mails: readonly OutboxMail[];
}

export interface OutboxMail {
  to: string;
  subject: string;
  /** The plain part. */
  text: string;
  /** ISO 8601. */
  at: string;
}

/** What a development server would have sent: for developers, and English. */
export function outboxPage(data: OutboxData): string {
  const { mails } = data;
  const body = markup`<h1>Outbox</h1>
<p class="lead">This server has no mail server, so its mails are kept here: the newest 200, until it stops.</p>
${mails.length === 0 ? markup`<p class="nothing">No mail yet. Load this page again once something was sent.</p>` : mails.map(article)}
<p class="hint">This page exists only on a development server. The setting mail.smtp sends mails to people.</p>`;
  return layout({ ...data, title: "Outbox", body, width: "wide" });
}

function article({ to, subject, text, at }: OutboxMail, index: number): Markup {
  const id = `mail-${index + 1}`;
  return markup`<article class="app" aria-labelledby="${id}">
<h2 id="${id}">${isolated(subject)}</h2>
<p class="hint">To ${isolated(to)}, <time datetime="${at}">${at.replace("T", " ").replace(/\.\d+/, "")}</time></p>
${text
  .trim()
  .split(/\n{2,}/)
  .map(paragraph)}</article>
`;
}

// A line that is a code and nothing else stands large, as in the mail itself.
const code = /^[0-9A-Z]{4,10}(?:[ -][0-9A-Z]{2,10})*$/;

function paragraph(text: string): Markup {
  if (code.test(text)) return markup`<p class="user-code">${text}</p>\n`;
  const lines = text.split("\n").map((line, index) => markup`${index > 0 && markup`<br>\n`}${linked(line)}`);
  return markup`<p dir="auto">${lines}</p>\n`;
}

// Letters set an address on a line of its own; whatever a stranger wrote stands within a sentence.
function linked(line: string): Markup {
  return /^https?:\/\/[^\s<>"]+$/.test(line) ? markup`<a href="${line}">${line}</a>` : markup`${line}`;
}
