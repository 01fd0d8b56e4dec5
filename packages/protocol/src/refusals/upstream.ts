import type { RefusalText } from "./text.ts";

/** About requests that a gateway judges before it sends them to the server behind it. */
export const upstreamRefusals = {
  "upstream.target": {
    says: "The path or query can be read in more than one way, so nobody can tell what the server behind would do.",
    mend: "Send a plain path: no dot segments, empty segments, backslashes, semicolons, encoded slashes or percent signs, ASCII only.",
  },
  "upstream.outside": {
    says: "The path lies outside what the gateway stands in front of.",
    mend: "Call below the path of the resource identifier.",
  },
  "upstream.header": {
    says: "A header that decides how the body is read came twice, or a header or the query carried the access token on.",
    mend: "Send each header once, and the token in the Authorization header only.",
  },
  "upstream.body": {
    says: "A rule reads the body, and the body can be read in more than one way.",
    mend: "Send one JSON object in UTF-8 with each name once, spelled as the interface spells it, and plain values.",
  },
  "upstream.client-slow": {
    says: "The client stopped sending its body, and the server behind was let go.",
    mend: "Look at the client's connection; raise `timeouts.headers` if its uploads pause for long.",
  },
  "upstream.body-type": {
    says: "The body is of a type or coding that the rules for this path do not take.",
    mend: "Send uncompressed application/json, or add the type to `content_types` of the rule if the traffic is wanted.",
  },
  "upstream.no-rule": {
    says: "No rule permits this method, path and body.",
    mend: "Add a rule that names it and the scopes that it needs, if it should be reachable.",
  },
  "upstream.credential": {
    says: "The rules that match name different credentials for the server behind, or the credential could not be had.",
    mend: "Let rules that overlap name the same credential; look whether its source answers.",
  },
  "upstream.exchange-refused": {
    says: "The issuer does not exchange the caller's token for one for the server behind.",
    mend: "The fact has the issuer's word. Its trace says more: the gateway's client needs --introspects the gateway's resource and --acts-at the server's, and the person must have consented to both.",
  },
  "upstream.exchange-client": {
    says: "The issuer does not accept the gateway's client, or gave what the gateway cannot present.",
    mend: "Look at `client_id` and the secret of the exchange, and whether the client may use the grant type token-exchange.",
  },
  "upstream.exchange-away": {
    says: "The issuer that exchanges tokens could not be reached or did not answer in time.",
    mend: "Look whether the issuer runs; requests whose tokens were exchanged before go on.",
  },
  "upstream.budget": {
    says: "The caller, or the client that acts for it, used up its requests or tokens of this window.",
    mend: "Wait for the seconds in Retry-After; raise the number under `budgets` if the traffic is wanted.",
  },
  "upstream.busy": {
    says: "As many requests as the gateway carries at once are under way.",
    mend: "Try again; raise `limits.concurrent` if the server behind bears more.",
  },
  "upstream.down": {
    says: "The server behind the gateway could not be reached, or broke off before it answered.",
    mend: "Look whether it runs and listens where `--upstream` says.",
  },
  "upstream.slow": {
    says: "The server behind the gateway did not answer in time.",
    mend: "Look what keeps it; raise the numbers under `timeouts` if such answers take long.",
  },
  "upstream.unauthorized": {
    says: "The server behind the gateway does not accept the gateway's credential.",
    mend: "Look at the credential that the rules name; the caller's token was fine.",
  },
} as const satisfies Record<string, RefusalText>;
