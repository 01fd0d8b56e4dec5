import type { AccountApp, AccountDevice, AccountScope } from "../pages/account.ts";
import type { Frame } from "../pages/layout.ts";
import { tell } from "../pages/words/say.ts";
import type { Store } from "../ports/store.ts";
import type { Account } from "../records/account.ts";
import type { Client } from "../records/client.ts";
import { type Grant, type Permission, rememberedOf } from "../records/grant.ts";
import type { Instant } from "../records/instant.ts";
import type { Lineage } from "../records/lineage.ts";
import type { Resource } from "../records/resource.ts";
import { covers } from "../tokens/entitlement.ts";
import { agoWords } from "./ago-words.ts";
import { identitySentence } from "./consent-facts.ts";
import type { Context } from "./context.ts";
import { dateWords } from "./date-words.ts";
import { deviceWords } from "./device-words.ts";

/** What a person let in, the newest first, each with the devices that have access now. */
export async function accountApps(
  { store, settings }: Pick<Context, "store" | "settings">,
  account: Account,
  frame: Frame,
  now: Instant,
): Promise<readonly AccountApp[]> {
  const [grants, resources] = await Promise.all([store.grants.listOf(account.id), store.resources.list()]);
  const sentences = { resources, issuer: settings.issuer, frame };
  const apps = grants.map(async (grant) => {
    const [client, lineages] = await Promise.all([
      knownClient(store, grant.clientId),
      store.lineages.listOf(grant.id),
    ]);
    return appOf(grant, client, lineages, sentences, now);
  });
  return (await Promise.all(apps)).filter((app) => app !== undefined).reverse();
}

interface Sentences {
  readonly resources: readonly Resource[];
  readonly issuer: string;
  readonly frame: Frame;
}

/** From what is kept here: no document is fetched for a page that must open when its host does not answer. */
export async function knownClient(
  store: Pick<Store, "clients" | "documents">,
  id: string,
): Promise<Client | undefined> {
  return (await store.clients.find(id)) ?? (await store.documents.find(id))?.client;
}

function appOf(
  grant: Grant,
  client: Client | undefined,
  lineages: readonly Lineage[],
  sentences: Sentences,
  now: Instant,
): AccountApp | undefined {
  const isHere = ({ resource }: Permission) => Number(resource === sentences.issuer);
  const byPlace = (a: Permission, b: Permission) => isHere(a) - isHere(b);
  const live = lineages.filter((one) => isAlive(one, now)).sort((a, b) => b.lastUsedAt - a.lastUsedAt);
  const access = standing(grant, live, now);
  if (access.length === 0 && grant.permissions.length > 0) return undefined;
  return {
    end: `app ${grant.id}`,
    name: client?.name ?? grant.clientId,
    identity: identityOf(client, grant.clientId, sentences.frame),
    since: agoWords(now - grant.createdAt, sentences.frame),
    ...(live[0] && { used: agoWords(now - live[0].lastUsedAt, sentences.frame) }),
    // What it may do elsewhere stands before what it may know here.
    access: access.toSorted(byPlace).map((permission) => ({
      resource: nameOf(permission, sentences),
      scopes: scopesOf(permission, sentences),
    })),
    devices: live.map((lineage) => deviceOf(lineage, grant, sentences, now)),
  };
}

/** What is still allowed, by word or on a device: what the person let in for a while is gone when the while is over. */
function standing(grant: Grant, live: readonly Lineage[], now: Instant): readonly Permission[] {
  const held = [rememberedOf(grant, now), ...live.map(({ permissions }) => permissions)];
  return grant.permissions.flatMap(({ resource, scopes }) => {
    const there = held.flatMap((all) => all.filter((one) => one.resource === resource));
    const left = scopes.filter((scope) => there.some((one) => one.scopes.includes(scope)));
    return there.length > 0 ? [{ resource, scopes: left }] : [];
  });
}

function deviceOf(lineage: Lineage, grant: Grant, sentences: Sentences, now: Instant): AccountDevice {
  const isLess = !covers(lineage.permissions, grant.permissions);
  const may = lineage.permissions.flatMap((one) => scopesOf(one, sentences).map(({ sentence }) => sentence));
  return {
    end: `device ${lineage.id}`,
    name: deviceWords(lineage.userAgent, sentences.frame.words),
    lastUsed: agoWords(now - lineage.lastUsedAt, sentences.frame),
    since: agoWords(now - lineage.createdAt, sentences.frame),
    until: dateWords(lineage.absoluteExpiresAt, sentences.frame),
    ...(isLess && { less: may }),
  };
}

function isAlive({ endedAt, idleExpiresAt, absoluteExpiresAt }: Lineage, now: Instant): boolean {
  return endedAt === null && now < idleExpiresAt && now < absoluteExpiresAt;
}

function identityOf(client: Client | undefined, id: string, { words }: Frame): string {
  const texts = words.account;
  if (client?.kind === "registered") return texts.registered;
  if (client?.kind === "self-registered") return texts.selfRegistered;
  return URL.canParse(id) ? tell(texts.document, { host: new URL(id).host }) : texts.unknown;
}

function nameOf({ resource }: Permission, { resources, issuer, frame }: Sentences): string {
  const { words, productName: product } = frame;
  if (resource === issuer) return tell(words.account.youAt, { product });
  return resources.find(({ identifier }) => identifier === resource)?.name ?? resource;
}

function scopesOf({ resource, scopes }: Permission, { resources, issuer, frame }: Sentences): AccountScope[] {
  const known = resources.find(({ identifier }) => identifier === resource)?.scopes ?? [];
  return scopes.map((name) => {
    if (resource === issuer) return { sentence: identitySentence(name, frame.words), risk: "low" };
    const scope = known.find((one) => one.name === name);
    return { sentence: scope?.sentence ?? name, risk: scope?.risk ?? "high" };
  });
}
