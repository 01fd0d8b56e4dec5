import { invalidScope, invalidTarget } from "@valetkey/protocol/errors";
import { findResource, requireResourceUri, sameResource } from "@valetkey/protocol/resource-indicator";
import { identityScopes } from "@valetkey/protocol/scope";
import type { Settings } from "../ports/settings.ts";
import type { Story } from "../ports/story.ts";
import type { Permission } from "../records/grant.ts";
import type { Audience, Resource } from "../records/resource.ts";
import { scopesFor } from "./entitlement.ts";

export interface Asked {
  /** undefined: the request has no `scope`. */
  readonly scopes: readonly string[] | undefined;
  /** RFC 8707 `resource` values, in the spelling of the request. */
  readonly resources: readonly string[];
}

/**
 * What a request asks for, by resource: one rule for default, unknown and ambiguous, wherever tokens begin.
 * No `scope`: each resource's documented default, never everything (OAuth 2.1 §1.4.1). No `resource`: the default
 * resource, or the only one that has the scopes. Identity scopes stand under the issuer.
 * @throws invalid_scope "scope.unknown"; invalid_target "resource.unknown", "resource.ambiguous"
 */
export function askedPermissions(
  asked: Asked,
  registered: readonly Resource[],
  audience: Audience,
  settings: Pick<Settings, "issuer" | "defaultResource">,
  story: Story,
): readonly Permission[] {
  const identity =
    audience === "people" ? (asked.scopes ?? []).filter((scope) => identityScopes.includes(scope)) : [];
  const others = resourceScopes(asked, identity);
  const targets = targetsOf(asked, others, registered, audience, settings, story);

  const permissions = targets.map((resource) => ({
    resource: resource.identifier,
    scopes: scopesFor(resource, audience).filter((scope) =>
      (others ?? resource.defaultScopes).includes(scope),
    ),
  }));
  const unknown = others?.find((scope) => !permissions.some(({ scopes }) => scopes.includes(scope)));
  if (unknown !== undefined) throw unknownScope(unknown, targets, audience);
  if (others === undefined && targets.length > 0) {
    story.says(
      `No scope was asked; the default of the resource applies: ${permissions.flatMap((p) => p.scopes).join(" ") || "none"}.`,
    );
  }
  return identity.length > 0
    ? [...permissions, { resource: settings.issuer, scopes: identity }]
    : permissions;
}

/** undefined: none asked. Some clients fall back to `openid email profile` and name a resource: its default applies too. */
function resourceScopes(asked: Asked, identity: readonly string[]): readonly string[] | undefined {
  const others = asked.scopes?.filter((scope) => !identity.includes(scope));
  return others?.length === 0 && asked.resources.length > 0 ? undefined : others;
}

function unknownScope(scope: string, targets: readonly Resource[], audience: Audience) {
  const exists =
    audience === "machines" && targets.some((resource) => resource.scopes.some(({ name }) => name === scope));
  return invalidScope(exists ? "scope.not-for-machines" : "scope.unknown", { fact: scope.slice(0, 200) });
}

function targetsOf(
  asked: Asked,
  others: readonly string[] | undefined,
  registered: readonly Resource[],
  audience: Audience,
  settings: Pick<Settings, "issuer" | "defaultResource">,
  story: Story,
): readonly Resource[] {
  const identifiers = registered.map(({ identifier }) => identifier);
  requireResourceUris(asked.resources, identifiers);
  const named = asked.resources.filter((uri) => !sameResource(uri, settings.issuer));
  if (named.length > 0)
    return [...new Set(named.map((uri) => requireResource(uri, identifiers, registered)))];
  // Only identity is wanted: the token is for this issuer's own UserInfo.
  if (others?.length === 0 || asked.resources.length > 0) return [];
  if (others !== undefined && registered.length === 0) return [];
  const chosen = impliedResource(others, registered, audience, settings);
  if (chosen) story.says(`No resource was named; bound to ${chosen.identifier}.`);
  return chosen ? [chosen] : [];
}

/** For a request that names no resource: the configured default, else the only one registered that has the scopes. */
function impliedResource(
  others: readonly string[] | undefined,
  registered: readonly Resource[],
  audience: Audience,
  settings: Pick<Settings, "defaultResource">,
): Resource | undefined {
  const fits = (resource: Resource) => {
    const available = scopesFor(resource, audience);
    return others === undefined || others.every((scope) => available.includes(scope));
  };
  const preferred = registered.find(({ identifier }) => identifier === settings.defaultResource);
  if (preferred && fits(preferred)) return preferred;
  const candidates = registered.filter(fits);
  if (candidates.length > 1) throw invalidTarget("resource.ambiguous");
  if (candidates.length === 0 && registered.length > 0)
    throw invalidScope("scope.unknown", { fact: (others?.join(" ") ?? "").slice(0, 200) });
  return candidates[0];
}

function requireResource(
  uri: string,
  identifiers: readonly string[],
  registered: readonly Resource[],
): Resource {
  const identifier = findResource(identifiers, uri);
  const found = registered.find((resource) => resource.identifier === identifier);
  if (!found) throw invalidTarget("resource.unknown", { fact: uri.slice(0, 200) });
  return found;
}

/**
 * The one resource that an access token is for: RFC 8707 §2.2. What a token request names must be among the granted;
 * what it leaves out is the only one granted, or the issuer itself when nothing but identity was.
 * @throws invalid_target "resource.several", "resource.beyond-grant"
 */
export function oneAudience(
  asked: readonly string[],
  granted: readonly Permission[],
  issuer: string,
): Permission {
  if (asked.length > 0) {
    const identifiers = granted.map(({ resource }) => resource);
    requireResourceUris(asked, identifiers);
    const found = asked.map((uri) =>
      granted.find(({ resource }) => resource === findResource(identifiers, uri)),
    );
    if (found.includes(undefined))
      throw invalidTarget("resource.beyond-grant", { fact: asked.join(" ").slice(0, 200) });
    const distinct = [...new Set(found)];
    if (distinct.length > 1 || !distinct[0]) throw invalidTarget("resource.several");
    return distinct[0];
  }
  const resources = granted.filter(({ resource }) => resource !== issuer);
  if (resources.length > 1) throw invalidTarget("resource.several");
  return resources[0] ?? granted[0] ?? { resource: issuer, scopes: [] };
}

/** What is written exactly as one that is known needs no second look. */
function requireResourceUris(asked: readonly string[], known: readonly string[]): void {
  for (const uri of asked) if (!known.includes(uri)) requireResourceUri(uri);
}
