import { fromJsonSchema, type McpServer } from "@modelcontextprotocol/server";
import { said } from "./content.ts";

/** Tools that are about their input schema: every keyword must reach the client, and headers must repeat the body. */
export function schemaTools(server: McpServer): void {
  server.registerTool(
    "json_schema_2020_12_tool",
    { description: "Has JSON Schema 2020-12 keywords.", inputSchema: fromJsonSchema(person) },
    () => said("The input fits the schema."),
  );
  server.registerTool(
    "test_custom_header",
    { description: "Wants its region in a header too.", inputSchema: fromJsonSchema<Region>(region) },
    ({ region }) => said(`In ${region}.`),
  );
}

interface Region {
  readonly region: string;
}

const region = {
  type: "object" as const,
  properties: { region: { type: "string", "x-mcp-header": "Region" } },
  required: ["region"],
};

const person = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  type: "object" as const,
  $defs: {
    address: {
      $anchor: "addressDef",
      type: "object",
      properties: { street: { type: "string" }, city: { type: "string" } },
    },
  },
  properties: {
    name: { type: "string" },
    address: { $ref: "#/$defs/address" },
    contactMethod: { type: "string", enum: ["phone", "email"] },
    phone: { type: "string" },
    email: { type: "string" },
  },
  allOf: [{ anyOf: [{ required: ["phone"] }, { required: ["email"] }] }],
  if: { properties: { contactMethod: { const: "phone" } }, required: ["contactMethod"] },
  // biome-ignore lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema.
  then: { required: ["phone"] },
  else: { required: ["email"] },
  additionalProperties: false,
};
