import type { RefusalText } from "./text.ts";

/** About an authorization request and its pages. */
export const authorizationRefusals = {
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
    mend: "Ask for a scope that `valetkey resource show` lists. To add one, remove the resource and add it again with all its scopes.",
  },
  "scope.beyond-client": {
    says: "A requested scope is beyond what this client is registered for.",
    mend: "Ask for less, or widen the client's scope.",
  },
  "scope.beyond-role": {
    says: "None of the requested scopes is allowed by a role of the person.",
    mend: "Let a role allow it (`valetkey role add`), or give the account one that does (`valetkey account set-roles`).",
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
    mend: "Compare it with `valetkey resource list`, the last slash included; add it with `valetkey resource add`, spelled as clients send it.",
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
  "login.other": {
    says: "The person who signed in is not the one that id_token_hint names.",
    mend: "Leave id_token_hint out where another person may answer, or sign in as the one it names.",
  },
  "login.unreachable": {
    says: "The client asked for a kind of sign-in (acr_values) that this server does not have.",
    mend: "Let the client, or the API that challenged it, ask for a value that the metadata lists under acr_values_supported.",
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
    says: "Email or password is wrong.",
    mend: "Try again; an operator can set a new password with `valetkey account set-password`.",
  },
  "account.disabled": {
    says: "The account is switched off.",
    mend: "Enable the account if the person may sign in again.",
  },
} as const satisfies Record<string, RefusalText>;
