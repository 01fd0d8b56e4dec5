import { codeField, type FormTarget, field, form, formError, formTitle } from "./form.ts";
import { type Frame, layout } from "./layout.ts";
import { markup } from "./markup.ts";
import { newPasswordField } from "./new-password-field.ts";
import { actions, button } from "./parts.ts";
import type { PasswordMeter } from "./password-meter.ts";
import { destination, type SignInData } from "./sign-in.ts";
import { address } from "./signed-in-as.ts";
import { lengthOfTime, say } from "./words/say.ts";

/** What a new account asks for beside its name; no password where people sign in without. */
export type PasswordAsked = "required" | "optional" | "none";

export interface SignUpData extends Frame, FormTarget, Pick<SignInData, "client" | "purpose"> {
  email?: string;
  name?: string;
  asksPassword: PasswordAsked;
  /** In characters. */
  minimumPasswordLength: number;
  meter: PasswordMeter;
  signInHref: string;
  error?: string;
  /** The field that the error is about. */
  errorAt?: "email" | "name" | "password" | undefined;
}

/** Who wants an account says who they are; it is made when they bring back what is mailed. */
export function signUpPage(data: SignUpData): string {
  const { words, error, errorAt, asksPassword, hidden } = data;
  const texts = words.signUp;
  const hasFocus = (name: string) => (errorAt ?? "email") === name;
  const about = (name: "email" | "name") => ({
    name,
    label: texts[name],
    value: data[name],
    isInError: errorAt === name,
    hasFocus: hasFocus(name),
  });
  const isOptional = asksPassword === "optional";
  const password =
    asksPassword !== "none" &&
    newPasswordField({
      words,
      label: isOptional ? texts.optionalPassword : texts.password,
      minimum: data.minimumPasswordLength,
      meter: data.meter,
      isOptional,
      isInError: errorAt === "password",
      hasFocus: hasFocus("password"),
    });
  const body = markup`<h1>${texts.title}</h1>
${destination(data)}
${formError(error)}
${form(
  { ...data, hidden: { ...hidden, action: "sign-up" } },
  markup`${field({ ...about("email"), type: "email", autocomplete: "username" })}
${field({ ...about("name"), type: "text", autocomplete: "name" })}
${password}
${actions([button({ label: texts.submit })])}`,
)}
<ul class="links">
<li><a href="${data.signInHref}">${texts.haveAccount}</a></li>
</ul>`;
  return layout({ ...data, title: formTitle(texts.title, error, words), body });
}

export interface SignUpCodeData extends Frame, FormTarget {
  /** False where nobody may ask for another one; absent where they may. */
  canSendAgain?: boolean;
  email: string;
  /** Seconds. */
  lifetime: number;
  /** Of a link from the mail: filled in, not yet sent. */
  code?: string;
  error?: string;
}

/** Where the code is typed that makes the account. It says the same where the address has one already. */
export function signUpCodePage(data: SignUpCodeData): string {
  const { words, lang, error, hidden } = data;
  const { steps, signUp: texts } = words;
  const minutes = lengthOfTime(data.lifetime, lang);
  const again = button({ label: steps.codeAgain, kind: "outline", name: "action", value: "sign-up" });
  const restart = button({ label: steps.restart, kind: "plain", name: "action", value: "restart" });
  const body = markup`<h1>${texts.codeTitle}</h1>
<p>${say(texts.codeLead, { email: address(data.email), minutes })}</p>
${formError(error)}
${form(
  { ...data, hidden: { ...hidden, action: "sign-up-code" } },
  markup`${codeField({ label: steps.code, isInError: error !== undefined, ...(data.code !== undefined && { value: data.code }) })}
${actions([button({ label: texts.codeSubmit })])}`,
)}
${form(data, actions(data.canSendAgain === false ? [restart] : [again, restart]))}`;
  return layout({ ...data, title: formTitle(texts.codeTitle, error, words), body });
}
