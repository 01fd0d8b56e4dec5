import { covers, without } from "@valetkey/protocol/scope";
import { AgentError } from "./errors.ts";

/**
 * RFC 6749 §3.3: an issuer may give other scopes than were asked for. Fewer do not do, and more were not wanted: a token
 * that was to be narrow is not used when it is broad.
 * @throws AgentError scope-needed, scope-widened
 */
export function requireAsAsked(
  given: readonly string[] | undefined,
  asked: readonly string[] | undefined,
  { issuer, resource }: { readonly issuer: string; readonly resource: string },
): void {
  if (asked === undefined || given === undefined) return;
  const missing = without(asked, given);
  if (missing.length > 0) {
    const happened = `${issuer} did not give ${missing.join(" ").slice(0, 300)}.`;
    throw new AgentError("scope-needed", happened, { address: resource, scopes: asked });
  }
  requireNotBeyond(given, asked, issuer);
}

/** Whether `requireAsAsked` would let it pass. */
export function isAsAsked(
  given: readonly string[] | undefined,
  asked: readonly string[] | undefined,
): boolean {
  return asked === undefined || given === undefined || (covers(given, asked) && covers(asked, given));
}

/** @throws AgentError scope-widened */
export function requireNotBeyond(given: readonly string[], most: readonly string[], issuer: string): void {
  const beyond = without(given, most);
  if (beyond.length === 0) return;
  throw new AgentError("scope-widened", `${issuer} gave ${beyond.join(" ").slice(0, 300)} unasked.`);
}
