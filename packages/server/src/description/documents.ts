import type { PathDescription } from "./description.ts";
import { named } from "./schema.ts";

/** RFC 8414 */
export const authorizationServerMetadata: PathDescription = {
  GET: {
    id: "authorizationServerMetadata",
    tag: "Discovery",
    summary: "What this authorization server can do",
    says:
      "RFC 8414. For an issuer with a path the same document is answered at both well-known forms: with the path behind " +
      "the well-known part, and before it.",
    proves: ["none"],
    answers: [
      {
        status: 200,
        says: "The document; caches may keep it for five minutes.",
        schema: named("AuthorizationServerMetadata"),
      },
    ],
  },
};

/** OpenID Connect Discovery §4 */
export const openidConfiguration: PathDescription = {
  GET: {
    id: "openidConfiguration",
    tag: "Discovery",
    summary: "What this OpenID Provider can do",
    says: "OpenID Connect Discovery §4: the same document, and what the ID token is.",
    proves: ["none"],
    answers: [
      {
        status: 200,
        says: "The document; caches may keep it for five minutes.",
        schema: named("OpenidConfiguration"),
      },
    ],
  },
};

/** RFC 7517 §5 */
export const jwks: PathDescription = {
  GET: {
    id: "jwks",
    tag: "Discovery",
    summary: "The public keys",
    says: "RFC 7517 §5. A new key is published before it signs, an old one stays as long as its tokens live.",
    proves: ["none"],
    answers: [
      { status: 200, says: "The keys; caches may keep them for five minutes.", schema: named("JwkSet") },
    ],
  },
};
