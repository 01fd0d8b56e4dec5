/** What the operator reads about a refusal: what happened, and what to change. The wire never carries either. */
export interface RefusalText {
  readonly says: string;
  readonly mend: string;
}

/**
 * Every reason for a refusal, once. The word is `<subject>.<fault>`; the trace prints both sentences;
 * docs/refusals.md is generated from this table. A new refusal is a new word here.
 */
export const refusals = {
  // the request itself
  "parameter.missing": {
    says: "A required parameter is missing or empty.",
    mend: "Send the parameter that the answer names. An empty value counts as absent.",
  },
  "parameter.repeated": {
    says: "A parameter was sent more than once.",
    mend: "Send each parameter once; only `resource` may repeat.",
  },
  "parameter.malformed": {
    says: "A parameter has a value that its specification does not allow.",
    mend: "Compare the value with the specification of the parameter that the answer names.",
  },
  "request.method": {
    says: "The endpoint does not take this HTTP method.",
    mend: "Use the method that the Allow header names.",
  },
  "request.content-type": {
    says: "The body is not of the type that this endpoint reads.",
    mend: "Send application/x-www-form-urlencoded to token, introspection and revocation; JSON to registration.",
  },
  "request.too-large": {
    says: "The request body is larger than the server reads.",
    mend: "Send a smaller body.",
  },
  "request.host": {
    says: "The request names a host that is not the issuer's.",
    mend: "Call the server by its issuer URL; behind a proxy, pass the Host header on and list the proxy in `trusted_proxies`.",
  },
  "request.rate": {
    says: "Too many failures or registrations came from this caller in a while.",
    mend: "Wait for the seconds in Retry-After; raise the limit under `rate_limits` if the traffic is wanted.",
  },
  "request.form-token": {
    says: "A form came without the token that the page gave it, or from another browser.",
    mend: "Open the page again and send its form; check that cookies are allowed.",
  },
  "request.cross-site": {
    says: "A form was sent from a page of another site.",
    mend: "Send forms only from the pages of this server.",
  },
  "server.failed": {
    says: "The server failed in a way that it did not expect.",
    mend: "See the log for the error with this trace's id.",
  },

  // who is calling
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

  // client metadata and registration
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
  "document.disabled": {
    says: "Client ID metadata documents are switched off.",
    mend: "Switch on `client_metadata_documents.enabled`, or register the client.",
  },

  // redirects
  "redirect-uri.missing": {
    says: "The request names no redirect_uri, and the client has registered several.",
    mend: "Send the redirect_uri.",
  },
  "redirect-uri.unregistered": {
    says: "The redirect_uri is not one that the client registered.",
    mend: "Register the URI exactly as it is sent, character by character; only the port of a loopback URI may differ.",
  },
  "redirect-uri.forbidden": {
    says: "The redirect URI is of a kind that cannot be registered.",
    mend: "Use https, or http on 127.0.0.1, [::1] or localhost; app schemes must be listed under `registration.app_redirects`.",
  },

  // the authorization request
  "response-type.unsupported": {
    says: "The client asked for a response type other than code.",
    mend: "Use response_type=code; the implicit grant does not exist in OAuth 2.1.",
  },
  "response-mode.unsupported": {
    says: "The client asked for a response mode other than query.",
    mend: "Use response_mode=query or leave it out.",
  },
  "pkce.missing": {
    says: "The authorization request has no PKCE challenge.",
    mend: "Send code_challenge and code_challenge_method=S256: OAuth 2.1 asks it of every client.",
  },
  "pkce.method": {
    says: "The PKCE method is not S256.",
    mend: "Send code_challenge_method=S256; plain is forbidden.",
  },
  "pkce.malformed": {
    says: "The PKCE challenge is not 43 characters of base64url.",
    mend: "Send the base64url of the verifier's SHA-256.",
  },
  "request-object.unsupported": {
    says: "The request carries a request object.",
    mend: "Send the parameters themselves.",
  },
  "scope.malformed": {
    says: "The scope parameter has characters that no scope may have.",
    mend: "Send scope names separated by single spaces.",
  },
  "scope.unknown": {
    says: "A requested scope does not exist at the resource.",
    mend: "Ask for the scopes that the resource's metadata lists, or add the scope to the resource.",
  },
  "scope.beyond-client": {
    says: "A requested scope is beyond what this client is registered for.",
    mend: "Ask for less, or widen the client's scope.",
  },
  "scope.beyond-role": {
    says: "None of the requested scopes is allowed by a role of the person.",
    mend: "Give the account a role that allows the scope.",
  },
  "scope.beyond-grant": {
    says: "A refresh asked for a scope that was not granted.",
    mend: "Ask for at most what was granted; start a new authorization for more.",
  },
  "scope.not-for-machines": {
    says: "A machine asked for a scope that is for people only.",
    mend: "Mark the scope as one for machines, or ask for another.",
  },
  "resource.malformed": {
    says: "The resource is not an absolute URI without a fragment.",
    mend: "Send the resource's identifier as its metadata states it.",
  },
  "resource.unknown": {
    says: "No resource is registered under this identifier.",
    mend: "Add it with `valetkey resource add`, spelled exactly as the client sends it.",
  },
  "resource.several": {
    says: "The request leads to a token for several resources at once.",
    mend: "Ask for one resource a token.",
  },
  "resource.ambiguous": {
    says: "The request names no resource, and there are several that it may mean.",
    mend: "Let the client send `resource`, or set `default_resource`.",
  },
  "resource.beyond-grant": {
    says: "The token request names a resource that was not authorized.",
    mend: "Name the resource in the authorization request too.",
  },
  "login.required": {
    says: "The client asked for an answer without a page, but nobody is signed in.",
    mend: "Leave prompt=none out, or sign in first.",
  },
  "consent.required": {
    says: "The client asked for an answer without a page, but consent is needed.",
    mend: "Leave prompt=none out.",
  },
  "consent.denied": {
    says: "The person refused.",
    mend: "Nothing to mend; the client may ask again with fewer scopes.",
  },
  "interaction.unknown": {
    says: "The page belongs to no authorization that is under way in this browser.",
    mend: "Start again at the client.",
  },
  "interaction.expired": {
    says: "The page waited too long.",
    mend: "Start again at the client.",
  },
  "sign-in.wrong": {
    says: "E-mail or password is wrong.",
    mend: "Try again; an operator can set a new password with `valetkey account set-password`.",
  },
  "account.disabled": {
    says: "The account is switched off.",
    mend: "Enable the account if the person may sign in again.",
  },

  // grants
  "grant-type.unsupported": {
    says: "The grant type does not exist here.",
    mend: "Use authorization_code, refresh_token or client_credentials.",
  },
  "code.unknown": {
    says: "No such authorization code was issued.",
    mend: "Send the code as it was received.",
  },
  "code.expired": {
    says: "The authorization code waited too long.",
    mend: "Redeem the code within `lifetimes.authorization_code`.",
  },
  "code.replayed": {
    says: "The authorization code was redeemed before; what the first redemption earned is ended.",
    mend: "Redeem a code once. If the client did so only once, a code leaked.",
  },
  "code.other-client": {
    says: "The authorization code belongs to another client.",
    mend: "Redeem the code with the client_id that asked for it.",
  },
  "code.other-redirect-uri": {
    says: "The redirect_uri is not the one of the authorization request.",
    mend: "Send the same redirect_uri, or none.",
  },
  "code.wrong-verifier": {
    says: "The code_verifier does not fit the code_challenge.",
    mend: "Keep the verifier of the request beside its state, and send that one.",
  },
  "refresh.malformed": {
    says: "The refresh token fails its checksum: it is not one of ours, or it was cut.",
    mend: "Send the refresh token as it was received.",
  },
  "refresh.unknown": { says: "The refresh token names no lineage.", mend: "The person signs in again." },
  "refresh.forged": {
    says: "The refresh token's proof is wrong.",
    mend: "If the server was moved, check that its keys moved with it. Otherwise somebody tries tokens.",
  },
  "refresh.other-client": {
    says: "The refresh token belongs to another client.",
    mend: "Send the refresh token with the client_id that got it.",
  },
  "refresh.ended": {
    says: "The lineage of the refresh token is ended: revoked, replayed or signed out.",
    mend: "The person signs in again. The audit log says when and why it ended.",
  },
  "refresh.expired": {
    says: "The refresh token's lineage is past its idle or absolute lifetime.",
    mend: "The person signs in again; see `lifetimes.refresh_idle` and `lifetimes.refresh_absolute`.",
  },
  "refresh.replayed": {
    says: "A refresh token came back outside its window; its lineage is ended.",
    mend: "Look at the lineage's addresses: a copy of the token is in use somewhere, or the client keeps old tokens.",
  },
  "refresh.key-unknown": {
    says: "The refresh token was made with a key that this node does not have.",
    mend: "Give every node the same key file.",
  },
  "grant.ended": {
    says: "The person's consent behind the token was withdrawn.",
    mend: "The person signs in and consents again.",
  },

  // tokens presented to our own endpoints
  "token.missing": {
    says: "No access token was sent.",
    mend: "Send it in the Authorization header as Bearer.",
  },
  "token.invalid": {
    says: "The access token does not verify, is expired or revoked.",
    mend: "Refresh the token or sign in again.",
  },
  "token.scope": {
    says: "The access token lacks the scope that the endpoint needs.",
    mend: "Ask for the scope that the challenge names.",
  },
  "token.two-carriers": {
    says: "The request carries an access token twice.",
    mend: "Send it in the Authorization header only.",
  },
  "token.malformed": {
    says: "The Authorization header is not Bearer followed by one token, or the token is not a signed JWT.",
    mend: "Send `Authorization: Bearer` and the access token as it was received.",
  },
  "token.type": {
    says: "The token is not an access token: its header lacks the type at+jwt.",
    mend: "Send the access token, not the ID token.",
  },
  "token.algorithm": {
    says: "The token is signed in a way that no access token may be: not at all, or with a shared secret.",
    mend: "Nothing to mend for a healthy client; somebody tries forged tokens.",
  },
  "token.critical": {
    says: "The token's header demands an extension that the resource does not know.",
    mend: "Let the issuer leave `crit` out.",
  },
  "token.issuer": {
    says: "The token comes from another issuer.",
    mend: "Let the resource's `issuer` and the token's `iss` be the same string, slash included.",
  },
  "token.audience": {
    says: "The token was made for another resource.",
    mend: "Let the client send this resource's identifier as `resource`, spelled as the metadata states it.",
  },
  "token.expired": {
    says: "The access token is past its end.",
    mend: "Refresh the token. If it was just issued, compare the clocks of issuer and resource.",
  },
  "token.early": {
    says: "The access token begins in the future.",
    mend: "Compare the clocks of issuer and resource.",
  },
  "token.claims": {
    says: "The access token lacks a claim, or has it in a form that RFC 9068 does not know.",
    mend: "Look at the named claim at the issuer.",
  },
  "token.key-unknown": {
    says: "The token is signed with a key that the issuer does not publish.",
    mend: "If the issuer has new keys, they must be published before use; otherwise somebody tries forged tokens.",
  },
  "token.signature": {
    says: "The token's signature is wrong.",
    mend: "Send the token as it was received; if it was, somebody tries forged tokens.",
  },
  "token.bound": {
    says: "The token is bound to a key, and was sent as a plain bearer token.",
    mend: "Send it with its proof, or ask for a token that is not bound.",
  },
  "token.revoked": {
    says: "The issuer says that the token is no longer active.",
    mend: "Sign in again.",
  },
  "request.origin": {
    says: "A browser page from an origin that is not allowed called the resource.",
    mend: "Add the origin to `allowedOrigins` if the page is yours.",
  },
  "issuer.unreachable": {
    says: "The issuer's keys or its word on a token could not be had, so nobody was let in.",
    mend: "Look whether the resource can reach the issuer, and whether its metadata names the same issuer.",
  },
  "logout.redirect-uri": {
    says: "The post_logout_redirect_uri is not registered, or nothing says for which client.",
    mend: "Register it exactly, and send id_token_hint or client_id.",
  },
} as const satisfies Record<string, RefusalText>;

export type Refusal = keyof typeof refusals;
