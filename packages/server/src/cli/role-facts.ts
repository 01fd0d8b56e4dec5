import type { Allowance, Role } from "../records/role.ts";

/** A role as --json prints it. */
export function roleFacts({ name, description, allows }: Role) {
  return { name, description, allows };
}

/** What a role allows, one resource a line. */
export function allowanceRows(allows: readonly Allowance[]): readonly (readonly [string, string])[] {
  const resources = [...new Set(allows.map(({ resource }) => resource))];
  return resources.map((resource) => [
    resource,
    allows
      .filter((one) => one.resource === resource)
      .map(({ scope }) => scope)
      .join(" "),
  ]);
}
