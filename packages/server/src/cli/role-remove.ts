import { allRoles, disallow } from "../operations/allowances.ts";
import type { Store } from "../ports/store.ts";
import type { Account } from "../records/account.ts";
import { administrator, everyone, type Role } from "../records/role.ts";
import { chosenStore, storeOptions, withStore } from "./chosen-store.ts";
import type { Command } from "./command.ts";
import type { Given } from "./given.ts";
import { jsonOption, record, say } from "./output.ts";
import { roleFacts } from "./role-facts.ts";
import { UsageError } from "./usage-error.ts";

export const roleRemove: Command = {
  name: "role remove",
  summary: "Remove a role, or with --resource some of what it allows",
  operand: { name: "ROLE", says: "the role's name", example: "trainer" },
  options: {
    resource: {
      value: "IDENTIFIER",
      says: "Keep the role, and take away what it allows at this resource",
      example: "https://api.example.com",
    },
    scope: {
      value: "SCOPE",
      many: true,
      says: "With --resource: only these scopes of it",
      example: "training:write",
    },
    ...jsonOption,
    ...storeOptions,
  },
  notes: ["Tokens that are out already keep their scopes until they expire; every refresh judges anew."],
  examples: [
    "role remove trainer",
    "role remove everyone --resource https://api.example.com --scope training:write",
  ],
  async read(given, io) {
    const resource = given.text("resource");
    if (resource === undefined && given.has("scope")) given.refuse("resource", "is needed with --scope");
    if (resource === undefined && (given.operand === everyone || given.operand === administrator))
      given.refuseOperand("always exists; --resource takes away what it allows");
    const choice = await chosenStore(given, io);
    return (io) =>
      withStore(choice, io, async ({ store }) => {
        const role = (await allRoles(store.roles)).find(({ name }) => name === given.operand);
        if (!role) throw new UsageError([`There is no role ${given.operand}. valetkey role list shows all.`]);
        if (resource === undefined) {
          // People first: a role made again under this name must not find them.
          for (const account of await store.accounts.list()) await withoutRole(store, account, role.name);
          await store.roles.remove(role.name);
          await record(store, io, "role.removed", { detail: role.name });
          return say(io, given, roleFacts(role), `Removed ${role.name}, also from everybody who had it.\n`);
        }
        const gone = allowancesToGo(role, resource, given);
        given.requireFaultless();
        const changed = await disallow(store.roles, role, gone);
        const scopes = gone.map(({ scope }) => scope).join(" ");
        await record(store, io, "role.disallowed", { detail: `${role.name}: ${scopes}` });
        return say(
          io,
          given,
          roleFacts(changed),
          `${role.name} no longer allows ${scopes} at ${resource}.\n`,
        );
      });
  },
};

/** Reads anew when another operator was faster, so that roles given meanwhile stay. */
async function withoutRole({ accounts }: Store, account: Account, role: string): Promise<void> {
  for (let before: Account | undefined = account; before?.roles.includes(role); ) {
    const left: readonly string[] = before.roles.filter((name) => name !== role);
    if (await accounts.setRoles(before.id, left, before.roles)) return;
    before = await accounts.find(before.id);
  }
}

function allowancesToGo(role: Role, resource: string, given: Given) {
  const there = role.allows.filter((one) => one.resource === resource);
  if (there.length === 0) given.refuse("resource", `is not among what ${role.name} allows`, resource);
  const scopes = given.texts("scope");
  for (const scope of scopes.filter((name) => there.length > 0 && !there.some((one) => one.scope === name)))
    given.refuse("scope", `is not among what ${role.name} allows there`, scope);
  return scopes.length === 0 ? there : there.filter(({ scope }) => scopes.includes(scope));
}
