import { codeField, type FormTarget, field, form, formError, formTitle } from "./form.ts";
import { type Frame, layout } from "./layout.ts";
import { type Markup, markup } from "./markup.ts";
import { actions, button, details } from "./parts.ts";
import { type PasskeyPart, passkeyPart } from "./passkey-part.ts";
import { address } from "./signed-in-as.ts";
import { say } from "./words/say.ts";

export interface SecondFactorData extends Frame, FormTarget {
  email: string;
  passkey?: PasskeyPart | undefined;
  oneTimePassword: boolean;
  recoveryCode: boolean;
  error?: string;
}

/** The second thing that a person proves themselves by: what they have of it, and nothing else. */
export function secondFactorPage(data: SecondFactorData): string {
  const { words, error } = data;
  const texts = words.steps;
  const body = markup`<h1>${texts.secondTitle}</h1>
<p>${say(texts.secondLead, { email: address(data.email) })}</p>
${formError(error)}
${data.passkey && passkeyPart({ ...data, ...data.passkey, button: texts.usePasskey })}
${data.oneTimePassword && appCode(data)}
${data.recoveryCode && details(texts.recoverySummary, recoveryCode(data))}
${form(data, actions([button({ label: texts.restart, kind: "plain", name: "action", value: "restart" })]))}`;
  return layout({ ...data, title: formTitle(texts.secondTitle, error, words), body });
}

function appCode(data: SecondFactorData): Markup {
  const { words, hidden, error } = data;
  return form(
    { ...data, hidden: { ...hidden, action: "one-time-password" } },
    markup`${codeField({ label: words.steps.appCode, isInError: error !== undefined })}
${actions([button({ label: words.steps.confirm })])}`,
  );
}

function recoveryCode(data: SecondFactorData): Markup {
  const { words, hidden } = data;
  return form(
    { ...data, hidden: { ...hidden, action: "recovery-code" } },
    markup`${field({ name: "code", id: "recovery-code", label: words.steps.recoveryCode, type: "text", autocomplete: "off", hint: words.steps.recoveryHint, isCode: true })}
${actions([button({ label: words.steps.confirm, kind: "neutral" })])}`,
  );
}
