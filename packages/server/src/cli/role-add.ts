import { allow, isRoleName } from "../operations/allowances.ts";
import type { Store } from "../ports/store.ts";
import { chosenStore, storeOptions, withStore } from "./chosen-store.ts";
import type { Command } from "./command.ts";
import type { Given } from "./given.ts";
import { jsonOption, record, say } from "./output.ts";
import { allowanceRows, roleFacts } from "./role-facts.ts";
import { columnsOf } from "./table.ts";

export const roleAdd: Command = {
  name: "role add",
  summary: "Make a role, or let one that exists allow more scopes",
  operand: { name: "ROLE", says: "the role's name, in small letters", example: "trainer" },
  options: {
    resource: {
      value: "IDENTIFIER",
      says: "The resource whose scopes follow; for another resource give the command again",
      example: "https://api.example.com",
    },
    scope: {
      value: "SCOPE",
      many: true,
      says: "A scope that the role allows there",
      example: "training:write",
    },
    description: { value: "TEXT", says: "What the role is for", example: "May submit training data" },
    ...jsonOption,
    ...storeOptions,
  },
  notes: [
    "The role everyone is held by each account; administrator by those who operate this server.",
    "valetkey account set-roles gives roles to people. A machine has no roles: its ceiling is the client's own --scope.",
  ],
  examples: [
    'role add trainer --resource https://api.example.com --scope training:write --description "May submit training data"',
    "role add everyone --resource https://mcp.example.com/mcp --scope files:read",
  ],
  async read(given, io) {
    if (given.operand !== "" && !isRoleName(given.operand))
      given.refuseOperand("is made of small letters, digits, dots and dashes, a letter first");
    const resource = given.text("resource");
    const scopes = given.texts("scope");
    if (resource === undefined && scopes.length > 0)
      given.refuse("resource", "is needed: scopes belong to a resource");
    if (resource !== undefined && scopes.length === 0) given.refuse("scope", "is needed with --resource");
    const choice = await chosenStore(given, io);
    return (io) =>
      withStore(choice, io, async ({ store }) => {
        const allows = await requireScopes(store, given, resource, scopes);
        given.requireFaultless();
        const { role } = await allow(store.roles, given.operand, allows, given.text("description"));
        await record(store, io, "role.allowed", {
          detail: `${role.name}: ${scopes.join(" ") || "no further scope"}`,
        });
        const rows = allowanceRows(role.allows);
        const text = rows.length === 0 ? "It allows nothing yet." : columnsOf(rows, "  ");
        return say(io, given, roleFacts(role), `${role.name}: ${role.description}\n${text}\n`);
      });
  },
};

/** Notes a resource or scope that does not exist; identity scopes need no role. */
async function requireScopes(
  store: Store,
  given: Given,
  resource: string | undefined,
  scopes: readonly string[],
) {
  if (resource === undefined) return [];
  const found = await store.resources.find(resource);
  if (!found) given.refuse("resource", "is not registered; valetkey resource list shows all", resource);
  const names = found?.scopes.map(({ name }) => name) ?? scopes;
  for (const scope of scopes.filter((one) => !names.includes(one)))
    given.refuse("scope", `is not among the resource's (${names.join(", ") || "none"})`, scope);
  return scopes.map((scope) => ({ resource, scope }));
}
