import type { RoleStore } from "../ports/store.ts";
import { type Allowance, administrator, everyone, type Role } from "../records/role.ts";

/** Roles that exist whether or not somebody made them. */
const builtIn: Readonly<Record<string, string>> = {
  [everyone]: "Every account",
  [administrator]: "Operates this server",
};

export function isRoleName(name: string): boolean {
  return /^[a-z][a-z0-9._-]{0,63}$/.test(name);
}

/** Every role: those made, and the built-in ones that nobody has changed. */
export async function allRoles(roles: RoleStore): Promise<readonly Role[]> {
  const made = await roles.list();
  const others = Object.entries(builtIn).filter(([name]) => !made.some((role) => role.name === name));
  return [...others.map(([name, description]) => ({ name, description, allows: [] })), ...made].toSorted(
    (one, other) => (one.name < other.name ? -1 : 1),
  );
}

/**
 * Lets a role allow more; makes the role when there is none. Of two operators at once neither loses what the other
 * allowed. @returns the role as it stands then, and whether it is new
 */
export async function allow(
  roles: RoleStore,
  name: string,
  allows: readonly Allowance[],
  description?: string,
): Promise<{ role: Role; isNew: boolean }> {
  for (;;) {
    const made = (await roles.list()).find((role) => role.name === name);
    const before = made ?? { name, description: builtIn[name] ?? name, allows: [] };
    const more = allows.filter((one) => !before.allows.some((other) => isSame(one, other)));
    const role = {
      name,
      description: description ?? before.description,
      allows: [...before.allows, ...more],
    };
    // Each refusal is another's success, so this ends.
    if (await roles.put(role, made ?? null))
      return { role, isNew: made === undefined && !Object.hasOwn(builtIn, name) };
  }
}

/** Lets a role allow less, whatever else it came to allow meanwhile. @returns the role as it stands then */
export async function disallow(roles: RoleStore, role: Role, allows: readonly Allowance[]): Promise<Role> {
  for (let before: Role | undefined = role; before; ) {
    const left: readonly Allowance[] = before.allows.filter(
      (one) => !allows.some((other) => isSame(one, other)),
    );
    const changed: Role = { ...before, allows: left };
    if (left.length === before.allows.length || (await roles.put(changed, before))) return changed;
    before = (await roles.list()).find(({ name }) => name === role.name);
  }
  return { ...role, allows: [] };
}

/** Lets roles allow scopes of one resource, as `firstAllowances` says. @returns the roles that were made */
export async function allowAll(
  roles: RoleStore,
  resource: string,
  byRole: ReadonlyMap<string, readonly string[]>,
): Promise<readonly string[]> {
  const made: string[] = [];
  for (const [role, scopes] of byRole) {
    const allows = scopes.map((scope) => ({ resource, scope }));
    if ((await allow(roles, role, allows)).isNew) made.push(role);
  }
  return made;
}

/** Takes a resource out of every role, so that one registered again under its name begins with nothing. */
export function disallowResource(roles: RoleStore, resource: string): Promise<readonly string[]> {
  return disallowEverywhere(roles, (one) => one.resource === resource);
}

/** Takes scopes of a resource out of every role, so that one described again under its name begins with nothing. */
export function disallowScopes(
  roles: RoleStore,
  resource: string,
  scopes: readonly string[],
): Promise<readonly string[]> {
  return disallowEverywhere(roles, (one) => one.resource === resource && scopes.includes(one.scope));
}

async function disallowEverywhere(
  roles: RoleStore,
  goes: (one: Allowance) => boolean,
): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const role of await roles.list()) {
    const gone = role.allows.filter(goes);
    if (gone.length === 0) continue;
    await disallow(roles, role, gone);
    changed.push(role.name);
  }
  return changed;
}

function isSame(one: Allowance, other: Allowance): boolean {
  return one.resource === other.resource && one.scope === other.scope;
}
