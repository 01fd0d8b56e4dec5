import { allowAll, allRoles, disallowScopes, isRoleName } from "../operations/allowances.ts";
import { type AskedChange, changedResource, changeFaults } from "../operations/change-resource.ts";
import { firstAllowances } from "../operations/first-allowances.ts";
import type { Store } from "../ports/store.ts";
import type { Resource } from "../records/resource.ts";
import { everyone } from "../records/role.ts";
import { chosenStore, storeOptions, withStore } from "./chosen-store.ts";
import type { Command, Io } from "./command.ts";
import { secondsOf } from "./duration-option.ts";
import type { Given } from "./given.ts";
import { requireResource } from "./known.ts";
import { jsonOption, record, say } from "./output.ts";
import { pairsOf } from "./pairs.ts";
import { resourceFacts, resourceText } from "./resource-facts.ts";

export const resourceSet: Command = {
  name: "resource set",
  summary: "Change a resource in place; what people granted stays",
  operand: { name: "IDENTIFIER", says: "the resource's URL", example: "https://mcp.example.com/mcp" },
  options: {
    name: { value: "NAME", says: "What people read on the consent page", example: "Our files" },
    scope: {
      value: "SCOPE=SENTENCE",
      many: true,
      says: "A new scope, or a new sentence for one that it has",
      example: "files:write=Change your files",
    },
    risk: { value: "SCOPE=RISK", many: true, says: "low, medium or high", example: "files:write=medium" },
    machines: {
      value: "SCOPE",
      many: true,
      says: "People and machines may be given this scope",
      example: "files:read",
    },
    "only-machines": {
      value: "SCOPE",
      many: true,
      says: "Machines may be given this scope, and people are never asked for it",
      example: "files:import",
    },
    "only-people": {
      value: "SCOPE",
      many: true,
      says: "People may be given this scope, and machines not",
      example: "files:read",
    },
    "remove-scope": {
      value: "SCOPE",
      many: true,
      says: "Make no more tokens with this scope; takes it out of every role",
      example: "files:delete",
    },
    "default-scope": {
      value: "SCOPE",
      many: true,
      says: "What a request without a scope asks for, in place of what it was (default: as it is; where it is every scope of low risk for people, it stays that)",
      example: "files:read",
    },
    role: {
      value: "ROLE",
      says: `The role that is allowed the new scopes of low and medium risk (default: ${everyone}, which each account holds)`,
      example: "staff",
    },
    allow: {
      value: "ROLE=SCOPE",
      many: true,
      says: "Allow a new scope to this role, and to no role that is not named so; the only way for one of high risk",
      example: "trainer=training:write",
    },
    lifetime: { value: "DURATION", says: "How long its access tokens live", example: "5m" },
    "token-format": {
      value: "FORMAT",
      says: "What its access tokens look like from now on: jwt or opaque",
      example: "opaque",
    },
    "usual-lifetime": { says: "Its access tokens live as long as lifetimes.access_token says" },
    ...jsonOption,
    ...storeOptions,
  },
  notes: [
    "Let the resource's guard introspect before its tokens become opaque: one that checks JWTs by itself refuses them.",
    "What is not named stays as it is. A running server sees the change within a second; access tokens that are out already keep what they say until they expire.",
    "Roles keep what they allow, also where a risk or an audience changes; valetkey role add and role remove change that. People who consented are not asked again because a sentence or a risk changed: a scope that comes to mean something else should get another name.",
  ],
  examples: [
    'resource set https://mcp.example.com/mcp --scope "files:write=Change your files" --risk files:write=medium',
    'resource set https://mcp.example.com/mcp --name "Our files" --lifetime 5m --remove-scope files:delete',
  ],
  async read(given, io) {
    const asked = askedOf(given);
    const explicit = pairsOf(given, "allow", "ROLE=SCOPE");
    for (const [role, scope] of explicit) {
      if (!isRoleName(role))
        given.refuse("allow", "has no name of a role before the sign", `${role}=${scope}`);
    }
    const usualRole = given.text("role") ?? everyone;
    if (!isRoleName(usualRole)) given.refuse("role", "is no name of a role", usualRole);
    if (!changing.some((option) => given.has(option)))
      given.refuse("name", "or another option that changes something is needed");
    const choice = await chosenStore(given, io);
    return (io) =>
      withStore(choice, io, async ({ store }) => {
        const resource = await changed(store, given, io, { asked, usualRole, explicit });
        await record(store, io, "resource.changed", { detail: resource.identifier });
        const roles = await allRoles(store.roles);
        return say(io, given, resourceFacts(resource, roles), resourceText(resource, roles));
      });
  },
};

const changing = [
  ...["name", "scope", "risk", "machines", "only-machines", "only-people", "remove-scope"],
  ...["default-scope", "lifetime", "usual-lifetime", "token-format"],
];

interface Asked {
  readonly asked: AskedChange;
  readonly usualRole: string;
  readonly explicit: readonly (readonly [role: string, scope: string])[];
}

/** Judges and writes; anew when another operator was faster, so that neither change is lost. */
async function changed(
  store: Store,
  given: Given,
  io: Io,
  { asked, usualRole, explicit }: Asked,
): Promise<Resource> {
  for (;;) {
    const before = await requireResource(store, given);
    for (const { about, reason, value } of changeFaults(before, asked)) given.refuse(about, reason, value);
    const resource = changedResource(before, asked);
    const scopes = resource.scopes.filter(({ name }) => !before.scopes.some((one) => one.name === name));
    for (const [role, scope] of explicit.filter(([, name]) => !scopes.some((one) => one.name === name)))
      given.refuse("allow", "names no new scope; valetkey role add allows an old one", `${role}=${scope}`);
    given.requireFaultless();
    const { byRole, withoutRole } = firstAllowances({ scopes }, usualRole, explicit);
    // Roles first, as with resource add and remove: after a crash in between the command can be given again.
    await disallowScopes(store.roles, before.identifier, asked.removed);
    const made = await allowAll(store.roles, before.identifier, byRole);
    if (!(await store.resources.replace(resource, before))) continue;
    for (const role of made)
      io.err(`The role ${role} is new; valetkey account set-roles gives it to people.\n`);
    for (const scope of withoutRole)
      io.err(
        `Nobody can be granted ${scope} yet, since its risk is high: valetkey role add ROLE --resource ${before.identifier} --scope ${scope}\n`,
      );
    return resource;
  }
}

function askedOf(given: Given): AskedChange {
  const lifetime = secondsOf(given, "lifetime");
  if (lifetime !== undefined && given.has("usual-lifetime"))
    given.refuse("usual-lifetime", "and --lifetime exclude each other");
  return {
    name: given.text("name"),
    scopes: pairsOf(given, "scope", "SCOPE=SENTENCE").map(([name, sentence]) => ({ name, sentence })),
    risks: pairsOf(given, "risk", "SCOPE=RISK"),
    machines: given.texts("machines"),
    onlyMachines: given.texts("only-machines"),
    onlyPeople: given.texts("only-people"),
    removed: given.texts("remove-scope"),
    defaultScopes: given.has("default-scope") ? given.texts("default-scope") : undefined,
    lifetime: given.has("usual-lifetime") ? null : lifetime,
    tokenFormat: given.text("token-format"),
  };
}
