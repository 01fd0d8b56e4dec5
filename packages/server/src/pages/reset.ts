import { checkbox } from "./checkbox.ts";
import { type FormTarget, field, form, formError, formTitle } from "./form.ts";
import { type Frame, layout } from "./layout.ts";
import { markup } from "./markup.ts";
import { newPasswordField } from "./new-password-field.ts";
import { actions, button, linkButton } from "./parts.ts";
import type { PasswordMeter } from "./password-meter.ts";
import { address } from "./signed-in-as.ts";
import { lengthOfTime, say } from "./words/say.ts";

export interface ResetData extends Frame, FormTarget {
  email?: string;
  error?: string;
}

/** Who forgot their password asks for a mail. */
export function resetPage(data: ResetData): string {
  const { words, error } = data;
  const { title, lead, submit } = words.reset;
  const email = { name: "email", label: words.signIn.email, type: "email", value: data.email } as const;
  const body = markup`<h1>${title}</h1>
<p class="lead">${lead}</p>
${formError(error)}
${form(
  data,
  markup`${field({ ...email, autocomplete: "username", isInError: error !== undefined, hasFocus: true })}
${actions([button({ label: submit })])}`,
)}`;
  return layout({ ...data, title: formTitle(title, error, words), body });
}

/** The same whether there is an account or not. */
export function resetSentPage(data: Frame & { email: string; lifetime: number }): string {
  const { words, lang, email } = data;
  const texts = words.reset;
  const minutes = lengthOfTime(data.lifetime, lang);
  const body = markup`<h1>${texts.sentTitle}</h1>
<p>${say(texts.sent, { email: address(email), minutes })}</p>
<p class="hint">${texts.sentHint}</p>`;
  return layout({ ...data, title: texts.sentTitle, body });
}

export interface NewPasswordData extends Frame, FormTarget {
  email: string;
  /** In characters. */
  minimumPasswordLength: number;
  meter: PasswordMeter;
  signsOut: boolean;
  endsAccess: boolean;
  error?: string;
}

/** Where the link of the mail leads. */
export function newPasswordPage(data: NewPasswordData): string {
  const { words, error, minimumPasswordLength: minimum } = data;
  const texts = words.reset;
  const isInError = error !== undefined;
  const body = markup`<h1>${texts.newTitle}</h1>
${formError(error)}
${form(
  data,
  markup`${field({ name: "email", label: words.signIn.email, type: "email", autocomplete: "username", value: data.email, isFixed: true })}
${newPasswordField({ words, label: texts.newPassword, minimum, meter: data.meter, isInError, hasFocus: true })}
${checkbox({ name: "sign_out", label: texts.signOut, hint: texts.signOutHint, isTicked: data.signsOut })}
${checkbox({ name: "end_access", label: texts.endAccess, hint: texts.endAccessHint, isTicked: data.endsAccess })}
${actions([button({ label: texts.newSubmit })])}`,
)}`;
  return layout({ ...data, title: formTitle(texts.newTitle, error, words), body });
}

export interface PasswordSetData extends Frame {
  signedOut: boolean;
  endedAccess: boolean;
  signInHref: string;
}

/** Nobody is signed in by a link: the new password, and whatever else the account has, is asked for at the sign-in. */
export function passwordSetPage(data: PasswordSetData): string {
  const { words, signedOut, endedAccess } = data;
  const texts = words.reset;
  const body = markup`<h1>${texts.doneTitle}</h1>
<p>${texts.done}${signedOut && ` ${texts.doneSignedOut}`}${endedAccess && ` ${texts.doneEndedAccess}`}</p>
<div class="actions">${linkButton(words.signIn.submit, data.signInHref)}</div>`;
  return layout({ ...data, title: texts.doneTitle, body });
}

/** The link was used, has expired, was overtaken by a newer one, or never was one; which of them is not said. */
export function spentResetLinkPage(data: Frame & { resetHref: string }): string {
  const texts = data.words.reset;
  const body = markup`<h1>${texts.spentTitle}</h1>
<p>${texts.spent}</p>
<div class="actions">${linkButton(texts.spentAgain, data.resetHref)}</div>`;
  return layout({ ...data, title: texts.spentTitle, body });
}
