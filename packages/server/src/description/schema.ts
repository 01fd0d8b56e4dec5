/** JSON Schema 2020-12, as OpenAPI 3.1 takes it. */
export type Schema = Readonly<Record<string, unknown>>;

export const text = (description: string, more: Schema = {}): Schema => ({
  type: "string",
  description,
  ...more,
});

/** Every value that a tool would make up otherwise has an example. */
export const uri = (description: string, example = "https://app.example.com/"): Schema =>
  text(description, { format: "uri", examples: [example] });

export const email = (description: string): Schema =>
  text(description, { format: "email", examples: ["ada@example.com"] });

export const flag = (description: string): Schema => ({ type: "boolean", description });

/** Whole seconds since 1970. */
export const instant = (description: string): Schema => ({
  type: "integer",
  minimum: 0,
  description: `${description} Seconds since 1970.`,
  examples: [1_800_000_000],
});

export const seconds = (description: string): Schema => ({
  type: "integer",
  minimum: 0,
  description: `${description} In seconds.`,
  examples: [600],
});

export const list = (description: string, items: Schema = { type: "string" }): Schema => ({
  type: "array",
  description,
  items,
});

export const oneOf = (description: string, values: readonly string[]): Schema => ({
  type: "string",
  description,
  enum: values,
});

/** An object whose members beyond `required` may be absent; never null. */
export const object = (
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[],
  more: Schema = {},
): Schema => ({ type: "object", properties, ...(required.length > 0 && { required }), ...more });

export const named = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
