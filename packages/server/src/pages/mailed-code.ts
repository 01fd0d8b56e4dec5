import { codeField, type FormTarget, form, formError, formTitle } from "./form.ts";
import { type Frame, layout } from "./layout.ts";
import { markup } from "./markup.ts";
import { actions, button } from "./parts.ts";
import { address } from "./signed-in-as.ts";
import { lengthOfTime, say } from "./words/say.ts";

export interface MailedCodeData extends Frame, FormTarget {
  email: string;
  /** What the step is called: the way that judges the code. */
  step: string;
  /** The way that mails another one. */
  again: string;
  /** Seconds. */
  lifetime: number;
  /** Of a link from the mail: filled in, not yet sent. */
  code?: string;
  error?: string;
}

/** Where a person types what was mailed to them. It says the same where nothing was. */
export function mailedCodePage(data: MailedCodeData): string {
  const { words, lang, error, hidden } = data;
  const texts = words.steps;
  const minutes = lengthOfTime(data.lifetime, lang);
  const body = markup`<h1>${texts.codeTitle}</h1>
<p>${say(texts.codeLead, { email: address(data.email), minutes })}</p>
${formError(error)}
${form(
  { ...data, hidden: { ...hidden, action: data.step } },
  markup`${codeField({ label: texts.code, isInError: error !== undefined, ...(data.code !== undefined && { value: data.code }) })}
${actions([button({ label: texts.codeSubmit })])}`,
)}
${form(data, actions([button({ label: texts.codeAgain, kind: "outline", name: "action", value: data.again }), button({ label: texts.restart, kind: "plain", name: "action", value: "restart" })]))}`;
  return layout({ ...data, title: formTitle(texts.codeTitle, error, words), body });
}
