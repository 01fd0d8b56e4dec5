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

/** Lets a role allow more; makes the role when there is none. @returns the role as it stands then, and whether it is new */
export async function allow(
  roles: RoleStore,
  name: string,
  allows: readonly Allowance[],
  description?: string,
): Promise<{ role: Role; isNew: boolean }> {
  const known = (await allRoles(roles)).find((role) => role.name === name);
  const before = known ?? { name, description: name, allows: [] };
  const more = allows.filter((one) => !before.allows.some((other) => isSame(one, other)));
  const role = { name, description: description ?? before.description, allows: [...before.allows, ...more] };
  await roles.put(role);
  return { role, isNew: known === undefined };
}

/** Lets a role allow less. */
export async function disallow(roles: RoleStore, role: Role, allows: readonly Allowance[]): Promise<Role> {
  const left = role.allows.filter((one) => !allows.some((other) => isSame(one, other)));
  const changed = { ...role, allows: left };
  if (left.length < role.allows.length) await roles.put(changed);
  return changed;
}

/** Takes a resource out of every role, so that one registered again under its name begins with nothing. */
export async function disallowResource(roles: RoleStore, resource: string): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const role of await roles.list()) {
    const gone = role.allows.filter((one) => one.resource === resource);
    if (gone.length === 0) continue;
    await disallow(roles, role, gone);
    changed.push(role.name);
  }
  return changed;
}

function isSame(one: Allowance, other: Allowance): boolean {
  return one.resource === other.resource && one.scope === other.scope;
}
