import { createHash, timingSafeEqual } from "node:crypto";
import { invalidRequest } from "@valetkey/protocol/errors";
import type { Keys } from "../ports/keys.ts";
import type { HttpRequest } from "./message.ts";

/** The token of a form: bound to the browser's cookie and to the form's purpose, so that another site can forge neither. */
export function formToken(keys: Keys, browser: string, purpose: string): string {
  return macOf(keys, keys.proofKeyId, browser, purpose) ?? "";
}

/**
 * Refuses a form that was not sent by a page of ours in this browser.
 * @param alsoFrom an origin whose pages count like ours: a team's own sign-in pages
 * @throws invalid_request "request.cross-site" or "request.form-token"
 */
export function requireFormToken(
  keys: Keys,
  request: HttpRequest,
  form: { optional(name: string): string | undefined },
  browser: string | undefined,
  purpose: string,
  issuer: string,
  alsoFrom?: string,
): void {
  const site = request.header("sec-fetch-site");
  const origin = request.header("origin");
  const isFriend = alsoFrom !== undefined && origin === alsoFrom;
  // A page under `Referrer-Policy: no-referrer` sends `Origin: null` with its own forms, so null proves nothing either way.
  const foreignOrigin = origin !== undefined && origin !== "null" && origin !== new URL(issuer).origin;
  if (!isFriend && ((site !== undefined && site !== "same-origin") || foreignOrigin)) {
    throw invalidRequest("The form was sent from another site.", "request.cross-site");
  }
  // What stands behind it says what the page showed, and proves nothing.
  const given = form.optional("form_token")?.split("~")[0];
  const expected = browser === undefined ? undefined : formToken(keys, browser, purpose);
  if (!given || !expected || !same(given, expected)) {
    throw invalidRequest("The form does not belong to this browser or has expired.", "request.form-token");
  }
}

function macOf(keys: Keys, keyId: string, browser: string, purpose: string): string | undefined {
  const mac = keys.mac(keyId, "form-token", new TextEncoder().encode(`${purpose}\n${browser}`));
  return mac && Buffer.from(mac).toString("base64url");
}

function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
