import { invalidRequest } from "@valetkey/protocol/errors";
import type { JsonObject } from "./json-body.ts";

/** The names that lead to a field, from the body's outermost object inwards. */
export type FieldPath = readonly string[];

/** A JSON pointer (RFC 6901) or names parted by dots; or the reason against it. */
export function readFieldPath(text: string): FieldPath | string {
  const names = text.startsWith("/")
    ? text
        .slice(1)
        .split("/")
        .map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"))
    : text.split(".");
  const fine = names.every((name) => /^[\x21-\x7e]+$/.test(name)) && !/~(?![01])/.test(text);
  return fine ? names : "must be a JSON pointer such as /model, or names parted by dots, in ASCII";
}

/**
 * The value at a path; undefined when it is absent.
 * @throws invalid_request when something on the way is no object, or a name is almost the one that is read: readers that
 * do not tell case apart, or that stop at NUL, would find there what the rule did not
 */
export function fieldOf(body: JsonObject | undefined, path: FieldPath): unknown {
  let value: unknown = body;
  for (const name of path) {
    if (value === undefined || value === null) return undefined;
    if (typeof value !== "object" || Array.isArray(value)) throw refused(path, "no object on the way");
    requireNoLookAlike(value, name, path);
    value = Object.hasOwn(value, name) ? (value as JsonObject)[name] : undefined;
  }
  return value;
}

function requireNoLookAlike(object: object, name: string, path: FieldPath): void {
  const loose = looseName(name);
  for (const other of Object.keys(object)) {
    if (other !== name && looseName(other) === loose) throw refused(path, "a name that is almost this one");
  }
}

/** As the loosest reader has it: cut at NUL, without blanks, dashes and underscores, look-alikes and case made equal. */
function looseName(name: string): string {
  const cut = name.split("\0", 1)[0] ?? "";
  return cut
    .normalize("NFKC")
    .toUpperCase()
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
}

function refused(path: FieldPath, fact: string): Error {
  return invalidRequest("The body has a field that cannot be judged.", "upstream.body", {
    fact: `${path.join(".")}: ${fact}`,
  });
}
