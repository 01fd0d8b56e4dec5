import type { RefusalText } from "./text.ts";

/** About access tokens that are presented, here and at resources. */
export const tokenRefusals = {
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
  "token.opaque": {
    says: "The token is an opaque one of Valetkey's, which the issuer alone can read, and the resource does not ask it.",
    mend: "Give the guard `introspection` with the resource's own client, or set the resource back: `valetkey resource set --token-format jwt`.",
  },
  "token.ring-key-unknown": {
    says: "The opaque token, or the secret of a second factor, is sealed with a server key that this node does not have.",
    mend: "Give every node the same key file. An old key must stay for as long as access tokens live, and as long as a secret is sealed with it.",
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
  "introspection.too-many": {
    says: "More unknown words came as opaque tokens than the issuer may be asked about in a second, so this one was not judged.",
    mend: "Find who sends them and limit callers in front of the resource; raise `unknownPerSecond` if they are good tokens.",
  },
  "logout.redirect-uri": {
    says: "The post_logout_redirect_uri is not registered, or nothing says for which client.",
    mend: "Register it exactly, and send id_token_hint or client_id.",
  },
} as const satisfies Record<string, RefusalText>;
