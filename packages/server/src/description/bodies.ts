import type { Body, Example, Field } from "./description.ts";
import { object, type Schema } from "./schema.ts";

type Examples = Readonly<Record<string, Example>>;

/** A form of fields; unknown names are ignored, none may come twice unless it is a list. */
export function formOf(fields: readonly Field[], examples?: Examples): Body {
  return { schema: fieldsOf(fields), ...(examples && { examples }) };
}

/** The object that fields make; what each field says stands behind what its schema says. */
export function fieldsOf(fields: readonly Field[], more: Schema = {}): Schema {
  const properties = Object.fromEntries(
    fields.map(({ name, schema, says }) => [
      name,
      { ...schema, description: [schema.description, says].filter((part) => part).join(" ") },
    ]),
  );
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  return object(properties, required, more);
}
