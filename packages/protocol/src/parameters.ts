import { invalidRequest } from "./errors.ts";

/**
 * A form or query string as OAuth reads it: each name at most once, an empty value counts as absent,
 * unknown names are kept and ignored. OAuth 2.1 §3.1, §3.2.
 */
export class Parameters {
  readonly #values: ReadonlyMap<string, readonly string[]>;

  private constructor(values: ReadonlyMap<string, readonly string[]>) {
    this.#values = values;
  }

  /**
   * Reads `application/x-www-form-urlencoded` text.
   * @throws invalid_request when a name that is not in `repeatable` comes twice, even with empty values.
   */
  static parse(text: string, rules: { repeatable?: readonly string[] } = {}): Parameters {
    const values = new Map<string, string[]>();
    const seen = new Set<string>();
    for (const [name, value] of new URLSearchParams(text)) {
      if (seen.has(name) && !rules.repeatable?.includes(name)) {
        throw invalidRequest(`The parameter ${printable(name)} is repeated.`, "parameter.repeated", {
          fact: printable(name),
        });
      }
      seen.add(name);
      if (value === "") continue;
      const known = values.get(name);
      if (known) known.push(value);
      else values.set(name, [value]);
    }
    return new Parameters(values);
  }

  optional(name: string): string | undefined {
    return this.#values.get(name)?.[0];
  }

  /** @throws invalid_request when the parameter is absent or empty. */
  required(name: string): string {
    const value = this.optional(name);
    if (value === undefined) {
      throw invalidRequest(`The parameter ${name} is missing.`, "parameter.missing", { fact: name });
    }
    return value;
  }

  all(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  names(): readonly string[] {
    return [...this.#values.keys()];
  }
}

/** RFC 6749 §5.2: an error_description is printable ASCII without quote and backslash. */
function printable(name: string): string {
  return name.replace(/[^\x20-\x21\x23-\x5B\x5D-\x7E]/g, "?").slice(0, 60);
}
