import type { Requirements } from "./requirement.ts";

/** What this server owes as the client of OpenID Providers and OAuth accounts elsewhere. */
export const upstreams = {
  "OIDC-RP-TOKEN": {
    at: "OpenID Connect Core §3.1.3.7",
    level: "MUST",
    role: "client",
    asks: "An ID token counts with the provider's signature, issuer, audience, azp, end and our nonce, and never unsigned.",
  },
  "OIDC-RP-USERINFO": {
    at: "OpenID Connect Core §5.3.4",
    level: "MUST",
    role: "client",
    asks: "What userinfo says of another subject than the ID token's is not used.",
  },
  "OIDC-RP-SUBJECT": {
    at: "OpenID Connect Core §5.7",
    level: "MUST",
    role: "client",
    asks: "Issuer and subject find an account, never an address; behind an upstream's name there is never another provider.",
  },
  "OIDC-RP-FRESH": {
    at: "OpenID Connect Core §3.1.2.1",
    level: "MUST",
    role: "client",
    asks: "prompt=login and max_age go on to the provider, and an auth_time that is too old lets nobody in.",
  },
  "RFC9700-RP-CODE": {
    at: "RFC 9700 §2.1.1, §4.5, §4.7",
    level: "MUST",
    role: "client",
    asks: "Each sign-in elsewhere has its own state, nonce and S256 verifier; an answer is taken once, and a code of another's sign-in earns nothing.",
  },
  "I6-UPSTREAM-EMAIL": {
    at: "Sign in elsewhere",
    level: "DECISION",
    role: "AS",
    asks: "By address nobody comes into an account unless the operator said so for the provider, the provider owns the address, and it is verified here too.",
  },
  "I6-UPSTREAM-STRENGTH": {
    at: "Sign in elsewhere",
    level: "DECISION",
    role: "AS",
    asks: "A sign-in elsewhere is fed and what the provider said, and counts for two factors only where the operator trusts it with that.",
  },
  "I6-UPSTREAM-WORDS": {
    at: "Sign in elsewhere",
    level: "DECISION",
    role: "AS",
    asks: "A provider that is switched off, does not answer, says no, changed the subject or names no proven address: each gives a page that says what to do.",
  },
  "I6-UPSTREAM-CONNECT": {
    at: "The account page",
    level: "DECISION",
    role: "AS",
    asks: "A person connects their account with one elsewhere by their own act, in the session that began, and takes nobody else's.",
  },
  "I6-DIRECT": {
    at: "direct_sign_in",
    level: "DECISION",
    role: "AS",
    asks: "A client may send its people straight to an upstream, past the page, once, or have the page begin with one way; what is not offered is ignored.",
  },
} as const satisfies Requirements;
