import { type AccountFrame, accountStep } from "./account-layout.ts";
import { codeField, field, form } from "./form.ts";
import { markup } from "./markup.ts";
import { actions, button } from "./parts.ts";
import { address } from "./signed-in-as.ts";
import { lengthOfTime, say } from "./words/say.ts";

/** A person wants another address. */
export function changeEmailPage(data: AccountFrame & { typed?: string }): string {
  const texts = data.words.security;
  const body = markup`<p class="lead">${texts.changeEmailLead}</p>
${form(
  data,
  markup`${field({ name: "email", label: texts.newEmail, type: "email", autocomplete: "email", value: data.typed, isInError: data.error !== undefined, hasFocus: true })}
${actions([button({ label: texts.changeEmailSubmit, name: "action", value: "mail" })])}`,
)}`;
  return accountStep(data, "security", texts.changeEmailTitle, body);
}

export interface NewEmailCodeData extends AccountFrame {
  email: string;
  /** Seconds. */
  lifetime: number;
  /** Of the link in the mail. */
  code?: string;
}

/** The code that went to the new address, which proves that it is theirs. */
export function newEmailCodePage(data: NewEmailCodeData): string {
  const { words, lang, email, code, error } = data;
  const texts = words.security;
  const minutes = lengthOfTime(data.lifetime, lang);
  const body = markup`<p>${say(texts.emailCodeLead, { email: address(email), minutes })}</p>
${form(
  data,
  markup`${codeField({ label: words.steps.code, isInError: error !== undefined, ...(code !== undefined && { value: code }) })}
${actions([button({ label: texts.emailCodeSubmit, name: "action", value: "confirm" })])}`,
)}`;
  return accountStep(data, "security", texts.changeEmailTitle, body);
}
