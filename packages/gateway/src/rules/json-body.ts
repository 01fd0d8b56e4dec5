import { invalidRequest } from "@valetkey/protocol/errors";
import { requireUniqueNames } from "./json-names.ts";
import { looseName, overridesMethod } from "./method-override.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Reads a body as the one JSON object that every reader finds in it; an empty body holds none. The octets themselves are
 * what is sent on, so nothing is lost in a second writing.
 * @throws invalid_request when it is anything else
 */
export function readJsonBody(octets: Uint8Array): JsonObject | undefined {
  if (octets.length === 0) return undefined;
  const text = decoded(octets);
  const value = parsed(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw refused("no JSON object");
  requireUniqueNames(text);
  // Some frameworks obey it, and the rules have judged the method of the request line.
  if (Object.keys(value).some((name) => overridesMethod(looseName(name)))) throw refused("_method");
  return value as JsonObject;
}

/** RFC 8259 §8.1: UTF-8 without a byte order mark; broken octets are refused and not replaced. */
function decoded(octets: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    throw refused("no UTF-8");
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refused("no JSON");
  }
}

function refused(fact: string): Error {
  return invalidRequest("A body of one JSON object in UTF-8 is needed.", "upstream.body", { fact });
}
