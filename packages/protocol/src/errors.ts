import type { Refusal } from "./refusals.ts";

/** Every error code that may go over the wire, grouped by the document that defines it. */
export type OAuthErrorCode =
  // RFC 6749 §4.1.2.1 and §5.2
  | "invalid_request"
  | "invalid_client"
  | "invalid_grant"
  | "invalid_scope"
  | "unauthorized_client"
  | "unsupported_grant_type"
  | "unsupported_response_type"
  | "access_denied"
  | "server_error"
  | "temporarily_unavailable"
  // RFC 6750 §3.1
  | "invalid_token"
  | "insufficient_scope"
  // RFC 9470 §3
  | "insufficient_user_authentication"
  // RFC 7009 §2.2.1
  | "unsupported_token_type"
  // RFC 7591 §3.2.2
  | "invalid_redirect_uri"
  | "invalid_client_metadata"
  // RFC 8628 §3.5
  | "authorization_pending"
  | "slow_down"
  | "expired_token"
  // RFC 8707 §2
  | "invalid_target"
  // RFC 9449 §5, §8
  | "invalid_dpop_proof"
  | "use_dpop_nonce"
  // OpenID Connect Core §3.1.2.6
  | "login_required"
  // OpenID Connect Unmet Authentication Requirements 1.0, RFC 9470 §5
  | "unmet_authentication_requirements"
  | "consent_required"
  | "interaction_required"
  | "request_not_supported"
  | "request_uri_not_supported"
  | "registration_not_supported";

export interface RefusalContext {
  /** A fact for the operator that is no secret: a redirect URI, a scope, a host. Never a token, code or password. */
  readonly fact?: string;
  /** Seconds after which the same request may succeed; the answer carries it as Retry-After. */
  readonly retryAfter?: number;
  /** RFC 9449 §8: the nonce for the client's next proof; the answer carries it as DPoP-Nonce. */
  readonly dpopNonce?: string;
  readonly cause?: unknown;
}

/** A refusal with two faces: `code` and `message` go out, `refusal`, `fact` and `cause` stay with the operator. */
export class OAuthError extends Error {
  readonly code: OAuthErrorCode;
  readonly refusal: Refusal;
  readonly fact: string | undefined;
  readonly retryAfter: number | undefined;
  readonly dpopNonce: string | undefined;

  constructor(code: OAuthErrorCode, message: string, refusal: Refusal, context: RefusalContext = {}) {
    super(message, context.cause === undefined ? undefined : { cause: context.cause });
    this.name = "OAuthError";
    this.code = code;
    this.refusal = refusal;
    this.fact = context.fact;
    this.retryAfter = context.retryAfter;
    this.dpopNonce = context.dpopNonce;
  }
}

/** RFC 6749 §5.2: the request lacks a parameter, repeats one, or is otherwise malformed. `message` names the parameter. */
export function invalidRequest(message: string, refusal: Refusal, context?: RefusalContext): OAuthError {
  return new OAuthError("invalid_request", message, refusal, context);
}

/** RFC 6749 §5.2: one answer for every way in which client authentication fails. */
export function invalidClient(refusal: Refusal, context?: RefusalContext): OAuthError {
  return new OAuthError("invalid_client", "Client authentication failed.", refusal, context);
}

/** RFC 6749 §5.2: one answer for unknown, expired, spent and mismatched grants, so that none can be told apart. */
export function invalidGrant(refusal: Refusal, context?: RefusalContext): OAuthError {
  return new OAuthError("invalid_grant", "The grant is invalid, expired or already used.", refusal, context);
}

/** RFC 8693 §2.2.2: one answer for every fault of a subject or actor token, so that none can be told apart. */
export function invalidExchange(refusal: Refusal, context?: RefusalContext): OAuthError {
  return new OAuthError(
    "invalid_request",
    "The subject token or the actor token is not acceptable here.",
    refusal,
    context,
  );
}

/** RFC 6749 §5.2: a scope is unknown or beyond what may be granted. */
export function invalidScope(refusal: Refusal, context?: RefusalContext): OAuthError {
  return new OAuthError(
    "invalid_scope",
    "A requested scope is unknown or not available here.",
    refusal,
    context,
  );
}

/** RFC 8707 §2: the resource is unknown, malformed or not part of the grant. */
export function invalidTarget(refusal: Refusal, context?: RefusalContext): OAuthError {
  return new OAuthError("invalid_target", "The requested resource is not available here.", refusal, context);
}

/** RFC 6749 §5.2: the client may not use this grant type. */
export function unauthorizedClient(refusal: Refusal, context?: RefusalContext): OAuthError {
  return new OAuthError("unauthorized_client", "This client may not use this grant.", refusal, context);
}

/** RFC 6749 §5.2: the grant type is not one of ours; implicit and password never are. */
export function unsupportedGrantType(context?: RefusalContext): OAuthError {
  return new OAuthError(
    "unsupported_grant_type",
    "This grant type is not supported.",
    "grant-type.unsupported",
    context,
  );
}

/** RFC 6750 §3.1: the access token is missing, expired, revoked or not meant for this resource. */
export function invalidToken(refusal: Refusal, context?: RefusalContext): OAuthError {
  return new OAuthError("invalid_token", "The access token is invalid or expired.", refusal, context);
}

/** RFC 9449 §5, §7.1: one answer for every way in which a proof fails. */
export function invalidProof(refusal: Refusal, context?: RefusalContext): OAuthError {
  return new OAuthError(
    "invalid_dpop_proof",
    "The DPoP proof is missing or not acceptable.",
    refusal,
    context,
  );
}

/** RFC 9449 §8, §9: the same request may succeed with a new proof that carries this nonce. */
export function useNonce(
  refusal: "dpop.nonce-missing" | "dpop.nonce-stale" | "dpop.before-start",
  dpopNonce: string,
  context: RefusalContext = {},
): OAuthError {
  const message = "The DPoP proof must carry the nonce of this answer.";
  return new OAuthError("use_dpop_nonce", message, refusal, { ...context, dpopNonce });
}

/** RFC 7591 §3.2.2: a redirect URI cannot be registered. */
export function invalidRedirectUri(refusal: Refusal, context?: RefusalContext): OAuthError {
  return new OAuthError("invalid_redirect_uri", "A redirect URI is not acceptable.", refusal, context);
}

/** RFC 7591 §3.2.2: a member of the client metadata is not acceptable. `message` names the member. */
export function invalidClientMetadata(
  message: string,
  refusal: Refusal,
  context?: RefusalContext,
): OAuthError {
  return new OAuthError("invalid_client_metadata", message, refusal, context);
}

/** RFC 9110 §15.6.4: the machine has more to do than it can, whoever asks; `retryAfter` in seconds. Sent as 503. */
export function serverBusy(retryAfter: number): OAuthError {
  return new OAuthError("temporarily_unavailable", "The server is busy. Try again later.", "server.busy", {
    retryAfter,
  });
}

/** RFC 6585 §4: too many failures in a while; `retryAfter` in seconds. Sent as 429. */
export function tooManyRequests(retryAfter: number, refusal: Refusal): OAuthError {
  return new OAuthError("temporarily_unavailable", "Too many requests. Try again later.", refusal, {
    retryAfter,
  });
}
