import type { Requirements } from "./requirement.ts";

/** draft-ietf-oauth-client-id-metadata-document-02. */
export const clientIdMetadataDocument = {
  "CIMD-01": {
    at: "CIMD -02 §3",
    level: "MUST",
    role: "AS",
    asks: "The URL is https with a path, without user info, fragment and dot segments; it is compared as a string.",
  },
  "CIMD-02": {
    at: "CIMD -02 §4, §5",
    level: "MUST",
    role: "AS",
    asks: "Only status 200 counts, no redirect is followed, and client_id in the body is the URL that was fetched.",
  },
  "CIMD-03": {
    at: "CIMD -02 §8.6",
    level: "MUST",
    role: "AS",
    asks: "No connection ever goes to a special-use address (RFC 6890), for the document, its keys or its logo; loopback only while the server itself is on loopback.",
  },
  "CIMD-04": {
    at: "CIMD -02 §8.7",
    level: "SHOULD",
    role: "AS",
    asks: "Reading stops at a cap whatever Content-Length says, and after a time limit; the address that was checked is the one connected to.",
  },
  "CIMD-05": {
    at: "CIMD -02 §5.2",
    level: "MUST",
    role: "AS",
    asks: "Errors and invalid documents are not kept; others as HTTP caching says, within bounds of our own.",
  },
  "CIMD-06": {
    at: "CIMD -02 §4.1",
    level: "MUST",
    role: "AS",
    asks: "A document with a client secret, a symmetric method or a private key is refused.",
  },
  "CIMD-07": {
    at: "CIMD -02 §8.2",
    level: "MUST",
    role: "AS",
    asks: "A client whose document declares private_key_jwt alone must use it.",
  },
  "CIMD-08": {
    at: "CIMD -02 §8.5, §8.8",
    level: "SHOULD",
    role: "AS",
    asks: "Consent shows the host of the client_id; no page loads a document's logo from its host; URLs in a document are https.",
  },
  "CIMD-09": {
    at: "CIMD -02 §3",
    level: "SHOULD",
    role: "AS",
    asks: "A client_id that we make does not begin with https://.",
  },
  "CIMD-10": {
    at: "CIMD -02 §8.4",
    level: "MAY",
    role: "AS",
    asks: "A redirect that a document lists no longer is refused. Consent stands: it is given to the URL, not to what the document says of itself.",
  },
  "CIMD-11": {
    at: "CIMD -02 §8.9, §8.10",
    level: "MAY",
    role: "AS",
    asks: "First use of a document's client is shown as such, and hosts can be allowed or denied.",
  },
  "CIMD-12": {
    at: "CIMD -02, our decision",
    level: "DECISION",
    role: "AS",
    asks: "A pinned copy of a well-known client's document serves where its host does not answer us.",
  },
  "CIMD-13": {
    at: "CIMD -02, our decision",
    level: "DECISION",
    role: "AS",
    asks: "Lists of authentication methods, unknown grant types and redirects at several hosts are borne.",
  },
} as const satisfies Requirements;
