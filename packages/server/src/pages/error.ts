import { type Frame, layout } from "./layout.ts";
import { isolated, markup } from "./markup.ts";
import { say } from "./words/say.ts";

export interface ErrorData extends Frame {
  title: string;
  /** What happened. */
  message: string;
  /** The sentence that a program gets, for the author of the app: always English. */
  forTheAuthor?: string;
  /** What the person, or the author of the app, can do now. */
  whatToDo: string;
  /** Under which the operator finds the handshake in the trace. */
  traceId?: string;
  /** Where the person may choose to go: an address that this server does not send them to by itself. */
  continueTo?: { href: string; label: string };
}

/**
 * A refusal as a page. OAuth 2.1 §4.1.2.1: a bad client or redirect URI is told to the person and never redirected;
 * so is what has no client to be told to: an expired step, a wrong form token, 404, 429, 500.
 */
export function errorPage(data: ErrorData): string {
  const texts = data.words.errors;
  const body = markup`<h1>${data.title}</h1>
<p>${data.message}</p>
<p>${data.whatToDo}</p>
${data.forTheAuthor !== undefined && markup`<p class="hint">${texts.forTheAuthor} <span lang="en" dir="ltr">${data.forTheAuthor}</span></p>`}
${data.continueTo && markup`<div class="actions"><a class="button neutral" href="${data.continueTo.href}" rel="noreferrer">${isolated(data.continueTo.label)}</a></div>`}
${data.traceId && markup`<p class="reference hint">${say(texts.reference, { id: markup`<code>${isolated(data.traceId)}</code>` })}</p>`}`;
  return layout({ ...data, body });
}
