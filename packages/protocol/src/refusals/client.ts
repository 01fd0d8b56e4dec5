import type { RefusalText } from "./text.ts";

/** About who calls, and what clients say of themselves. */
export const clientRefusals = {
  "client.unknown": {
    says: "No client is registered under this client_id.",
    mend: "Register the client, or let it use its metadata document or dynamic registration. A client that keeps an old id must drop it and register again.",
  },
  "client.disabled": {
    says: "The client is switched off.",
    mend: "Enable the client if it should work again.",
  },
  "client.authentication-missing": {
    says: "A confidential client called without authenticating.",
    mend: "Send the client's secret or assertion by the method that it is registered for.",
  },
  "client.two-methods": {
    says: "The request authenticates the client in two ways at once.",
    mend: "Send the secret either in the Authorization header or in the body, never both.",
  },
  "client.method-not-allowed": {
    says: "The client authenticated by a method that it is not registered for.",
    mend: "Use the client's registered token_endpoint_auth_method, or change its registration.",
  },
  "client.wrong-secret": {
    says: "The client's secret does not match.",
    mend: "Check the secret; rotate it with `valetkey client rotate-secret` if it is lost.",
  },
  "client.authorization-header": {
    says: "The Authorization header cannot be read.",
    mend: "Send `Basic` with base64 of form-encoded client_id:client_secret (RFC 6749 §2.3.1).",
  },
  "client.grant-not-allowed": {
    says: "The client is not registered for this grant type.",
    mend: "Add the grant type to the client's registration.",
  },
  "client.not-confidential": {
    says: "The grant needs a confidential client, and this one is public.",
    mend: "Register a confidential client for machine-to-machine access.",
  },
  "assertion.malformed": {
    says: "The client assertion is not a signed JWT that can be read.",
    mend: "Send one compact JWS with client_assertion_type jwt-bearer.",
  },
  "assertion.algorithm": {
    says: "The client assertion is signed with an algorithm that is not allowed.",
    mend: "Sign with ES256, PS256, RS256 or EdDSA.",
  },
  "assertion.key": {
    says: "No key of the client verifies the assertion.",
    mend: "Publish the key in the client's jwks or jwks_uri, and name it by kid.",
  },
  "assertion.claims": {
    says: "The client assertion's iss, sub, exp, iat or jti is missing, wrong or out of time.",
    mend: "Set iss and sub to the client_id, a fresh jti, exp at most five minutes ahead; check the clock.",
  },
  "assertion.audience": {
    says: "The client assertion is not addressed to this issuer alone.",
    mend: "Set aud to the issuer, and only that (RFC 10070).",
  },
  "assertion.replayed": {
    says: "The client assertion was used before.",
    mend: "Make a new assertion with a fresh jti for every request.",
  },
  "metadata.malformed": {
    says: "The client metadata is not a JSON object of the expected form.",
    mend: "Compare the document with RFC 7591 §2; the answer names the member.",
  },
  "metadata.auth-method": {
    says: "The client metadata names no authentication method that is allowed here.",
    mend: "Use none or private_key_jwt; a metadata document may never hold a shared secret.",
  },
  "metadata.secret": {
    says: "The client metadata document holds a secret or a private key.",
    mend: "Remove client_secret and private key members: the document is public.",
  },
  "registration.disabled": {
    says: "Dynamic registration is switched off.",
    mend: "Register the client with `valetkey client add`, or switch on `registration.enabled`.",
  },
  "registration.confidential": {
    says: "A self-registering client asked for a secret or for a machine grant.",
    mend: "Self-registration makes public clients only; register a confidential client with `valetkey client add`.",
  },
  "document.url": {
    says: "The client_id is a URL that cannot name a metadata document.",
    mend: "Use an https URL with a path, without user, fragment or dot segments.",
  },
  "document.unreachable": {
    says: "The client's metadata document could not be fetched.",
    mend: "Fetch the client_id URL from the server's network: it must answer 200 with JSON, without a redirect, in time.",
  },
  "document.forbidden-address": {
    says: "The client's metadata document lies on a private or otherwise special address.",
    mend: "Publish the document on a public host; only a development server on loopback reads from loopback.",
  },
  "document.invalid": {
    says: "The client's metadata document is not valid.",
    mend: "The document needs client_id equal to its URL, client_name and redirect_uris.",
  },
  "document.host-denied": {
    says: "The operator does not take metadata documents of this host.",
    mend: "Change `client_metadata_documents.allow_hosts` or `deny_hosts` if the client is wanted.",
  },
  "document.disabled": {
    says: "Client ID metadata documents are switched off.",
    mend: "Switch on `client_metadata_documents.enabled`, or register the client.",
  },
} as const satisfies Record<string, RefusalText>;
