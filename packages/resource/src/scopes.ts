import { requireScopeNames } from "@valetkey/protocol/challenge";

/** A broader scope and the narrower ones that it stands for. */
export type Hierarchy = Readonly<Record<string, readonly string[]>>;

/** Everything that the granted scopes permit: they themselves, and what they stand for, chains followed. */
export function permitted(granted: readonly string[], hierarchy: Hierarchy = {}): ReadonlySet<string> {
  const all = new Set<string>();
  const waiting = [...granted];
  for (let scope = waiting.pop(); scope !== undefined; scope = waiting.pop()) {
    if (all.has(scope)) continue;
    all.add(scope);
    if (Object.hasOwn(hierarchy, scope)) waiting.push(...(hierarchy[scope] ?? []));
  }
  return all;
}

/** What an operation needs: a list, or a list with the operation's name for the log. */
export type Needed = readonly string[] | { readonly scopes?: readonly string[]; readonly operation?: string };

/** @throws TypeError for a scope that is none: the route is wrong, and nobody may pass. */
export function scopesNeeded(needed: Needed, required: readonly string[]): readonly string[] {
  const asked = isList(needed) ? needed : (needed.scopes ?? []);
  // A word where a list belongs has no scopes in it: it must not pass for an operation that needs none.
  if (typeof needed !== "object" || !isList(asked)) {
    throw new TypeError(`The scopes that an operation needs are a list, not ${JSON.stringify(needed)}.`);
  }
  const all = required.length === 0 ? asked : [...required, ...asked];
  const scopes = all.length < 2 ? all : [...new Set(all)];
  requireScopeNames(scopes);
  return scopes;
}

export function operationOf(needed: Needed): string | undefined {
  return isList(needed) ? undefined : needed.operation;
}

function isList(needed: Needed): needed is readonly string[] {
  return Array.isArray(needed);
}
