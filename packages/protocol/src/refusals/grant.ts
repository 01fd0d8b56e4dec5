import type { RefusalText } from "./text.ts";

/** About what is redeemed at the token endpoint. */
export const grantRefusals = {
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
} as const satisfies Record<string, RefusalText>;
