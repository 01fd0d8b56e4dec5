import type { Refusals } from "./description.ts";

/** What any route may answer, whatever was asked. */
export const anywhere: Refusals = {
  invalid_request: ["request.host"],
  server_error: ["server.failed"],
  temporarily_unavailable: ["server.failed"],
};

/** Where a password is judged: machines bear only so many at once. */
export const ofPasswords: Refusals = {
  temporarily_unavailable: ["request.rate", "server.busy"],
};

/** A form that cannot be read. */
export const ofForms: Refusals = {
  invalid_request: ["request.content-type", "parameter.repeated"],
};

/** A client that cannot be found, or whose metadata document cannot be had or taken. */
export const ofFinding: Refusals = {
  invalid_client: [
    "client.unknown",
    "client.disabled",
    "document.url",
    "document.disabled",
    "document.host-denied",
    "document.unreachable",
    "document.forbidden-address",
    "document.invalid",
    "metadata.auth-method",
    "metadata.secret",
    "redirect-uri.forbidden",
  ],
  temporarily_unavailable: ["request.rate"],
};

/** A client that calls, and proves who it is or fails to. */
export const ofCallers: Refusals = {
  invalid_request: ["parameter.missing", "client.two-methods"],
  invalid_client: [
    ...(ofFinding.invalid_client ?? []),
    "client.authentication-missing",
    "client.method-not-allowed",
    "client.authorization-header",
    "client.wrong-secret",
    "assertion.malformed",
    "assertion.algorithm",
    "assertion.key",
    "assertion.claims",
    "assertion.audience",
    "assertion.replayed",
  ],
  temporarily_unavailable: ["request.rate"],
};

/** A DPoP proof that cannot be taken as it is. */
export const ofProofs: Refusals = {
  invalid_dpop_proof: [
    "dpop.missing",
    "dpop.repeated",
    "dpop.malformed",
    "dpop.type",
    "dpop.algorithm",
    "dpop.key",
    "dpop.private-key",
    "dpop.signature",
    "dpop.claims",
    "dpop.method",
    "dpop.target",
    "dpop.time",
    "dpop.replayed",
  ],
  use_dpop_nonce: ["dpop.nonce-missing", "dpop.nonce-stale"],
};

/** A form of a page of ours that was not sent from there, in this browser. */
export const ofPages: Refusals = {
  invalid_request: ["request.content-type", "parameter.repeated", "request.cross-site", "request.form-token"],
};

/** A page of an authorization that is not under way here. */
export const ofInteractions: Refusals = {
  invalid_request: ["parameter.repeated", "interaction.unknown", "interaction.expired"],
};

/** An authorization request whose client or redirect URI cannot be trusted: nobody is sent anywhere. */
export const ofParties: Refusals = {
  ...ofFinding,
  invalid_request: [
    "parameter.missing",
    "parameter.repeated",
    "redirect-uri.missing",
    "redirect-uri.unregistered",
  ],
};

/** What an authorization request may be refused with once it is known whom to tell. OAuth 2.1 §4.1.2.1 */
export const ofAuthorizations: Refusals = {
  invalid_request: [
    "parameter.missing",
    "parameter.repeated",
    "parameter.malformed",
    "response-mode.unsupported",
    "pkce.missing",
    "pkce.method",
    "pkce.malformed",
  ],
  unsupported_response_type: ["response-type.unsupported"],
  request_not_supported: ["request-object.unsupported"],
  request_uri_not_supported: ["request-object.unsupported"],
  unauthorized_client: ["client.grant-not-allowed"],
  invalid_scope: ["scope.malformed", "scope.unknown", "scope.beyond-client"],
  invalid_target: ["resource.malformed", "resource.unknown", "resource.ambiguous"],
  access_denied: ["scope.beyond-role"],
  login_required: ["login.required", "login.other"],
  consent_required: ["consent.required"],
  unmet_authentication_requirements: ["login.unreachable"],
};

/** The secret of a second factor, sealed with a key that this node lacks. */
export const ofSecrets: Refusals = { temporarily_unavailable: ["token.ring-key-unknown"] };

/** A token or a proof that another node made with a key that this one lacks: to call it dead would be a lie. */
export const ofKeys: Refusals = {
  temporarily_unavailable: ["refresh.key-unknown", "token.ring-key-unknown"],
};
