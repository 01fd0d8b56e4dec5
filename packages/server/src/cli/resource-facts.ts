import { formatDuration } from "../config/duration.ts";
import type { Resource } from "../records/resource.ts";
import type { Role } from "../records/role.ts";
import { columnsOf } from "./table.ts";
import { isoMoment, moment, words } from "./wording.ts";

/** A resource as --json prints it, with the roles that allow each scope. */
export function resourceFacts(resource: Resource, roles: readonly Role[]) {
  return {
    identifier: resource.identifier,
    name: resource.name,
    scopes: resource.scopes.map((scope) => ({
      name: scope.name,
      sentence: scope.sentence,
      risk: scope.risk,
      for: scope.for,
      roles: rolesWith(resource, scope.name, roles),
    })),
    default_scopes: resource.defaultScopes,
    access_token_lifetime: resource.accessTokenLifetime,
    signing_algorithm: resource.signingAlgorithm,
    token_format: resource.tokenFormat ?? "jwt",
    created_at: isoMoment(resource.createdAt),
  };
}

/** A resource for people. */
export function resourceText(resource: Resource, roles: readonly Role[]): string {
  const facts = columnsOf([
    ["Resource", resource.identifier],
    ["Name", resource.name],
    ["Default scopes", words(resource.defaultScopes)],
    [
      "Access tokens live",
      resource.accessTokenLifetime === null
        ? "as lifetimes.access_token says"
        : formatDuration(resource.accessTokenLifetime),
    ],
    ["Access tokens are", resource.tokenFormat === "opaque" ? "opaque" : "signed JWTs"],
    ["Made", moment(resource.createdAt)],
  ]);
  const scopes = resource.scopes.map((scope) => [
    scope.name,
    scope.risk,
    scope.for.join(", "),
    rolesWith(resource, scope.name, roles).join(", ") || "-",
    scope.sentence,
  ]);
  const heading = ["SCOPE", "RISK", "FOR", "ROLES", "SENTENCE"];
  return scopes.length === 0
    ? `${facts}\n\nIt has no scopes: whoever signs in and consents may call it.\n`
    : `${facts}\n\n${columnsOf([heading, ...scopes])}\n`;
}

function rolesWith({ identifier }: Resource, scope: string, roles: readonly Role[]): readonly string[] {
  return roles
    .filter(({ allows }) => allows.some((one) => one.resource === identifier && one.scope === scope))
    .map(({ name }) => name);
}
