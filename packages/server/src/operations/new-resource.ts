import { findResource, isResourceUri } from "@valetkey/protocol/resource-indicator";
import { identityScopes, isScopeToken } from "@valetkey/protocol/scope";
import type { Instant, Seconds } from "../records/instant.ts";
import type { Resource, Risk, Scope, TokenFormat } from "../records/resource.ts";
import { type Fault, fault } from "./fault.ts";

export const risks: readonly Risk[] = ["low", "medium", "high"];
export const tokenFormats: readonly TokenFormat[] = ["jwt", "opaque"];

/** A scope as an operator describes it. */
export interface AskedScope {
  readonly name: string;
  readonly sentence: string;
}

/** A resource as an operator describes it. */
export interface AskedResource {
  readonly identifier: string;
  readonly name: string | undefined;
  readonly scopes: readonly AskedScope[];
  /** Scope and its risk; low where none is stated. */
  readonly risks: readonly (readonly [scope: string, risk: string])[];
  /** Scopes that machines may be given; the others are for people only. */
  readonly machines: readonly string[];
  /** Those of `machines` that people are not asked for. */
  readonly onlyMachines: readonly string[];
  /** undefined: the scopes of low risk that are for people. */
  readonly defaultScopes: readonly string[] | undefined;
  readonly lifetime: Seconds | null;
  /** undefined: jwt. */
  readonly tokenFormat?: string | undefined;
}

/**
 * What is wrong with the description by itself.
 * @param known scopes that the resource has already, when one is changed
 */
export function resourceFaults(asked: AskedResource, known: readonly string[] = []): readonly Fault[] {
  const described = asked.scopes.map(({ name }) => name);
  const names = [...new Set([...known, ...described])];
  const unknown = (about: string, list: readonly string[]) =>
    list
      .filter((name) => !names.includes(name))
      .map((name) =>
        fault(about, `names a scope that no --scope describes (${names.join(", ") || "none"})`, name),
      );
  return [
    ...(asked.name !== undefined && (asked.name.trim() === "" || asked.name.length > 200)
      ? [fault("name", "is what people read on the consent page: 1 to 200 characters")]
      : []),
    ...asked.scopes.flatMap(({ name, sentence }) => scopeFaults(name, sentence)),
    ...described
      .filter((name, at) => described.indexOf(name) !== at)
      .map((name) => fault("scope", "is described twice", name)),
    ...asked.risks
      .filter(([, risk]) => !risks.some((known) => known === risk))
      .map(([scope, risk]) => fault("risk", `is one of ${risks.join(", ")}`, `${scope}=${risk}`)),
    ...unknown(
      "risk",
      asked.risks.map(([scope]) => scope),
    ),
    ...unknown("machines", asked.machines),
    ...unknown("only-machines", asked.onlyMachines),
    ...unknown("default-scope", asked.defaultScopes ?? []),
    ...(asked.lifetime !== null && (asked.lifetime < 30 || asked.lifetime > 86_400)
      ? [fault("lifetime", "is between 30 seconds and one day")]
      : []),
    ...(asked.tokenFormat !== undefined && formatOf(asked) === undefined
      ? [fault("token-format", `is one of ${tokenFormats.join(", ")}`, asked.tokenFormat)]
      : []),
  ];
}

/**
 * Why the identifier cannot be registered, or undefined.
 * @param taken the identifiers that name something already: resources, and the issuer where it is known
 */
export function identifierFault(identifier: string, taken: readonly string[]): string | undefined {
  if (!isResourceUri(identifier))
    return "must be the absolute URI, without #, that clients send as `resource`: the URL of the MCP server or API";
  const same = findResource(taken, identifier);
  return same === undefined ? undefined : `is taken by ${same}`;
}

export function newResource(asked: AskedResource, now: Instant): Resource {
  const scopes = asked.scopes.map(({ name, sentence }): Scope => {
    const alone = asked.onlyMachines.includes(name);
    const machines = alone || asked.machines.includes(name);
    return {
      name,
      sentence: sentence.trim(),
      risk: riskOf(asked.risks, name) ?? "low",
      for: [...(alone ? [] : (["people"] as const)), ...(machines ? (["machines"] as const) : [])],
    };
  });
  return {
    identifier: asked.identifier,
    name: asked.name?.trim() ?? asked.identifier,
    scopes,
    defaultScopes: asked.defaultScopes ?? usualDefaults(scopes),
    accessTokenLifetime: asked.lifetime,
    signingAlgorithm: "ES256",
    ...(formatOf(asked) === "opaque" && { tokenFormat: "opaque" }),
    createdAt: now,
  };
}

/** The format that was asked for, if there is such a one. */
export function formatOf({ tokenFormat }: Pick<AskedResource, "tokenFormat">): TokenFormat | undefined {
  return tokenFormats.find((known) => known === tokenFormat);
}

/** The last risk that was stated for the scope. */
export function riskOf(stated: AskedResource["risks"], scope: string): Risk | undefined {
  const risk = new Map(stated).get(scope);
  return risks.find((known) => known === risk);
}

/** What a request without a scope asks for where nobody says otherwise. */
export function usualDefaults(scopes: readonly Scope[]): readonly string[] {
  const usual = scopes.filter((scope) => scope.risk === "low" && scope.for.includes("people"));
  return usual.map(({ name }) => name);
}

function scopeFaults(name: string, sentence: string): readonly Fault[] {
  if (!isScopeToken(name)) return [fault("scope", "has a name with characters that no scope has", name)];
  if (identityScopes.includes(name))
    return [fault("scope", "belongs to the server itself: OpenID Connect defines it", name)];
  return sentence.trim() === "" || sentence.length > 200
    ? [fault("scope", "needs a sentence for the consent page, up to 200 characters", name)]
    : [];
}
