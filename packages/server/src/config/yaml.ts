import { type Document, parseDocument } from "yaml";
import { ConfigError } from "./fault.ts";

/** Settings as the file has them, before anything is judged. */
export type Raw = Record<string, unknown>;

export function isGroup(value: unknown): value is Raw {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The parser's own sentences quote the text, and the text may be a password: only its codes are told. */
const sentences: Readonly<Record<string, string>> = {
  BAD_INDENT: "the line does not stand as far in as the lines above it ask",
  TAB_AS_INDENT: "lines are set in with spaces, never with tabs",
  DUPLICATE_KEY: "the name stands twice",
  MISSING_CHAR: "a closing sign is missing: a quote, a bracket or a comma",
  MULTIPLE_DOCS: "there must be one document, without a line of three dashes between settings",
  BLOCK_AS_IMPLICIT_KEY: "a line holds more than one name; put values with a colon in quotes",
  BAD_DQ_ESCAPE: "a backslash in double quotes begins no known sign; use single quotes",
};

/**
 * Reads one YAML document of settings; an empty one holds none.
 * @param name of the file, for the faults
 * @throws ConfigError with every place where it cannot be read
 */
export function parseYaml(text: string, name: string): Raw {
  const document = parseDocument(text, { prettyErrors: false });
  const broken = document.errors.map(({ pos, code }) => ({
    name: `${name} line ${text.slice(0, pos[0]).split("\n").length}`,
    reason: `is not valid YAML: ${sentences[code] ?? "it cannot be read from here"}`,
    example: "For example: issuer: https://auth.example.com",
  }));
  if (broken.length > 0) throw new ConfigError(broken);
  const value = withoutNulls(plainValue(document, name));
  if (isGroup(value)) return value;
  if (value === undefined) return {};
  const reason = "must hold settings, each as name: value";
  throw new ConfigError([{ name, reason, example: "For example: issuer: https://auth.example.com" }]);
}

/** Aliases that name nothing, or multiply beyond measure, show only here. */
function plainValue(document: Document, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    const reason = "is not valid YAML: its aliases cannot be resolved";
    throw new ConfigError([{ name, reason, example: "Write each value out." }]);
  }
}

/** A name with nothing behind it is as good as absent. */
function withoutNulls(value: unknown): unknown {
  if (value === null) return undefined;
  if (!isGroup(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, member]) => [name, withoutNulls(member)] as const)
      .filter(([, member]) => member !== undefined),
  );
}
