import {
  openidConfiguration as openidMetadata,
  authorizationServerMetadata as serverMetadata,
} from "@valetkey/protocol/server-metadata";
import type { PathDescription } from "./description.ts";
import { named } from "./schema.ts";

const facts = {
  issuer: "https://auth.example.com",
  scopesSupported: ["openid", "profile", "email", "offline_access", "tools:use"],
  registrationEnabled: true,
  documentsEnabled: true,
  devicesEnabled: true,
  signUpOpen: true,
  contexts: ["aal1", "aal2"] as const,
  idTokenSigningAlgorithms: ["ES256"],
};

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
        example: serverMetadata(facts),
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
        example: openidMetadata(facts),
      },
    ],
  },
};

/** RFC 7517 appendix A.1 */
const key = {
  kty: "EC",
  kid: "1",
  use: "sig",
  alg: "ES256",
  crv: "P-256",
  x: "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
  y: "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
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
      {
        status: 200,
        says: "The keys; caches may keep them for five minutes.",
        schema: named("JwkSet"),
        example: { keys: [key] },
      },
    ],
  },
};
