import type { Account } from "../records/account.ts";
import type { Client } from "../records/client.ts";
import type { Permission } from "../records/grant.ts";
import type { Audience, Resource } from "../records/resource.ts";
import { everyone, type Role } from "../records/role.ts";

/**
 * The role ceiling: of `permissions`, what some role of the account allows. Identity scopes, which stand under the
 * issuer, are the person's own to give and need no role.
 */
export function withinRoles(
  permissions: readonly Permission[],
  account: Account,
  roles: readonly Role[],
  issuer: string,
): readonly Permission[] {
  const held = roles.filter(({ name }) => name === everyone || account.roles.includes(name));
  const isAllowed = (resource: string, scope: string) =>
    held.some(({ allows }) => allows.some((a) => a.resource === resource && a.scope === scope));
  return permissions.flatMap((permission) => {
    const { resource, scopes } = permission;
    if (resource === issuer) return permission;
    const left = scopes.filter((scope) => isAllowed(resource, scope));
    // A resource without scopes is open to whoever may be let in at all.
    return left.length > 0 || scopes.length === 0 ? { resource, scopes: left } : [];
  });
}

/** The client's ceiling: of `permissions`, what the operator lets a registered client ask for. What a client says is none. */
export function withinClient(
  permissions: readonly Permission[],
  { kind, scope: ceiling }: Pick<Client, "kind" | "scope">,
  issuer: string,
): readonly Permission[] {
  if (kind !== "registered" || ceiling === null) return permissions;
  return permissions.flatMap(({ resource, scopes }) => {
    if (resource === issuer) return [{ resource, scopes }];
    const left = scopes.filter((scope) => ceiling.includes(scope));
    return left.length > 0 || scopes.length === 0 ? [{ resource, scopes: left }] : [];
  });
}

/** The scopes of a resource that are for people, or for machines. */
export function scopesFor(resource: Resource, audience: Audience): readonly string[] {
  return resource.scopes.filter((scope) => scope.for.includes(audience)).map(({ name }) => name);
}

/** The scopes of all permissions together, each once. */
export function scopesOf(permissions: readonly Permission[]): readonly string[] {
  const all = new Set<string>();
  for (const { scopes } of permissions) for (const scope of scopes) all.add(scope);
  return [...all];
}

/** What stands in both, by resource. */
export function intersection(
  asked: readonly Permission[],
  held: readonly Permission[],
): readonly Permission[] {
  if (covers(held, asked)) return asked;
  return asked.flatMap(({ resource, scopes }) => {
    const other = held.find((permission) => permission.resource === resource);
    const both = scopes.filter((scope) => other?.scopes.includes(scope));
    return other && (both.length > 0 || scopes.length === 0) ? [{ resource, scopes: both }] : [];
  });
}

/** Whether `held` has everything in `asked`. */
export function covers(held: readonly Permission[], asked: readonly Permission[]): boolean {
  return asked.every(({ resource, scopes }) => {
    const other = held.find((permission) => permission.resource === resource);
    return other !== undefined && scopes.every((scope) => other.scopes.includes(scope));
  });
}
