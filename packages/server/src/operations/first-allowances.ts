import type { Resource } from "../records/resource.ts";

/** Who is allowed what at a new resource: role and scopes. */
export interface FirstAllowances {
  readonly byRole: ReadonlyMap<string, readonly string[]>;
  /** Scopes for people that no role allows yet, so that nobody can be granted them. */
  readonly withoutRole: readonly string[];
}

/**
 * Scopes of low and medium risk for people go to `usualRole`; a scope that an explicit allowance names goes to the roles
 * of those allowances only. A scope of high risk is nobody's until somebody says whose.
 */
export function firstAllowances(
  { scopes }: Pick<Resource, "scopes">,
  usualRole: string,
  explicit: readonly (readonly [role: string, scope: string])[],
): FirstAllowances {
  const named = new Set(explicit.map(([, scope]) => scope));
  const forPeople = scopes.filter((scope) => scope.for.includes("people") && !named.has(scope.name));
  const usual = forPeople.filter(({ risk }) => risk !== "high").map(({ name }) => [usualRole, name] as const);
  const byRole = new Map<string, readonly string[]>();
  for (const [role, scope] of [...usual, ...explicit]) byRole.set(role, [...(byRole.get(role) ?? []), scope]);
  return { byRole, withoutRole: forPeople.filter(({ risk }) => risk === "high").map(({ name }) => name) };
}
