import { passwordScript } from "../pages/password-script.ts";
import { type PageScript, pageScriptOf } from "./page-script.ts";

export const passwordScriptPath = "/passwords.js";

/** The script of the pages on which a new password is typed. */
export function passwordScriptOf(issuer: string): PageScript {
  return pageScriptOf(passwordScriptPath, passwordScript, issuer);
}
