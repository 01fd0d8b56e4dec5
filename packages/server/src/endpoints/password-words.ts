import { longestPassword, minimumPasswordLength, type PasswordFault } from "../operations/new-password.ts";
import { tell } from "../pages/words/say.ts";
import type { Words } from "../pages/words/words.ts";

/** Why a new password may not be, for the person who typed it. */
export function passwordWords({ newPassword: texts }: Words, fault: PasswordFault): string {
  if (fault.kind === "too-short") return tell(texts.tooShort, { minimum: minimumPasswordLength });
  if (fault.kind === "too-long") return tell(texts.tooLong, { maximum: longestPassword });
  return fault.kind === "weak" ? texts[fault.because] : texts.leaked;
}
