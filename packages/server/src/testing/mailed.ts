import assert from "node:assert/strict";
import type { Mail } from "../ports/mailer.ts";
import type { Visit } from "./a-browser.ts";
import type { AServer } from "./a-server.ts";

/** The code in the newest mail to an address. */
export function codeTo({ mails }: AServer, address: string): string {
  return found(mails.newestTo(address), /^\s*(\d{4} ?\d{4})\s*$/m).replace(" ", "");
}

/** The first link in the newest mail to an address. */
export function linkTo({ mails }: AServer, address: string): string {
  return found(mails.newestTo(address), /(https:\/\/\S+)/);
}

function found(mail: Mail | undefined, what: RegExp): string {
  return what.exec(mail?.text ?? "")?.[1] ?? assert.fail(`Nothing to find in: ${mail?.text}`);
}

/** Everything that a stranger could tell two answers apart by, without what each of them has for itself. */
export function told(visit: Visit, typed: string): unknown {
  const body = visit.body
    .replaceAll(/(name="(?:interaction|form_token)" value=)"[^"]*"/g, "$1")
    .replaceAll(/(data-form-token=)"[^"]*"/g, "$1")
    .replaceAll(/interaction=[^"&]*/g, "interaction=")
    .replaceAll(/challenge&quot;:&quot;[\w-]*/g, "challenge")
    .replaceAll(typed, "TYPED");
  const url = visit.url.replace(/interaction=[^&]*/, "interaction=");
  const headers = [...visit.headers].filter(([name]) => !["date", "set-cookie"].includes(name));
  return { url, status: visit.status, headers, body };
}
