import type { FormTarget } from "./form.ts";
import { type Markup, markup } from "./markup.ts";

export interface PasskeyFormData extends FormTarget {
  /** Whether a passkey is to sign, or one is to be made. */
  readonly does: "get" | "create";
  /** What `navigator.credentials` is given: JSON. */
  readonly options: object;
  /** Whether the browser may offer it in a field with `autocomplete="... webauthn"` elsewhere on the page. */
  readonly isOffered?: boolean;
  readonly button: string;
  readonly words: PasskeyWords;
  /** Fields that the person fills in before. */
  readonly content?: Markup;
}

/** What the person is told where the browser says no. */
export interface PasskeyWords {
  /** They closed the browser's window, or have no passkey for here. */
  readonly cancelled: string;
  /** This device has a passkey of the account already. */
  readonly known: string;
  readonly failed: string;
}

/**
 * A form that a passkey fills in. Hidden until the script finds that the browser can do it: without script there is no way
 * to use a passkey, and no button that does nothing.
 */
export function passkeyForm(data: PasskeyFormData): Markup {
  const hidden = Object.entries({ ...data.hidden, form_token: data.formToken, credential: "" });
  return markup`<form method="post" action="${data.action}" hidden data-passkey="${data.does}"${data.isOffered ? markup` data-autofill` : ""} data-options="${JSON.stringify(data.options)}" data-words="${JSON.stringify(data.words)}">
${hidden.map(([name, value]) => markup`<input type="hidden" name="${name}" value="${value}">\n`)}<p class="alert" role="alert" data-passkey-error hidden></p>
${data.content ?? ""}<button class="primary" data-passkey-button>${data.button}</button>
</form>`;
}
