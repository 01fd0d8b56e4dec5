import { allowAll, allRoles, isRoleName } from "../operations/allowances.ts";
import { firstAllowances } from "../operations/first-allowances.ts";
import {
  type AskedResource,
  identifierFault,
  newResource,
  resourceFaults,
} from "../operations/new-resource.ts";
import { everyone } from "../records/role.ts";
import { chosenStore, storeOptions, withStore } from "./chosen-store.ts";
import type { Command } from "./command.ts";
import { secondsOf } from "./duration-option.ts";
import type { Given } from "./given.ts";
import { jsonOption, record, say } from "./output.ts";
import { pairsOf } from "./pairs.ts";
import { resourceFacts, resourceText } from "./resource-facts.ts";

export const resourceAdd: Command = {
  name: "resource add",
  summary: "Register an MCP server or an API, so that tokens are made for it",
  operand: {
    name: "IDENTIFIER",
    says: "its URL, exactly as clients send it in `resource`",
    example: "https://mcp.example.com/mcp",
  },
  options: {
    name: {
      value: "NAME",
      says: "What people read on the consent page (default: the URL)",
      example: "Our files",
    },
    scope: {
      value: "SCOPE=SENTENCE",
      many: true,
      says: "One permission, and what it lets a client do, as the consent page says it",
      example: "files:read=Read your files",
    },
    risk: {
      value: "SCOPE=RISK",
      many: true,
      says: "low, medium or high (default: low)",
      example: "files:delete=high",
    },
    machines: {
      value: "SCOPE",
      many: true,
      says: "Machines may be given this scope too (by their own --scope ceiling)",
      example: "files:read",
    },
    "only-machines": {
      value: "SCOPE",
      many: true,
      says: "Machines may be given this scope, and people are never asked for it",
      example: "files:import",
    },
    "default-scope": {
      value: "SCOPE",
      many: true,
      says: "What a request without a scope asks for (default: every scope of low risk for people)",
      example: "files:read",
    },
    role: {
      value: "ROLE",
      says: `The role that is allowed the scopes of low and medium risk (default: ${everyone}, which each account holds)`,
      example: "staff",
    },
    allow: {
      value: "ROLE=SCOPE",
      many: true,
      says: "Allow a scope to this role, and to no role that is not named so; the only way for a scope of high risk",
      example: "trainer=training:write",
    },
    lifetime: {
      value: "DURATION",
      says: "How long its access tokens live (default: lifetimes.access_token)",
      example: "5m",
    },
    "token-format": {
      value: "FORMAT",
      says: "jwt, which the resource checks by itself, or opaque, of which it has to ask this server (default: jwt)",
      example: "opaque",
    },
    ...jsonOption,
    ...storeOptions,
  },
  notes: [
    "Nobody is granted a scope that no role of theirs allows. valetkey role add allows more later.",
    "A resource needs no scope: then its tokens say who calls and no more.",
  ],
  examples: [
    'resource add https://mcp.example.com/mcp --name "Our files" --scope "files:read=Read your files"',
    'resource add https://api.example.com --scope "inference:read=Ask the models" --machines inference:read --scope "training:write=Submit training data" --risk training:write=high --allow trainer=training:write',
  ],
  async read(given, io) {
    const asked: AskedResource = {
      identifier: given.operand,
      name: given.text("name"),
      scopes: pairsOf(given, "scope", "SCOPE=SENTENCE").map(([name, sentence]) => ({ name, sentence })),
      risks: pairsOf(given, "risk", "SCOPE=RISK"),
      machines: given.texts("machines"),
      onlyMachines: given.texts("only-machines"),
      defaultScopes: given.has("default-scope") ? given.texts("default-scope") : undefined,
      lifetime: secondsOf(given, "lifetime") ?? null,
      tokenFormat: given.text("token-format"),
    };
    for (const { about, reason, value } of resourceFaults(asked)) given.refuse(about, reason, value);
    const explicit = allowances(given, asked);
    const usualRole = given.text("role") ?? everyone;
    if (!isRoleName(usualRole)) given.refuse("role", "is no name of a role", usualRole);
    const choice = await chosenStore(given, io);
    requireFree(given, choice.issuer === undefined ? [] : [choice.issuer]);
    return (io) =>
      withStore(choice, io, async ({ store }) => {
        requireFree(
          given,
          (await store.resources.list()).map(({ identifier }) => identifier),
        );
        given.requireFaultless();
        const resource = newResource(asked, io.now());
        const { byRole, withoutRole } = firstAllowances(resource, usualRole, explicit);
        // Roles first: a crash in between leaves a resource that does not exist, and the command can be given again.
        for (const role of await allowAll(store.roles, resource.identifier, byRole))
          io.err(`The role ${role} is new; valetkey account set-roles gives it to people.\n`);
        if (!(await store.resources.add(resource))) given.refuseOperand("is taken");
        given.requireFaultless();
        await record(store, io, "resource.added", { detail: resource.identifier });
        for (const scope of withoutRole)
          io.err(
            `Nobody can be granted ${scope} yet, since its risk is high: valetkey role add ROLE --resource ${resource.identifier} --scope ${scope}\n`,
          );
        const roles = await allRoles(store.roles);
        return say(io, given, resourceFacts(resource, roles), resourceText(resource, roles));
      });
  },
};

function requireFree(given: Given, taken: readonly string[]): void {
  const fault = given.operand === "" ? undefined : identifierFault(given.operand, taken);
  if (fault !== undefined) given.refuseOperand(fault);
}

function allowances(given: Given, { scopes }: AskedResource): readonly (readonly [string, string])[] {
  const pairs = pairsOf(given, "allow", "ROLE=SCOPE");
  for (const [role, scope] of pairs) {
    if (!isRoleName(role)) given.refuse("allow", "has no name of a role before the sign", `${role}=${scope}`);
    if (!scopes.some(({ name }) => name === scope))
      given.refuse("allow", "names a scope that no --scope describes", `${role}=${scope}`);
  }
  return pairs;
}
