import { type AccountFrame, accountStep } from "./account-layout.ts";
import { field, form } from "./form.ts";
import { markup } from "./markup.ts";
import { actions, button, details } from "./parts.ts";
import { passkeyForm } from "./passkey-form.ts";

export interface NewPasskeyData extends AccountFrame {
  /** What `navigator.credentials.create` is given. */
  options: object;
  scriptHref: string;
}

/** A passkey is made: the one page of an account that needs script, since browsers make passkeys for scripts alone. */
export function newPasskeyPage(data: NewPasskeyData): string {
  const { words, options, scriptHref } = data;
  const { security: texts, steps } = words;
  const part = passkeyForm({
    ...data,
    does: "create",
    options,
    button: steps.newPasskey,
    words: { cancelled: steps.passkeyCancelled, known: steps.passkeyKnown, failed: steps.passkeyFailed },
    content: nameField(data, ""),
  });
  const body = markup`<p class="lead">${texts.newPasskeyLead}</p>
${part}
<p class="hint">${texts.needsScript}</p>
<script src="${scriptHref}" defer></script>`;
  return accountStep(data, "security", texts.newPasskeyTitle, body);
}

export interface PasskeyData extends AccountFrame {
  name: string;
  /** Why it cannot be removed. */
  stays?: string;
}

/** One passkey: its name, and its end. */
export function passkeyPage(data: PasskeyData): string {
  const { words, name, stays } = data;
  const texts = words.security;
  const remove = form(
    data,
    actions([button({ label: texts.removePasskeySubmit, kind: "danger", name: "action", value: "remove" })]),
  );
  const rename = button({ label: texts.rename, name: "action", value: "rename" });
  const body = markup`${form(data, markup`${nameField(data, name)}\n${actions([rename])}`)}
${details(texts.removePasskey, markup`<p>${stays ?? texts.removePasskeyHint}</p>\n${stays === undefined && remove}`)}`;
  return accountStep(data, "security", texts.passkeyTitle, body);
}

function nameField({ words }: AccountFrame, value: string) {
  const { passkeyName: label, passkeyNameHint: hint } = words.security;
  return field({ name: "name", label, hint, value, type: "text", autocomplete: "off", isOptional: true });
}
