import type { Route } from "../http/router.ts";
import type { Tag } from "./description.ts";
import { descriptions } from "./index.ts";
import { metadataSchemas } from "./metadata-schemas.ts";
import { operationOf } from "./operation.ts";
import { withoutRepeats } from "./repeated-responses.ts";
import type { Schema } from "./schema.ts";
import { schemas } from "./schemas.ts";

const tags: Readonly<Record<Tag, string>> = {
  Discovery: "What the server says of itself.",
  Authorization: "How a client asks a person for access.",
  Tokens: "What a program does with grants and tokens.",
  Clients: "How a client makes itself known.",
  Identity: "Who the person is, and signing out.",
  Pages:
    "What a person sees. Their forms carry a token of the page, so that nobody else's page can send them.",
  Operation: "For who runs the server.",
};

const securitySchemes = {
  clientSecret: {
    type: "http",
    scheme: "basic",
    description: "client_secret_basic: id and secret form-encoded, then joined. RFC 6749 §2.3.1",
  },
  bearer: { type: "http", scheme: "bearer", bearerFormat: "at+jwt", description: "RFC 6750 §2.1" },
  dpop: {
    type: "http",
    scheme: "dpop",
    description: "A token that is bound to a key, beside the header DPoP with a proof. RFC 9449 §7.1",
  },
  session: {
    type: "apiKey",
    in: "cookie",
    name: "__Host-valetkey-session",
    description: "The person who signed in in this browser.",
  },
};

const about = `The OAuth 2.1 authorization server and OpenID Provider. Printed from the table of routes.

Every path stands below the issuer; where the issuer has a path, the documents of discovery are found by RFC 8414 §3.1 too.
A method that a path does not take is answered with 405, a path that does not exist with 404, a body above 64 KiB with 413.
HEAD is answered wherever GET is. Refusals carry \`error\` and \`error_description\`; the reasons listed behind each code
stand in the server's trace, for its operator, and are explained in docs/refusals.md. Routes that belong to pages answer
with a page, or with JSON to a caller that accepts nothing else.`;

/** As far as others read it. */
export interface OpenApiDocument extends Schema {
  readonly info: Schema & { readonly title: string; readonly version: string };
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, Schema & { readonly operationId: string }>>>
  >;
}

/** The OpenAPI 3.1 description of every route. @throws Error for a route or description without the other */
export function openApiDocument(routes: readonly Route[], version: string): OpenApiDocument {
  const unsaid = routes.find(({ path }) => !Object.hasOwn(descriptions, path));
  if (unsaid) throw new Error(`${unsaid.path} has no description.`);
  const byPath = new Map(routes.map((route) => [route.path, route]));
  const paths = Object.entries(descriptions).map(([path, described]) => {
    const route = byPath.get(path);
    if (!route) throw new Error(`Nothing answers at ${path}, which has a description.`);
    const operations = Object.keys(route.methods).map((method) => {
      const operation = described[method as "GET" | "POST"];
      if (!operation) throw new Error(`${method} ${path} has no description.`);
      return [method.toLowerCase(), operationOf(route, method as "GET" | "POST", operation)];
    });
    return [path, Object.fromEntries(operations)];
  });
  const shared = withoutRepeats(Object.fromEntries(paths));
  return {
    openapi: "3.1.1",
    info: {
      title: "Valetkey",
      version,
      summary: "OAuth 2.1 authorization server and OpenID Provider",
      description: about,
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [
      {
        url: "{issuer}",
        description: "The issuer",
        variables: { issuer: { default: "https://auth.example.com" } },
      },
    ],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths: shared.paths,
    components: {
      schemas: { ...metadataSchemas, ...schemas },
      responses: shared.responses,
      securitySchemes,
    },
  };
}
