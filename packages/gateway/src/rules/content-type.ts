import { OAuthError } from "@valetkey/protocol/errors";
import type { Candidates } from "./judge.ts";

export interface BodyHeaders {
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
}

/**
 * Whether a body of this type may come, and whether it can be read where it must be.
 * @throws invalid_request when not
 */
export function requireBodyType(candidates: Candidates, { contentType, contentEncoding }: BodyHeaders): void {
  const [type = "", ...parameters] = (contentType ?? "").split(";").map((part) => part.trim().toLowerCase());
  if (candidates.readsBody) {
    // What cannot be read must not pass as if it had been.
    if (type !== "application/json" || !parameters.every(isUtf8)) throw refused(type);
    if (contentEncoding !== undefined && contentEncoding.toLowerCase() !== "identity") {
      throw refused(`content-encoding ${contentEncoding}`);
    }
  }
  const accepted = candidates.rules.flatMap((rule) => rule.contentTypes);
  if (candidates.rules.length > 0 && !accepted.includes("*/*") && !accepted.includes(type))
    throw refused(type);
}

function isUtf8(parameter: string): boolean {
  return /^(?:charset="?utf-8"?)?$/.test(parameter);
}

function refused(fact: string): OAuthError {
  return new OAuthError("invalid_request", "A body of this type is not taken here.", "upstream.body-type", {
    fact: fact.slice(0, 100),
  });
}
