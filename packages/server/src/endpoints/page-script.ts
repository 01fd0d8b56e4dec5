import { createHash } from "node:crypto";
import type { Endpoint } from "../http/message.ts";
import { kept } from "./kept.ts";

/** A script of some of our pages. */
export interface PageScript {
  /** Where pages load it from: the URL names its content. */
  readonly href: string;
  /** For the policy of such a page: this file and no other. */
  readonly source: string;
  readonly name: string;
  readonly body: string;
}

/** @param path below the issuer */
export function pageScriptOf(path: string, body: string, issuer: string): PageScript {
  const name = createHash("sha256").update(body).digest("base64url").slice(0, 16);
  const { pathname, origin } = new URL(issuer);
  const whole = `${pathname.replace(/\/$/, "")}${path}`;
  return { href: `${whole}?v=${name}`, source: `${origin}${whole}`, name, body };
}

export function pageScriptEndpoint({ name, body }: PageScript): Endpoint {
  return (request) => ({
    status: 200,
    headers: {
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": kept(new URLSearchParams(request.query).get("v") === name),
      "x-content-type-options": "nosniff",
    },
    body,
  });
}
