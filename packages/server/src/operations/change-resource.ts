import type { Seconds } from "../records/instant.ts";
import type { Audience, Resource, Scope } from "../records/resource.ts";
import { type Fault, fault } from "./fault.ts";
import { type AskedScope, formatOf, resourceFaults, riskOf, usualDefaults } from "./new-resource.ts";

/** What an operator changes of a resource; the rest stays. */
export interface AskedChange {
  readonly name: string | undefined;
  /** New ones, and new sentences of those that exist. */
  readonly scopes: readonly AskedScope[];
  readonly risks: readonly (readonly [scope: string, risk: string])[];
  /** Scopes that are for people and machines, for machines only, for people only from now on. */
  readonly machines: readonly string[];
  readonly onlyMachines: readonly string[];
  readonly onlyPeople: readonly string[];
  readonly removed: readonly string[];
  /** undefined: as they were; where they were the usual ones, they are the usual ones of the changed resource. */
  readonly defaultScopes: readonly string[] | undefined;
  /** undefined: as it was; null: the server's. */
  readonly lifetime: Seconds | null | undefined;
  /** undefined: as it was. */
  readonly tokenFormat?: string | undefined;
}

/** Everything that is wrong with the change of this resource. */
export function changeFaults(before: Resource, asked: AskedChange): readonly Fault[] {
  const known = before.scopes.map(({ name }) => name);
  const left = known.filter((name) => !asked.removed.includes(name));
  const { lifetime = null } = asked;
  return [
    ...resourceFaults({ ...asked, identifier: before.identifier, lifetime }, left),
    ...asked.removed
      .filter((name) => !known.includes(name))
      .map((name) =>
        fault("remove-scope", `is not among the resource's (${known.join(", ") || "none"})`, name),
      ),
    ...asked.removed
      .filter((name) => asked.scopes.some((scope) => scope.name === name))
      .map((name) => fault("remove-scope", "is described by --scope too", name)),
    ...asked.onlyPeople
      .filter((name) => !left.includes(name) && !asked.scopes.some((scope) => scope.name === name))
      .map((name) => fault("only-people", "names a scope that the resource does not have", name)),
    ...asked.onlyPeople
      .filter((name) => asked.machines.includes(name) || asked.onlyMachines.includes(name))
      .map((name) => fault("only-people", "contradicts --machines or --only-machines", name)),
  ];
}

/** The resource as it is after the change. Scopes keep their order; new ones come last. */
export function changedResource(before: Resource, asked: AskedChange): Resource {
  const kept = before.scopes.filter(({ name }) => !asked.removed.includes(name));
  const added = asked.scopes.filter(({ name }) => !kept.some((scope) => scope.name === name));
  const fresh = added.map(({ name, sentence }): Scope => ({ name, sentence, risk: "low", for: ["people"] }));
  const scopes = [...kept, ...fresh].map(
    (scope): Scope => ({
      name: scope.name,
      sentence: (asked.scopes.find(({ name }) => name === scope.name) ?? scope).sentence.trim(),
      risk: riskOf(asked.risks, scope.name) ?? scope.risk,
      for: audiencesOf(scope, asked),
    }),
  );
  const names = scopes.map(({ name }) => name);
  const stated = before.defaultScopes.filter((name) => names.includes(name));
  const defaultScopes = isUsual(before) ? usualDefaults(scopes) : stated;
  const { tokenFormat, ...rest } = before;
  const format = formatOf(asked) ?? tokenFormat;
  return {
    ...rest,
    name: asked.name?.trim() ?? before.name,
    scopes,
    defaultScopes: asked.defaultScopes ?? defaultScopes,
    accessTokenLifetime: asked.lifetime === undefined ? before.accessTokenLifetime : asked.lifetime,
    ...(format === "opaque" && { tokenFormat: format }),
  };
}

function audiencesOf({ name, for: before }: Scope, asked: AskedChange): readonly Audience[] {
  if (asked.onlyMachines.includes(name)) return ["machines"];
  if (asked.onlyPeople.includes(name)) return ["people"];
  return asked.machines.includes(name) ? ["people", "machines"] : before;
}

/** Whether nobody stated other default scopes than the usual ones. */
function isUsual({ scopes, defaultScopes }: Resource): boolean {
  return usualDefaults(scopes).toSorted().join(" ") === defaultScopes.toSorted().join(" ");
}
