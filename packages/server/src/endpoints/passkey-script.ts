import { passkeyScript } from "../pages/passkey-script.ts";
import type { PasskeysOf } from "../ports/passkeys.ts";
import { type PageScript, pageScriptOf } from "./page-script.ts";

export const passkeyScriptPath = "/passkeys.js";

/** The script of the pages on which a passkey is used or made: the library's half and ours, in one file. */
export function passkeyScriptOf(
  { browserHalf }: Pick<PasskeysOf, "browserHalf">,
  issuer: string,
): PageScript {
  const notice = "/* SimpleWebAuthn, Copyright (c) 2020 Matthew Miller, MIT License */";
  return pageScriptOf(passkeyScriptPath, `${notice}\n${browserHalf}\n${passkeyScript}`, issuer);
}
