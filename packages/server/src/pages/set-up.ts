import { errorPage } from "./error.ts";
import { type FormTarget, field, form, formError, formTitle } from "./form.ts";
import { type Frame, layout } from "./layout.ts";
import { isolated, markup } from "./markup.ts";
import { actions, button } from "./parts.ts";
import { type PasswordMeter, passwordMeter } from "./password-meter.ts";
import { address } from "./signed-in-as.ts";
import { say, tell } from "./words/say.ts";

export interface SetUpData extends Frame, FormTarget {
  error?: string;
  email?: string;
  name?: string;
  /** In characters. */
  minimumPasswordLength: number;
  meter: PasswordMeter;
}

/** The first administrator, made by the one-time link that the first start prints. */
export function setUpPage(data: SetUpData): string {
  const isInError = data.error !== undefined;
  const { words, productName: product, minimumPasswordLength: minimum } = data;
  const texts = words.setUp;
  const body = markup`<h1>${say(texts.heading, { product })}</h1>
<p class="lead">${texts.lead}</p>
${formError(data.error)}
${form(
  data,
  markup`${field({ name: "email", label: texts.email, type: "email", autocomplete: "username", value: data.email, isInError, hasFocus: true })}
${field({ name: "name", label: texts.name, type: "text", autocomplete: "name", value: data.name })}
${field({
  name: "password",
  label: texts.password,
  type: "password",
  autocomplete: "new-password",
  hint: tell(texts.passwordHint, { minimum }),
  minimumLength: minimum,
  isInError,
})}
${passwordMeter(words, data.meter)}
${actions([button({ label: texts.submit })])}`,
)}`;
  return layout({ ...data, title: formTitle(texts.title, data.error, words), body });
}

/** Nobody is signed in by a link: the account is made, and the next step is not in the browser. */
export function setUpDonePage(data: Frame & { account: { email: string; name: string } }): string {
  const { account, productName: product } = data;
  const texts = data.words.setUp;
  const name = isolated(account.name);
  const done =
    account.name === account.email
      ? say(texts.done, { name, product })
      : say(texts.doneWithEmail, { name, email: address(account.email), product });
  const body = markup`<h1>${texts.doneHeading}</h1>
<p>${done}</p>
<p>${say(texts.next, { command: markup`<code>valetkey resource add</code>` })}</p>`;
  return layout({ ...data, title: texts.title, body });
}

/** The link was used, has expired, or never was one; which of them is not said. */
export function spentSetUpLinkPage(frame: Frame): string {
  const { spentTitle: title, spent: message, spentWhatToDo: whatToDo } = frame.words.setUp;
  return errorPage({ ...frame, title, message, whatToDo });
}
