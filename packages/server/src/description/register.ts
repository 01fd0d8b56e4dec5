import type { PathDescription } from "./description.ts";
import { named } from "./schema.ts";

/** RFC 7591 §3 */
export const register: PathDescription = {
  POST: {
    id: "register",
    tag: "Clients",
    summary: "Register a client",
    says:
      "RFC 7591 §3: a client registers itself, without a secret. The answer says what was registered, which may be less " +
      "than was asked. A client that can publish a document should use a client ID metadata document instead.",
    proves: ["none"],
    json: {
      schema: named("ClientMetadata"),
      examples: {
        native: {
          summary: "A command-line tool",
          value: {
            client_name: "Example tool",
            redirect_uris: ["http://127.0.0.1/callback"],
            grant_types: ["authorization_code", "refresh_token"],
            token_endpoint_auth_method: "none",
            application_type: "native",
          },
        },
      },
    },
    answers: [
      {
        status: 201,
        says: "The client as it was registered.",
        schema: named("RegisteredClient"),
        example: {
          client_id: "client_1",
          client_id_issued_at: 1_800_000_000,
          client_name: "Example tool",
          redirect_uris: ["http://127.0.0.1/callback"],
          grant_types: ["authorization_code", "refresh_token"],
          response_types: ["code"],
          token_endpoint_auth_method: "none",
          application_type: "native",
        },
      },
    ],
    refuses: {
      access_denied: ["registration.disabled"],
      invalid_client_metadata: [
        "request.content-type",
        "metadata.malformed",
        "metadata.auth-method",
        "metadata.secret",
        "registration.confidential",
      ],
      invalid_redirect_uri: ["redirect-uri.forbidden"],
      temporarily_unavailable: ["request.rate"],
    },
  },
};
