import { errorPage } from "./error.ts";
import { type FormTarget, field, form, formError, formTitle } from "./form.ts";
import { type Frame, layout } from "./layout.ts";
import { markup } from "./markup.ts";
import { newPasswordField } from "./new-password-field.ts";
import { actions, button } from "./parts.ts";
import type { PasswordMeter } from "./password-meter.ts";
import type { PasswordAsked } from "./sign-up.ts";
import { say } from "./words/say.ts";

export interface InvitationData extends Frame, FormTarget {
  email: string;
  name?: string;
  asksPassword: PasswordAsked;
  /** In characters. */
  minimumPasswordLength: number;
  meter: PasswordMeter;
  error?: string;
  /** The field that the error is about. */
  errorAt?: "name" | "password" | undefined;
}

/** Whoever was invited makes their account. */
export function invitationPage(data: InvitationData): string {
  const { words, error, errorAt, asksPassword, productName: product } = data;
  const texts = words.invitation;
  const isOptional = asksPassword === "optional";
  const password =
    asksPassword !== "none" &&
    newPasswordField({
      words,
      label: isOptional ? words.signUp.optionalPassword : words.signUp.password,
      minimum: data.minimumPasswordLength,
      meter: data.meter,
      isOptional,
      isInError: errorAt === "password",
      hasFocus: errorAt === "password",
    });
  const body = markup`<h1>${texts.title}</h1>
<p class="lead">${say(texts.lead, { product })}</p>
${formError(error)}
${form(
  data,
  markup`${field({ name: "email", label: words.signUp.email, type: "email", autocomplete: "username", value: data.email, isFixed: true })}
${field({ name: "name", label: words.signUp.name, type: "text", autocomplete: "name", value: data.name, isInError: errorAt === "name", hasFocus: errorAt !== "password" })}
${password}
${asksPassword !== "required" && markup`<p class="hint">${texts.passwordless}</p>\n`}${actions([button({ label: texts.submit })])}`,
)}`;
  return layout({ ...data, title: formTitle(texts.title, error, words), body });
}

/** The invitation was used, has expired, or never was one; which of them is not said. */
export function spentInvitationPage(frame: Frame): string {
  const { spentTitle: title, spent: message, spentWhatToDo: whatToDo } = frame.words.invitation;
  return errorPage({ ...frame, title, message, whatToDo });
}
