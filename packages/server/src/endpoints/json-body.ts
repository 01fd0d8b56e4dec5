import { invalidRequest } from "@valetkey/protocol/errors";
import type { HttpRequest } from "../http/message.ts";

/** The members of a JSON object: texts by name, lists of texts by name; anything else counts as absent. */
export interface JsonBody {
  optional(name: string): string | undefined;
  /** Whether it is there at all, whatever it is. */
  has(name: string): boolean;
  all(name: string): readonly string[];
}

/** @throws invalid_request "request.content-type", "request.json" */
export function requireJson(request: HttpRequest): JsonBody {
  const type = request.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw invalidRequest("Send application/json.", "request.content-type", {
      fact: (type ?? "none").slice(0, 60),
    });
  }
  const members = objectIn(request.body);
  if (members === undefined) throw invalidRequest("The body is no JSON object.", "request.json");
  const member = (name: string) => (Object.hasOwn(members, name) ? members[name] : undefined);
  return {
    has: (name) => Object.hasOwn(members, name),
    optional(name) {
      const value = member(name);
      if (typeof value === "string") return value === "" ? undefined : value;
      // What a browser's own API gives, a passkey's answer, goes on as the text that a form would carry.
      return typeof value === "object" && value !== null && !Array.isArray(value)
        ? JSON.stringify(value)
        : undefined;
    },
    all(name) {
      const value = member(name);
      return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
    },
  };
}

function objectIn(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
