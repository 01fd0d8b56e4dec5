import type { Requirements } from "./requirement.ts";

/** OAuth 2.1, draft-ietf-oauth-v2-1-16: the resource server, and the client, which is that of examples/mcp-login. */
export const oauth21Parties = {
  "O21-RS-01": {
    at: "OAuth 2.1 §5, §5.2, §7.1.4",
    level: "MUST",
    role: "RS",
    asks: "Expiry, audience and scope are checked at every request.",
  },
  "O21-RS-02": {
    at: "OAuth 2.1 §5.1.1",
    level: "MUST",
    role: "RS",
    asks: "The Bearer header is understood, its scheme in any case.",
  },
  "O21-RS-03": {
    at: "OAuth 2.1 §5.1",
    level: "MUST",
    role: "RS",
    asks: "A valid token that stands only in the query gives 401 without an error code.",
  },
  "O21-RS-04": {
    at: "OAuth 2.1 §5.1, §5.3.2",
    level: "MUST",
    role: "RS",
    asks: "Two token carriers are invalid_request, 400.",
  },
  "O21-RS-05": {
    at: "OAuth 2.1 §5.3.1, §5.3.2",
    level: "MUST",
    role: "RS",
    asks: "A refusal carries WWW-Authenticate with each attribute once, and no error code where no credentials were sent.",
  },
  "O21-RS-06": {
    at: "OAuth 2.1 §5.3.2",
    level: "SHOULD",
    role: "RS",
    asks: "invalid_token is 401, insufficient_scope 403 with the scope.",
  },
  "O21-RS-07": {
    at: "OAuth 2.1 §1.7.1",
    level: "SHOULD",
    role: "RS",
    asks: "A token of several kilobytes is read.",
  },
  "O21-RS-08": {
    at: "OAuth 2.1 §7.14",
    level: "MUST",
    role: "RS",
    asks: "Tokens and keys cross no network in the clear: the guard speaks plain http to loopback only.",
  },
  "O21-C-01": {
    at: "OAuth 2.1 §1.4",
    level: "MUST",
    role: "client",
    asks: "A token is opaque to the example's client: it hands on whatever it got.",
  },
  "O21-C-02": {
    at: "OAuth 2.1 §4.1.1, §7.5.1.1",
    level: "MUST",
    role: "client",
    asks: "The example's client uses PKCE with S256 and a fresh verifier for each request, after an error as well.",
  },
  "O21-C-03": {
    at: "OAuth 2.1 §2.3.3, §7.10",
    level: "MUST",
    role: "client",
    asks: "The example's client takes no callback without the state of its own request.",
  },
  "O21-C-04": {
    at: "OAuth 2.1 §2.3.4, §7.15",
    level: "MUST",
    role: "client",
    asks: "The example's client takes an answer only with the iss of the issuer that it asked, and redeems the code there.",
  },
  "O21-C-05": {
    at: "OAuth 2.1 §2.3.1, §2.3.6",
    level: "MUST",
    role: "client",
    asks: "The callback of the example's client redirects nowhere and holds no script.",
  },
  "O21-C-06": {
    at: "OAuth 2.1 §4.3.2",
    level: "MUST",
    role: "client",
    asks: "In the example's client a new refresh token replaces the old, which stays where none comes.",
  },
  "O21-C-07": {
    at: "OAuth 2.1 §5.1, §7.1.3",
    level: "MUST",
    role: "client",
    asks: "The example's client uses one token carrier, never the query, and says nothing to a TLS server that nobody vouches for.",
  },
  "O21-C-08": {
    at: "OAuth 2.1 §8.2, §8.5.4",
    level: "MUST",
    role: "client",
    asks: "The example's client hands the sign-in to a browser and listens on 127.0.0.1 alone, until the example ends.",
  },
  "O21-C-09": {
    at: "OAuth 2.1 §3.2.3, §4.1.2",
    level: "MUST",
    role: "client",
    asks: "The example's client ignores unknown fields in an answer and trusts no expires_in.",
  },
} as const satisfies Requirements;
