import type { Requirements } from "./requirement.ts";

/** RFC 10070 (which updates RFC 7523): clients that authenticate with a signed assertion. */
export const clientAssertions = {
  "JWTC-01": {
    at: "RFC 10070",
    level: "MUST",
    role: "client",
    asks: "The assertion names the issuer alone as its audience, at every endpoint (here: oauth4webapi's).",
  },
  "JWTC-02": {
    at: "RFC 10070",
    level: "MUST",
    role: "AS",
    asks: "An assertion whose audience is not exactly the issuer, as a string or a list of one, is refused.",
  },
  "JWTC-03": {
    at: "RFC 10070",
    level: "SHOULD",
    role: "AS",
    asks: "An assertion of type client-authentication+jwt is taken, and one without a type too.",
  },
  "JWTC-04": {
    at: "RFC 10070",
    level: "MAY",
    role: "AS",
    asks: "An assertion that is a grant may name issuer or token endpoint.",
    later: "There is no assertion grant yet.",
  },
  "JWTC-05": {
    at: "RFC 10070, our decision",
    level: "DECISION",
    role: "AS",
    asks: "A client may be allowed, by name, to send the token endpoint as audience; off by default.",
    later: "Until a client of somebody's needs it.",
  },
} as const satisfies Requirements;
