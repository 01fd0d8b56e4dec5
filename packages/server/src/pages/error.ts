import { type Frame, layout } from "./layout.ts";
import { isolated, markup } from "./markup.ts";

export interface ErrorData extends Frame {
  title: string;
  /** What happened. */
  message: string;
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
  const body = markup`<h1>${data.title}</h1>
<p>${data.message}</p>
<p>${data.whatToDo}</p>
${data.continueTo && markup`<div class="actions"><a class="button neutral" href="${data.continueTo.href}" rel="noreferrer">${isolated(data.continueTo.label)}</a></div>`}
${data.traceId && markup`<p class="reference hint">Reference <code>${isolated(data.traceId)}</code></p>`}`;
  return layout({ ...data, body });
}
