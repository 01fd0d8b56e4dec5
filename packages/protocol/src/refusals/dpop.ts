import type { RefusalText } from "./text.ts";

/** About proofs of possession: RFC 9449. */
export const dpopRefusals = {
  "dpop.missing": {
    says: "The token is bound to a key, and no proof of that key was sent.",
    mend: "Send a DPoP header with a fresh proof, signed by the key that the token was asked for with.",
  },
  "dpop.repeated": {
    says: "The request carries more than one DPoP header.",
    mend: "Send one DPoP header with one proof.",
  },
  "dpop.malformed": {
    says: "The DPoP header is not one signed JWT of a sensible length.",
    mend: "Send a compact JWT of at most 8,192 characters.",
  },
  "dpop.type": {
    says: "The proof's header lacks the type dpop+jwt.",
    mend: "Send a DPoP proof; another token is none.",
  },
  "dpop.algorithm": {
    says: "The proof is signed in a way that no proof may be, or that its key cannot sign.",
    mend: "Use one of the algorithms that the metadata lists; never none and never a shared secret.",
  },
  "dpop.key": {
    says: "The proof's header has no public key that could be used.",
    mend: "Send the public key as `jwk`: EC P-256, Ed25519, or RSA of 2,048 to 4,096 bits with the exponent 65537.",
  },
  "dpop.private-key": {
    says: "The proof's header holds a private or secret key. Whoever saw the request has it now.",
    mend: "Make a new key, and export the public half only.",
  },
  "dpop.signature": {
    says: "The proof's signature is wrong.",
    mend: "Sign with the private half of the key that the header holds.",
  },
  "dpop.claims": {
    says: "The proof lacks a claim, or has it in a form that RFC 9449 does not know.",
    mend: "Send jti, htm, htu and iat; jti as a text of 1 to 256 characters, new in each proof.",
  },
  "dpop.method": {
    says: "The proof was made for another HTTP method.",
    mend: "Make a proof for each request; htm is its method as sent.",
  },
  "dpop.target": {
    says: "The proof was made for another URL.",
    mend: "Let htu be the URL that was called, without query and fragment; behind a proxy the public one.",
  },
  "dpop.time": {
    says: "The proof is too old, or comes from the future.",
    mend: "Make a proof for each request, and compare the clocks of client and server.",
  },
  "dpop.token-hash": {
    says: "The proof was made for another access token, or names none.",
    mend: "Let ath be the SHA-256 of the access token that is sent beside it, in base64url.",
  },
  "dpop.nonce-missing": {
    says: "The proof has no nonce, which this server asks for.",
    mend: "Nothing, if the client came again: the answer gave it a nonce. If it does not, its library is too old.",
  },
  "dpop.nonce-stale": {
    says: "The proof's nonce is too old, or from another server.",
    mend: "Nothing, if the client came again: the answer gave it a new nonce. Keep one nonce for each server.",
  },
  "dpop.replayed": {
    says: "The proof was used before, or is as old as one that this server no longer remembers.",
    mend: "Make a proof for each request, also when it is sent again. If the client does, somebody copied a request.",
  },
  "dpop.other-key": {
    says: "The proof is by another key than the one that the code or token is bound to.",
    mend: "Keep the key beside the tokens. If the client did, somebody has its token without its key.",
  },
  "dpop.not-bound": {
    says: "The access token is bound to no key, and was sent under the scheme DPoP.",
    mend: "Send it as Bearer, or ask for a bound token by sending a proof to the token endpoint.",
  },
  "dpop.bound-only": {
    says: "The access token is bound to no key, and the resource takes bound ones only.",
    mend: "Ask for a bound token by sending a proof to the token endpoint.",
  },
  "dpop.before-start": {
    says: "The proof was made before this process began, which cannot know whether it was used.",
    mend: "Nothing, if the client came again: the answer gave it a nonce. Give the guard a `store` that outlives its processes.",
  },
  "dpop.too-many": {
    says: "More proofs came within their lifetime than this process remembers, so that no more can be told from replays.",
    mend: "Give the guard a larger memory or a shared store, or a shorter lifetime of proofs.",
  },
} as const satisfies Record<string, RefusalText>;
