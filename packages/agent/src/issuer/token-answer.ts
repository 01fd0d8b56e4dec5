import { isScopeToken } from "@valetkey/protocol/scope";
import { AgentError } from "../errors.ts";
import type { Instant } from "../instant.ts";
import type { JsonAnswer } from "../outbound.ts";
import { accountOf } from "./account.ts";
import type { Conversation } from "./conversation.ts";

/** What the token endpoint gave. RFC 6749 §5.1 */
export interface Issued {
  readonly accessToken: string;
  readonly tokenType: "Bearer" | "DPoP";
  /** undefined: the issuer does not say. */
  readonly expiresAt: Instant | undefined;
  readonly refreshToken: string | undefined;
  /** undefined: as asked. */
  readonly scopes: readonly string[] | undefined;
  /** Who signed in, where an ID token says it: for a person to read, and never to decide by. */
  readonly account: string | undefined;
  /** The ID token's `sub`. */
  readonly subject: string | undefined;
}

/** Visible ASCII: nothing that could break out of a header. */
const tokenText = /^[\x21-\x7E]{1,65536}$/;

/**
 * Reads a token answer; unknown members are ignored (OAuth 2.1 §3.2.3).
 * @throws AgentError by the issuer's error code, or answer-malformed
 */
export function requireIssued(conversation: Conversation, answer: JsonAnswer, wantsDpop: boolean): Issued {
  const { issuer, now } = conversation;
  const { status, body } = answer;
  if (status !== 200) throw refusalOf(answer, issuer.issuer);
  const { access_token, token_type, expires_in, refresh_token, scope, id_token } = body ?? {};
  if (typeof access_token !== "string" || !tokenText.test(access_token)) {
    throw new AgentError("answer-malformed", `${issuer.issuer} gave no access token.`);
  }
  const account = accountOf(id_token, { issuer: issuer.issuer, clientId: conversation.client.id });
  return {
    accessToken: access_token,
    tokenType: requireType(token_type, issuer.issuer, wantsDpop),
    expiresAt: typeof expires_in === "number" && expires_in >= 0 ? now() + Math.floor(expires_in) : undefined,
    refreshToken:
      typeof refresh_token === "string" && tokenText.test(refresh_token) ? refresh_token : undefined,
    scopes: typeof scope === "string" ? scope.split(" ").filter(isScopeToken) : undefined,
    account: account?.name,
    subject: account?.subject,
  };
}

/** RFC 6749 §7.1: a token of a type that is not understood is not used. RFC 9449 §5 */
function requireType(type: unknown, issuer: string, wantsDpop: boolean): "Bearer" | "DPoP" {
  const word = typeof type === "string" ? type.toLowerCase() : "";
  if (word === "dpop" && wantsDpop) return "DPoP";
  if (word === "bearer" && wantsDpop) {
    throw new AgentError("issuer-unfit", `${issuer} gave a token that is not bound to the key.`);
  }
  if (word === "bearer") return "Bearer";
  throw new AgentError("answer-malformed", `${issuer} gave a token of the type ${shownWord(type)}.`);
}

/** RFC 6749 §5.2, RFC 8628 §3.5, RFC 8707 §2 */
export function refusalOf({ status, body }: JsonAnswer, issuer: string): AgentError {
  const oauthError = typeof body?.error === "string" ? shownWord(body.error) : undefined;
  if (oauthError === undefined) {
    const code = status >= 500 || status === 429 ? "unreachable" : "answer-malformed";
    return new AgentError(code, `${issuer} answered ${status}.`);
  }
  const said = typeof body?.error_description === "string" ? `: ${shownText(body.error_description)}` : ".";
  const happened = `${issuer} answered ${oauthError}${said}`;
  const facts = { oauthError };
  if (status >= 500 || oauthError === "temporarily_unavailable" || oauthError === "server_error") {
    return new AgentError("unreachable", happened, facts);
  }
  if (oauthError === "invalid_client" || oauthError === "unauthorized_client") {
    return new AgentError("client-refused", happened, facts);
  }
  return new AgentError("request-refused", happened, facts);
}

function shownWord(value: unknown): string {
  return String(value)
    .slice(0, 60)
    .replace(/[^\w.:-]/g, "?");
}

/** What a server wrote, fit for one line of a terminal. */
function shownText(text: string): string {
  const line = text.slice(0, 300).replace(/[^\x20-\x7E]/g, "?");
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
