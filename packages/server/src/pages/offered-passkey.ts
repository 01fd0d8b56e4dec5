import { type FormTarget, form, formError, formTitle } from "./form.ts";
import { type Frame, layout } from "./layout.ts";
import { markup } from "./markup.ts";
import { actions, button } from "./parts.ts";
import { type PasskeyPart, passkeyPart } from "./passkey-part.ts";

export interface OfferedPasskeyData extends Frame, FormTarget {
  passkey?: PasskeyPart | undefined;
  error?: string;
}

/** For who has just made an account without a password: a passkey, or on without one. */
export function offeredPasskeyPage(data: OfferedPasskeyData): string {
  const { words, error, passkey } = data;
  const { newPasskey: title, newPasskeyHint } = words.steps;
  const body = markup`<h1>${title}</h1>
<p class="lead">${newPasskeyHint}</p>
${formError(error)}
${passkey && passkeyPart({ ...data, ...passkey, button: title })}
${form(data, actions([button({ label: words.frame.continue, kind: "outline", name: "action", value: "no-passkey" })]))}`;
  return layout({ ...data, title: formTitle(title, error, words), body });
}
