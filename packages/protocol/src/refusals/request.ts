import type { RefusalText } from "./text.ts";

/** About a request as such, whoever sends it. */
export const requestRefusals = {
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
    says: "Too many failures, registrations or unknown metadata documents came from this caller in a while.",
    mend: "Wait for the seconds in Retry-After; raise the limit under `rate_limits` if the traffic is wanted.",
  },
  "request.json": {
    says: "The body is no JSON object.",
    mend: "Send one JSON object, as the interaction API describes it (docs/build/own-pages.md).",
  },
  "request.form-token": {
    says: "A form came without the token that the page gave it, or from another browser.",
    mend: "Open the page again and send its form; check that cookies are allowed.",
  },
  "request.cross-site": {
    says: "A form was sent from a page of another site.",
    mend: "Send forms only from the pages of this server.",
  },
  "server.busy": {
    says: "More passwords came at once than this machine can judge, or one waited ten seconds for its turn.",
    mend: "It passes. If it comes again and again, look in the audit log for who guesses (sign-in.refused), and give the server more cores.",
  },
  "server.failed": {
    says: "The server failed in a way that it did not expect.",
    mend: "See the log of that moment: it names the method, the path and the error.",
  },
} as const satisfies Record<string, RefusalText>;
