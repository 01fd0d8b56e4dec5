import { createHash } from "node:crypto";
import type { Endpoint } from "../http/message.ts";
import { passkeyScript } from "../pages/passkey-script.ts";
import type { PasskeysOf } from "../ports/passkeys.ts";
import { kept } from "./kept.ts";

/** The script of the pages on which a passkey is used or made. */
export interface PasskeyScript {
  /** Where pages load it from: the URL names its content. */
  readonly href: string;
  /** For the policy of such a page: this file and no other. */
  readonly source: string;
  readonly name: string;
  readonly body: string;
}

export const passkeyScriptPath = "/passkeys.js";

/** The library's half and ours, in one file. */
export function passkeyScriptOf(
  { browserHalf }: Pick<PasskeysOf, "browserHalf">,
  issuer: string,
): PasskeyScript {
  const notice = "/* SimpleWebAuthn, Copyright (c) 2020 Matthew Miller, MIT License */";
  const body = `${notice}\n${browserHalf}\n${passkeyScript}`;
  const name = createHash("sha256").update(body).digest("base64url").slice(0, 16);
  const { pathname, origin } = new URL(issuer);
  const path = `${pathname.replace(/\/$/, "")}${passkeyScriptPath}`;
  return { href: `${path}?v=${name}`, source: `${origin}${path}`, name, body };
}

export function passkeyScriptEndpoint({
  passkeyScript,
}: {
  readonly passkeyScript: PasskeyScript;
}): Endpoint {
  return (request) => ({
    status: 200,
    headers: {
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": kept(new URLSearchParams(request.query).get("v") === passkeyScript.name),
      "x-content-type-options": "nosniff",
    },
    body: passkeyScript.body,
  });
}
