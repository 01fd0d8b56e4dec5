import { isLoopback, redirectHost } from "@valetkey/protocol/redirect-uri";
import type { Authorization, SignedIn } from "../interaction/authorization.ts";
import type { ConsentData } from "../pages/consent.ts";
import type { Frame } from "../pages/layout.ts";
import type { Words } from "../pages/words/words.ts";
import type { Settings } from "../ports/settings.ts";
import type { Permission } from "../records/grant.ts";
import type { Instant, Seconds } from "../records/instant.ts";
import type { Resource } from "../records/resource.ts";

type Shown = Omit<ConsentData, "action" | "formToken" | "hidden">;

/** What a person reads of the scopes that are about themselves. OpenID Connect Core §5.4, §11 */
export function identitySentence(scope: string, { appAccess }: Words): string {
  const sentences = new Map([
    ["openid", appAccess.openid],
    ["profile", appAccess.profile],
    ["email", appAccess.emailScope],
    ["offline_access", appAccess.offlineAccess],
  ]);
  return sentences.get(scope) ?? scope;
}

/** What the page needs beside the request and the person. */
interface Around {
  readonly resources: readonly Resource[];
  readonly settings: Settings;
  readonly frame: Frame;
  readonly now: Instant;
}

/** How long a client that describes itself counts as new here: a name that nobody has dealt with before. */
export const newFor: Seconds = 86_400;

/** Everything that the consent page tells: who asks, for whom, what, and where the answer goes. */
export function consentFacts(
  judged: Authorization,
  { account }: SignedIn,
  { resources, settings, frame, now }: Around,
): Shown {
  const { client, redirectUri, permitted } = judged;
  const asked = resources.filter(({ identifier }) => permitted.some((p) => p.resource === identifier));
  return {
    ...frame,
    client: {
      name: client.name,
      host: client.kind === "document" ? new URL(client.id).host : redirectHost(redirectUri),
      identity: client.kind,
      loopbackOnly: !judged.isProven && isOnThisComputer(redirectUri),
      isNew: client.kind === "document" && now - client.createdAt < newFor,
      ...(client.clientUri === null ? {} : { homepage: client.clientUri }),
    },
    redirectHost: redirectHost(redirectUri),
    account: { email: account.email, name: account.name },
    ...(asked.length > 0 ? { resource: together(asked) } : {}),
    scopes: permitted.flatMap((permission) =>
      scopeRows(permission, judged, resources, settings.issuer, frame.words),
    ),
    remembered: judged.isProven,
  };
}

/** The redirect of this request counts: whoever else the client may be, any program here can listen for this one. */
function isOnThisComputer(redirectUri: string): boolean {
  return isLoopback(redirectUri) || !redirectUri.startsWith("https:");
}

export function together(asked: readonly Resource[]): { name: string; identifier: string } {
  return {
    name: asked.map(({ name }) => name).join(", "),
    identifier: asked.map(({ identifier }) => identifier).join(", "),
  };
}

/** The value of a scope's box: its name, and the resource where several have a scope of that name. */
export function boxName(scope: string, resource: string, permitted: readonly Permission[]): string {
  const isShared = permitted.filter(({ scopes }) => scopes.includes(scope)).length > 1;
  return isShared ? `${scope} ${resource}` : scope;
}

export function scopeRows(
  { resource, scopes }: Permission,
  { granted, client, permitted }: Pick<Authorization, "granted" | "client" | "permitted">,
  resources: readonly Resource[],
  issuer: string,
  words: Words,
): ConsentData["scopes"] {
  const known = resources.find(({ identifier }) => identifier === resource)?.scopes ?? [];
  const held = granted.find((permission) => permission.resource === resource)?.scopes ?? [];
  return scopes.map((name) => {
    const scope = known.find((one) => one.name === name);
    return {
      name: boxName(name, resource, permitted),
      sentence: resource === issuer ? identitySentence(name, words) : (scope?.sentence ?? name),
      risk: resource === issuer ? "low" : (scope?.risk ?? "high"),
      optional: !(resource === issuer && name === "openid"),
      checked: true,
      alreadyGranted: client.kind !== "self-registered" && held.includes(name),
    };
  });
}
