import { type RedirectUriFault, redirectUriFault } from "@valetkey/protocol/redirect-uri";
import { type Fault, fault } from "./fault.ts";

const sentences: Readonly<Record<RedirectUriFault, string>> = {
  characters: "has characters that no URI has",
  malformed: "is no absolute URI",
  fragment: "has a fragment (#), which no redirect URI may have",
  wildcard: "has a wildcard; redirect URIs are compared character by character, so give each in full",
  userinfo: "has a user name in it",
  scheme: "has a scheme that no redirect may lead to",
  "app-scheme": "has an app scheme that is not allowed",
  host: "must be https, or http on 127.0.0.1, [::1] or localhost",
  port: "has a port that does not exist",
  path: "has dot segments or encoded slashes in its path, which some reader would decode",
  "reserved-parameter": "has a query parameter that the answer itself carries, such as code or state",
  spelling: "is not spelled as a browser would send it (case of the host, default port)",
};

/**
 * Why URIs cannot be registered as redirects. An app scheme passes: the operator names it in full, which is the listing
 * that a self-registered client's needs.
 */
export function redirectUriFaults(about: string, uris: readonly string[]): readonly Fault[] {
  return uris.flatMap((uri) => {
    const found = redirectUriFault(uri, { appRedirects: [uri] });
    return found === undefined ? [] : [fault(about, sentences[found], uri)];
  });
}
