import type { FormTarget } from "./form.ts";
import { type Markup, markup } from "./markup.ts";
import { passkeyForm } from "./passkey-form.ts";
import type { Words } from "./words/words.ts";

/** What a page needs to use a passkey, or to make one. */
export interface PasskeyPart {
  does: "get" | "create";
  /** What `navigator.credentials` is given. */
  options: object;
  /** Where the script of the page is. */
  scriptHref: string;
}

interface PasskeyPartData extends PasskeyPart, FormTarget {
  words: Words;
  button: string;
  isOffered?: boolean;
}

/** The form that a passkey fills in, with its script. */
export function passkeyPart(data: PasskeyPartData): Markup {
  const { words, does, hidden, scriptHref } = data;
  const { passkeyCancelled, passkeyKnown, passkeyFailed } = words.steps;
  const part = passkeyForm({
    ...data,
    hidden: { ...hidden, action: does === "get" ? "passkey" : "new-passkey" },
    words: { cancelled: passkeyCancelled, known: passkeyKnown, failed: passkeyFailed },
  });
  return markup`${part}
<script src="${scriptHref}" defer></script>`;
}
