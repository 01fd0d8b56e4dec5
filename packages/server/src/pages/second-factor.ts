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
  /** Whether the error is about the recovery code. */
  isRecoveryCodeWrong?: boolean;
}

/** The second thing that a person proves themselves by: what they have of it, and nothing else. */
export function secondFactorPage(data: SecondFactorData): string {
  const { words, error } = data;
  const texts = words.steps;
  const body = markup`<h1>${texts.secondTitle}</h1>
<p>${say(texts.secondLead, { email: address(data.email) })}</p>
${formError(error)}
${data.passkey && passkeyPart({ ...data, ...data.passkey, button: texts.usePasskey })}
${data.passkey && !data.oneTimePassword && markup`<p class="hint">${words.security.needsScript}</p>`}
${data.oneTimePassword && appCode(data)}
${data.recoveryCode && details(texts.recoverySummary, recoveryCode(data), { isOpen: data.isRecoveryCodeWrong === true })}
${form(data, actions([button({ label: texts.restart, kind: "plain", name: "action", value: "restart" })]))}`;
  return layout({ ...data, title: formTitle(texts.secondTitle, error, words), body });
}

function appCode(data: SecondFactorData): Markup {
  const { words, hidden, error, isRecoveryCodeWrong = false } = data;
  const isInError = error !== undefined && !isRecoveryCodeWrong;
  return form(
    { ...data, hidden: { ...hidden, action: "one-time-password" } },
    markup`${codeField({ label: words.steps.appCode, isInError, hasFocus: !isRecoveryCodeWrong })}
${actions([button({ label: words.steps.confirm })])}`,
  );
}

function recoveryCode(data: SecondFactorData): Markup {
  const { words, hidden, isRecoveryCodeWrong: isInError = false } = data;
  const { recoveryCode: label, recoveryHint: hint } = words.steps;
  const typed = {
    name: "code",
    id: "recovery-code",
    label,
    hint,
    type: "text",
    autocomplete: "off",
  } as const;
  return form(
    { ...data, hidden: { ...hidden, action: "recovery-code" } },
    markup`${field({ ...typed, isCode: true, isInError, hasFocus: isInError })}
${actions([button({ label: words.steps.confirm, kind: "neutral" })])}`,
  );
}
