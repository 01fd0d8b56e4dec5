import { field } from "./form.ts";
import { type Markup, markup } from "./markup.ts";
import { type PasswordMeter, passwordMeter } from "./password-meter.ts";
import { tell } from "./words/say.ts";
import type { Words } from "./words/words.ts";

export interface NewPasswordFieldData {
  words: Words;
  label: string;
  /** In characters. */
  minimum: number;
  /** Whether the account may go without; then the hint says what that means. */
  isOptional?: boolean;
  isInError: boolean;
  hasFocus?: boolean;
  meter: PasswordMeter;
}

export function newPasswordField({
  words,
  label,
  minimum,
  isOptional = false,
  meter,
  ...data
}: NewPasswordFieldData): Markup {
  const { passwordHint, noPasswordHint } = words.signUp;
  const hint = tell(passwordHint, { minimum });
  const typed = field({
    ...data,
    name: "password",
    label,
    type: "password",
    autocomplete: "new-password",
    hint: isOptional ? `${hint} ${noPasswordHint}` : hint,
    isOptional,
    minimumLength: minimum,
  });
  return markup`${typed}
${passwordMeter(words, meter)}`;
}
