import { isLoopback, redirectHost } from "@valetkey/protocol/redirect-uri";
import type { Authorization, SignedIn } from "../interaction/authorization.ts";
import type { ConsentData } from "../pages/consent.ts";
import type { Frame } from "../pages/layout.ts";
import { tell } from "../pages/words/say.ts";
import type { Words } from "../pages/words/words.ts";
import type { Client } from "../records/client.ts";
import type { Permission } from "../records/grant.ts";
import type { Instant, Seconds } from "../records/instant.ts";
import type { Resource } from "../records/resource.ts";
import { agoWords } from "./ago-words.ts";
import { type Around, lengthFacts } from "./length-facts.ts";

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

/** How long a client that describes itself counts as new here: a name that nobody has dealt with before. */
const newFor: Seconds = 86_400;

/** What the server knows of a client by having met it before. */
export function acquaintance(
  { kind, createdAt }: Pick<Client, "kind" | "createdAt">,
  frame: Frame,
  now: Instant,
): { readonly firstSeen: string; readonly isNew: boolean } {
  const age = now - createdAt;
  return { firstSeen: agoWords(age, frame), isNew: kind === "document" && age < newFor };
}

/** Everything that the consent page tells: who asks, for whom, what, and where the answer goes. */
export function consentFacts(
  judged: Authorization,
  { account }: SignedIn,
  { resources, settings, frame, now }: Around,
): Shown {
  const { client, redirectUri, permitted, isProven } = judged;
  return {
    ...frame,
    client: {
      name: client.name,
      host: client.kind === "document" ? new URL(client.id).host : redirectHost(redirectUri),
      identity: client.kind,
      loopbackOnly: !isProven && isOnThisComputer(redirectUri),
      isProven,
      ...acquaintance(client, frame, now),
      ...(client.clientUri === null ? {} : { homepage: client.clientUri }),
    },
    redirectHost: redirectHost(redirectUri),
    account: { email: account.email, name: account.name },
    resources: askedOf(permitted, resources),
    scopes: permitted.flatMap((permission) =>
      scopeRows(permission, judged, resources, settings.issuer, frame),
    ),
    length: lengthFacts(judged, isProven, { resources, settings, frame, now }),
    remembered: isProven,
  };
}

/** The redirect of this request counts: whoever else the client may be, any program here can listen for this one. */
function isOnThisComputer(redirectUri: string): boolean {
  return isLoopback(redirectUri) || !redirectUri.startsWith("https:");
}

/** The resources that a request is for, each as a person reads it. */
export function askedOf(
  permitted: readonly Permission[],
  resources: readonly Resource[],
): { name: string; identifier: string }[] {
  return resources
    .filter(({ identifier }) => permitted.some(({ resource }) => resource === identifier))
    .map(({ name, identifier }) => ({ name, identifier }));
}

/** The value of a scope's box: its name, and the resource where several have a scope of that name. */
export function boxName(scope: string, resource: string, permitted: readonly Permission[]): string {
  const isShared = permitted.filter(({ scopes }) => scopes.includes(scope)).length > 1;
  return isShared ? `${scope} ${resource}` : scope;
}

export function scopeRows(
  { resource, scopes }: Permission,
  { granted, permitted }: Pick<Authorization, "granted" | "permitted">,
  resources: readonly Resource[],
  issuer: string,
  { words, productName: product }: Frame,
): ConsentData["scopes"] {
  const found = resources.find(({ identifier }) => identifier === resource);
  const known = found?.scopes ?? [];
  const at =
    resource === issuer
      ? { name: tell(words.account.youAt, { product }) }
      : { name: found?.name ?? resource, identifier: resource };
  const held = granted.find((permission) => permission.resource === resource)?.scopes ?? [];
  return scopes.map((name) => {
    const scope = known.find((one) => one.name === name);
    return {
      name: boxName(name, resource, permitted),
      sentence: resource === issuer ? identitySentence(name, words) : (scope?.sentence ?? name),
      risk: resource === issuer ? "low" : (scope?.risk ?? "high"),
      at,
      // What is shown and not asked cannot be unticked either.
      optional: !(resource === issuer && name === "openid") && !held.includes(name),
      checked: true,
      alreadyGranted: held.includes(name),
    };
  });
}
