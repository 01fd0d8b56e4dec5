import { type Markup, markup } from "./markup.ts";
import type { Words } from "./words/words.ts";

/** Where a page asks how strong a password is. */
export interface PasswordMeter {
  href: string;
  /** Of that question alone. */
  formToken: string;
  /** Where the script of the page is. */
  scriptHref: string;
}

/**
 * Says how strong the password beside it is, while it is typed. Hidden until the script runs; the sentence stands in a live
 * region, which a screen reader reads out when it changes.
 */
export function passwordMeter(words: Words, { href, formToken, scriptHref }: PasswordMeter): Markup {
  return markup`<div class="strength" hidden data-password-meter data-href="${href}" data-form-token="${formToken}">
<meter min="0" max="4" low="2" high="3" optimum="4" value="0" aria-label="${words.newPassword.strength}" hidden></meter>
<p class="hint" role="status"></p>
</div>
<script src="${scriptHref}" defer></script>`;
}
