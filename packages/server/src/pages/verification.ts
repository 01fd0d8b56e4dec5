import { errorPage } from "./error.ts";
import { type FormTarget, form } from "./form.ts";
import { type Frame, layout } from "./layout.ts";
import { markup } from "./markup.ts";
import { actions, button, linkButton } from "./parts.ts";
import { address } from "./signed-in-as.ts";
import { say } from "./words/say.ts";

/** Where the link of the mail leads: what opens links by itself, as mail scanners do, confirms nothing. */
export function verificationPage(data: Frame & FormTarget & { email: string }): string {
  const { title, lead, submit } = data.words.verification;
  const body = markup`<h1>${title}</h1>
<p>${say(lead, { email: address(data.email) })}</p>
${form(data, actions([button({ label: submit })]))}`;
  return layout({ ...data, title, body });
}

export function verifiedPage(data: Frame & { email: string; accountHref: string }): string {
  const { words, email } = data;
  const { doneTitle: title, done } = words.verification;
  const body = markup`<h1>${title}</h1>
<p>${say(done, { email: address(email) })}</p>
<div class="actions">${linkButton(words.mail.account, data.accountHref)}</div>`;
  return layout({ ...data, title, body });
}

/** The link was used, has expired, or never was one; which of them is not said. */
export function spentVerificationPage(frame: Frame): string {
  const { spentTitle: title, spent: message, spentWhatToDo: whatToDo } = frame.words.verification;
  return errorPage({ ...frame, title, message, whatToDo });
}
