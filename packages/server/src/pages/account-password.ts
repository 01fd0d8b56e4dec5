import { type AccountFrame, accountStep } from "./account-layout.ts";
import { checkbox } from "./checkbox.ts";
import { field, form } from "./form.ts";
import { markup } from "./markup.ts";
import { newPasswordField } from "./new-password-field.ts";
import { actions, button, details } from "./parts.ts";
import type { PasswordMeter } from "./password-meter.ts";

export interface OwnPasswordData extends AccountFrame {
  isSet: boolean;
  /** Which field the error is about. */
  errorAt?: "current" | "password";
  signsOut: boolean;
  /** In characters. */
  minimumPasswordLength: number;
  meter: PasswordMeter;
  /** Why it cannot be removed. */
  stays?: string;
}

/** A person sets their password, changes it, or takes it away. */
export function ownPasswordPage(data: OwnPasswordData): string {
  const { words, isSet, errorAt, signsOut, stays, account } = data;
  const texts = words.security;
  // So that a password manager knows whose it is.
  const whose = {
    name: "email",
    label: words.signIn.email,
    type: "email",
    autocomplete: "username",
  } as const;
  const current = {
    name: "current",
    label: texts.currentPassword,
    type: "password",
    autocomplete: "current-password",
    isInError: errorAt === "current",
    hasFocus: true,
  } as const;
  const set = form(
    data,
    markup`${field({ ...whose, value: account.email, isFixed: true })}
${isSet && field(current)}
${newPasswordField({ words, label: texts.newPassword, minimum: data.minimumPasswordLength, meter: data.meter, isInError: errorAt === "password" })}
${checkbox({ name: "sign_out", label: texts.signOutOthers, hint: texts.signOutOthersHint, isTicked: signsOut })}
${actions([button({ label: words.reset.newSubmit, name: "action", value: "set" })])}`,
  );
  const remove = form(
    data,
    actions([button({ label: texts.removePasswordSubmit, kind: "danger", name: "action", value: "remove" })]),
  );
  const body = markup`${set}
${isSet && details(texts.removePassword, markup`<p>${stays ?? texts.removePasswordHint}</p>\n${stays === undefined && remove}`)}`;
  return accountStep(data, "security", isSet ? texts.changePassword : texts.setPassword, body);
}
