import type { Field } from "./description.ts";
import { oneOf, text, uri } from "./schema.ts";

/** How a client says who it is in the body; with HTTP Basic none of it is needed. OAuth 2.1 §2.4 */
export const clientFields: readonly Field[] = [
  {
    name: "client_id",
    schema: text("The client: registered, or the URL of its metadata document.", { examples: ["client_1"] }),
    says: "Needed unless the Authorization header or the assertion names the client.",
  },
  {
    name: "client_secret",
    schema: text("The secret.", { format: "password" }),
    says: "client_secret_post. Never beside HTTP Basic or an assertion.",
  },
  {
    name: "client_assertion_type",
    schema: oneOf("RFC 7523 §2.2", ["urn:ietf:params:oauth:client-assertion-type:jwt-bearer"]),
    says: "Beside client_assertion.",
  },
  {
    name: "client_assertion",
    schema: text("A JWT signed with the client's key, its `aud` this issuer alone, its `jti` new each time."),
    says: "private_key_jwt.",
  },
];

export const resourceField: Field = {
  name: "resource",
  schema: {
    type: "array",
    description: "RFC 8707: the resources that the token is for, each as its metadata spells it.",
    items: uri("An absolute URI without a fragment.", "https://mcp.example.com/mcp"),
  },
  says: "May be repeated. Left out, the one resource that is meant, or the default one.",
};

export const scopeField: Field = {
  name: "scope",
  schema: text("Names separated by single spaces.", { examples: ["tools:use"] }),
  says: "Left out, the resource's default scopes.",
};

/** RFC 9449 §4.1 */
export const proofHeader: Field = {
  name: "DPoP",
  schema: text("A compact JWS of type dpop+jwt, made anew for each request."),
  says: "Only where tokens are bound to a key. Without a nonce it is answered with use_dpop_nonce and one.",
};

export const nonceAnswer = {
  "DPoP-Nonce": "The nonce for the next proof, where a proof was sent whose own is missing or old.",
};
