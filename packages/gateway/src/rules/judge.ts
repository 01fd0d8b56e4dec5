import { OAuthError } from "@valetkey/protocol/errors";
import { fieldOf } from "./field.ts";
import type { JsonObject } from "./json-body.ts";
import { matchesPath } from "./path-pattern.ts";
import type { Rule } from "./rules.ts";
import { matchesValue } from "./value-pattern.ts";

/** The rules for a method and path, before the body is known. */
export interface Candidates {
  readonly rules: readonly Rule[];
  /** What is needed whatever the body holds. */
  readonly certainScopes: readonly string[];
  readonly readsBody: boolean;
}

export interface Verdict {
  readonly scopes: readonly string[];
  /** The name of one; undefined for none. */
  readonly credential: string | undefined;
}

/** RFC 9110 §9.3.2: HEAD runs what GET runs. `isWebSocket` for a GET that asks to become one: both kinds of rules count. */
export function candidatesFor(
  rules: readonly Rule[],
  method: string,
  segments: readonly string[],
  isWebSocket = false,
): Candidates {
  const asked = method === "HEAD" ? "GET" : method;
  const matching = rules.filter(
    (rule) =>
      (rule.methods.has(asked) || (isWebSocket && rule.methods.has("WEBSOCKET"))) &&
      matchesPath(rule.path, segments),
  );
  // A server that does not know WebSockets answers the GET, so its rules hold too, but they alone open no tunnel.
  const isOpen = !isWebSocket || matching.some((rule) => rule.methods.has("WEBSOCKET"));
  const found = isOpen ? matching : [];
  return {
    rules: found,
    certainScopes: union(found.filter((rule) => rule.conditions.length === 0)),
    readsBody: found.some((rule) => rule.conditions.length > 0),
  };
}

/**
 * What the request needs: the scopes of every rule that matches, together (docs/decisions/0008). With one rule more
 * nobody needs less.
 * @throws access_denied when no rule matches or their credentials differ; invalid_request when a field cannot be judged
 */
export function judge(candidates: Candidates, body: JsonObject | undefined): Verdict {
  // Every condition is looked at, also where an earlier one fails: a body that cannot be judged is refused whole.
  const matching = candidates.rules.filter((rule) =>
    rule.conditions
      .map(({ path, values }) => matchesValue(values, fieldOf(body, path), path.join(".")))
      .every((holds) => holds),
  );
  if (matching.length === 0) {
    throw new OAuthError("access_denied", "No rule permits this operation.", "upstream.no-rule");
  }
  const credentials = new Set(matching.map((rule) => rule.credential));
  if (credentials.size > 1) {
    throw new OAuthError("access_denied", "No rule permits this operation.", "upstream.credential", {
      fact: [...credentials].map((name) => name ?? "none").join(", "),
    });
  }
  return { scopes: union(matching), credential: [...credentials][0] };
}

function union(rules: readonly Rule[]): readonly string[] {
  return [...new Set(rules.flatMap((rule) => rule.scopes))];
}
