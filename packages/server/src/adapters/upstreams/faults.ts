import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from "openid-client";
import { UpstreamRefused } from "../../ports/upstreams.ts";
import { codeOf, Refused } from "../outbound/refused.ts";

/** What people are told who said no, or were told no: OpenID Connect Core §3.1.2.6, and Apple's own word. */
const denials = new Set([
  "access_denied",
  "user_cancelled_authorize",
  "login_required",
  "consent_required",
  "interaction_required",
  "account_selection_required",
]);

const troubles = new Set(["server_error", "temporarily_unavailable"]);

/** What went wrong far away, or on the way there, as the core knows it. What is our own mistake is thrown on. */
export function refusalOf(thrown: unknown): unknown {
  if (thrown instanceof UpstreamRefused) return thrown;
  if (thrown instanceof AuthorizationResponseError) {
    const fact = `The answer is the error ${printable(thrown.error)}.`;
    const fault = denials.has(thrown.error)
      ? "denied"
      : troubles.has(thrown.error)
        ? "unreachable"
        : "answer";
    return new UpstreamRefused(fault, fact, thrown);
  }
  if (thrown instanceof ResponseBodyError) {
    const fact = `The token endpoint answers ${thrown.status} ${printable(thrown.error)}.`;
    return new UpstreamRefused(
      isTrouble(thrown.status, thrown.error) ? "unreachable" : "answer",
      fact,
      thrown,
    );
  }
  if (thrown instanceof WWWAuthenticateChallengeError) {
    return new UpstreamRefused("answer", `An endpoint answers ${thrown.status} with a challenge.`, thrown);
  }
  if (thrown instanceof Refused) return new UpstreamRefused("unreachable", thrown.message, thrown);
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  if (cause instanceof Refused) return new UpstreamRefused("unreachable", cause.message, thrown);
  if (cause instanceof Response && !cause.ok) {
    const fact = `An endpoint answers ${cause.status}.`;
    return new UpstreamRefused(cause.status >= 500 ? "unreachable" : "answer", fact, thrown);
  }
  if (isNetwork(thrown) || isNetwork(cause)) {
    const fact = `It cannot be reached (${networkCode(thrown)}).`;
    return new UpstreamRefused("unreachable", fact, thrown);
  }
  if (thrown instanceof ClientError) return new UpstreamRefused("answer", factOf(thrown), thrown);
  return thrown;
}

function isTrouble(status: number, error: string): boolean {
  return status >= 500 || troubles.has(error);
}

/** `fetch` throws a TypeError with the system's error as its cause, and a DOMException when time is up. */
function isNetwork(thrown: unknown): boolean {
  if (thrown instanceof DOMException) return thrown.name === "TimeoutError" || thrown.name === "AbortError";
  return thrown instanceof TypeError && ["fetch failed", "terminated"].includes(thrown.message);
}

function networkCode(thrown: unknown): string {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if (error instanceof DOMException) return error.name;
    const code = codeOf(error);
    if (code !== "no error code" && !code.startsWith("OAUTH_")) return code;
  }
  return "no error code";
}

/** The library's own sentences, the innermost of which says most; none of them quotes what came. */
function factOf(thrown: ClientError): string {
  const inner = thrown.cause instanceof Error ? `: ${thrown.cause.message}` : "";
  return printable(`${thrown.message}${inner}.`);
}

/** Something of a far end's, for the operator to read: short, in one line. */
export function printable(text: string): string {
  return text.replace(/[^\x20-\x7E]/g, "?").slice(0, 200);
}
