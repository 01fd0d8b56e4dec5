import { invalidScope } from "./errors.ts";
import { printable } from "./printable.ts";

/** OpenID Connect Core §5.4 and §11: scopes about the person, which belong to the server and to no resource. */
export const identityScopes: readonly string[] = ["openid", "profile", "email", "offline_access"];

/** RFC 6749 §3.3: one scope is printable ASCII without space, quote and backslash. */
export function isScopeToken(text: string): boolean {
  return /^[\x21\x23-\x5B\x5D-\x7E]+$/.test(text);
}

/**
 * RFC 6749 §3.3: names separated by single spaces, each kept once, in the order they came. An empty text is no scope.
 * @throws invalid_scope when a name has a character that no scope may have, or a space is doubled, leading or trailing.
 */
export function parseScope(text: string): readonly string[] {
  if (text === "") return [];
  const names = text.split(" ");
  if (!names.every(isScopeToken)) throw invalidScope("scope.malformed", { fact: printable(text, 100) });
  return [...new Set(names)];
}

/** RFC 6749 §3.3: the list as it travels. */
export function formatScope(scopes: readonly string[]): string {
  return scopes.join(" ");
}

/** What is in `scopes` and not in `removed`, in the order of `scopes`. */
export function without(scopes: readonly string[], removed: readonly string[]): readonly string[] {
  return scopes.filter((scope) => !removed.includes(scope));
}

/** What is in both, in the order of `scopes`. */
export function intersect(scopes: readonly string[], allowed: readonly string[]): readonly string[] {
  return scopes.filter((scope) => allowed.includes(scope));
}

/** What is in either, each once, first those of `scopes`. */
export function union(scopes: readonly string[], more: readonly string[]): readonly string[] {
  return [...new Set([...scopes, ...more])];
}

/** Whether every needed scope is granted. Names are compared as they are: RFC 6749 §3.3 makes them case-sensitive. */
export function covers(granted: readonly string[], needed: readonly string[]): boolean {
  return needed.every((scope) => granted.includes(scope));
}
