import type { RefusalText } from "./text.ts";

/** About what is redeemed at the token endpoint. */
export const grantRefusals = {
  "grant-type.unsupported": {
    says: "The grant type does not exist here.",
    mend: "Use authorization_code, refresh_token, client_credentials, urn:ietf:params:oauth:grant-type:device_code or urn:ietf:params:oauth:grant-type:token-exchange.",
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
  "exchange.token-type": {
    says: "A token exchange gives or asks for a token that is not an access token.",
    mend: "Send subject_token_type (and actor_token_type where there is an actor_token) as urn:ietf:params:oauth:token-type:access_token. ID tokens and refresh tokens are not exchanged.",
  },
  "exchange.subject-token": {
    says: "The subject token is no live access token of this server: foreign, expired, revoked, or its person, client or consent is gone.",
    mend: "Send the access token as it was received, while it lives.",
  },
  "exchange.not-holder": {
    says: "The subject token was neither issued to the client that exchanges it nor meant for a resource of that client.",
    mend: "If the client is the server of the token's resource, let it introspect that resource (`--introspects`). Otherwise somebody exchanges a token that leaked.",
  },
  "exchange.actor-token": {
    says: "The actor token does not name the client that calls.",
    mend: "Leave actor_token out: the authenticated client is the actor. Or send one that the client got by client_credentials.",
  },
  "exchange.impersonation": {
    says: "Nobody acts, so that the new token could not be told from the person's own.",
    mend: "Nothing to mend: there is no impersonation here. The client authenticates and becomes the actor.",
  },
  "exchange.may-act": {
    says: "The subject token's may_act names another actor than the one that calls, or that the request wants to name.",
    mend: "Let the client that it names exchange the token. What comes of it stays with that client: leave the parameter may_act out.",
  },
  "exchange.too-deep": {
    says: "The chain of actors would be longer than allowed.",
    mend: "Look at who calls whom; raise `token_exchange.depth` if so long a chain is wanted.",
  },
  "exchange.target-beyond": {
    says: "The exchange names a resource that the grant behind the subject token does not reach now.",
    mend: "Let the first client name the resource in its authorization request too; check that a role of the person still allows it.",
  },
  "exchange.not-permitted": {
    says: "The operator did not permit the client to act for others at this resource.",
    mend: "Register the client with `--acts-at` and the resource.",
  },
  "exchange.scope-beyond": {
    says: "The exchange asks for a scope that the subject token does not have, or that does not exist at the target or is not allowed there now.",
    mend: "Ask for at most the subject token's scopes. A service that passes a scope on lists it among its own, so that the person consents to it.",
  },
  "exchange.bound": {
    says: "The subject token is bound to a key, and a new token would not be.",
    mend: "Send a DPoP proof with the exchange, by a key of the acting client's own: the new token is bound to it.",
  },
  "grant.ended": {
    says: "The person's consent behind the token was withdrawn.",
    mend: "The person signs in and consents again.",
  },
} as const satisfies Record<string, RefusalText>;
