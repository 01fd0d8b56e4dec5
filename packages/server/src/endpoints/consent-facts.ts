import { isLoopback, redirectHost } from "@valetkey/protocol/redirect-uri";
import type { Authorization, SignedIn } from "../interaction/authorization.ts";
import type { ConsentData } from "../pages/consent.ts";
import type { Settings } from "../ports/settings.ts";
import type { Permission } from "../records/grant.ts";
import type { Resource } from "../records/resource.ts";
import { frameOf } from "./frame.ts";

type Shown = Omit<ConsentData, "action" | "formToken" | "hidden">;

/** What a person reads of the scopes that are about themselves. OpenID Connect Core §5.4, §11 */
const identitySentences: Readonly<Record<string, string>> = {
  openid: "Know that it is you who signed in",
  profile: "Read your name",
  email: "Read your e-mail address",
  offline_access: "Stay connected while you are away, until you end it",
};

/** Everything that the consent page tells: who asks, for whom, what, and where the answer goes. */
export function consentFacts(
  judged: Authorization,
  { account }: SignedIn,
  resources: readonly Resource[],
  settings: Settings,
  basePath: string,
): Shown {
  const { client, redirectUri, permitted } = judged;
  const first = permitted.find(({ resource }) => resource !== settings.issuer);
  const resource = resources.find(({ identifier }) => identifier === first?.resource);
  return {
    ...frameOf(settings, basePath),
    client: {
      name: client.name,
      host: client.kind === "document" ? new URL(client.id).host : redirectHost(redirectUri),
      identity: client.kind,
      loopbackOnly: client.redirectUris.every(isLoopback),
      ...(client.clientUri === null ? {} : { homepage: client.clientUri }),
    },
    redirectHost: redirectHost(redirectUri),
    account: { email: account.email, name: account.name },
    ...(resource ? { resource: { name: resource.name, identifier: resource.identifier } } : {}),
    scopes: permitted.flatMap((permission) => scopeRows(permission, judged, resources, settings.issuer)),
    remembered: judged.isProven,
  };
}

function scopeRows(
  { resource, scopes }: Permission,
  { granted, client }: Authorization,
  resources: readonly Resource[],
  issuer: string,
): ConsentData["scopes"] {
  const known = resources.find(({ identifier }) => identifier === resource)?.scopes ?? [];
  const held = granted.find((permission) => permission.resource === resource)?.scopes ?? [];
  return scopes.map((name) => {
    const scope = known.find((one) => one.name === name);
    return {
      name,
      sentence: resource === issuer ? (identitySentences[name] ?? name) : (scope?.sentence ?? name),
      risk: resource === issuer ? "low" : (scope?.risk ?? "high"),
      optional: !(resource === issuer && name === "openid"),
      checked: true,
      alreadyGranted: client.kind !== "self-registered" && held.includes(name),
    };
  });
}
