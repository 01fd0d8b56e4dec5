import type { LineageStore, OneTimePasswordStore, SettingStore } from "../../ports/store.ts";
import type { Instant } from "../../records/instant.ts";
import { type KeyRing, KeyRingError } from "./ring.ts";

/**
 * Lets a node start only with the keys of its store. The store remembers every key id that a node began with, as a chain
 * of settings (`key-first`, then `key-after:<id>`), and a check value of each (`key-check:<id>`). Keys of this ring that
 * the store does not know are added to the chain; a store that knows keys, none of them in this ring, refuses.
 * @throws KeyRingError when this is the wrong ring for the store
 */
export async function requireSameRing(ring: KeyRing, settings: SettingStore): Promise<void> {
  const known = await chainOf(settings);
  if (known.length > 0 && !known.some((id) => ring.has(id))) throw wrongRing(ring, known);
  for (const id of ring.ids) await requireSameSecret(ring, id, settings);
  const missing = new Set(ring.ids.filter((id) => !known.includes(id)));
  for (const id of missing) {
    // Other nodes may add theirs at the same time: go on behind them until our own stands in the chain.
    while (missing.has(id)) {
      const last = known.at(-1);
      const standing = await settings.claim(last === undefined ? "key-first" : `key-after:${last}`, id);
      if (last === undefined && !ring.has(standing)) throw wrongRing(ring, [standing]);
      if (known.includes(standing)) throw new KeyRingError("The store's list of keys runs in a circle.");
      known.push(standing);
      missing.delete(standing);
    }
  }
}

/**
 * Lets a node start only with every key that a live lineage names, or that a person's one-time passwords are sealed by:
 * without it that device or person would be told to wait for ever. Looks only where the ring lacks a key of the store's list.
 * @throws KeyRingError naming the keys that must come back
 */
export async function requireKeysInUse(
  ring: KeyRing,
  {
    settings,
    lineages,
    oneTimePasswords,
  }: {
    readonly settings: SettingStore;
    readonly lineages: Pick<LineageStore, "liveKeyIds">;
    readonly oneTimePasswords: Pick<OneTimePasswordStore, "keyIds">;
  },
  now: Instant,
): Promise<void> {
  if ((await chainOf(settings)).every((id) => ring.has(id))) return;
  const missing = (await lineages.liveKeyIds(now)).filter((id) => !ring.has(id));
  const sealing = (await oneTimePasswords.keyIds()).filter((id) => !ring.has(id));
  if (sealing.length > 0) {
    throw new KeyRingError(
      `One-time passwords of people are sealed by ${sealing.join(", ")}, and this node lacks that key. ` +
        "Put it back behind the newer ones; each sign-in with one brings that person's to the newest key.",
    );
  }
  if (missing.length === 0) return;
  throw new KeyRingError(
    `Devices that are signed in have refresh tokens made with ${missing.join(", ")}, and this node lacks that key. ` +
      "Put it back behind the newer ones; it may go once no device needs it, or once valetkey grants ended their access.",
  );
}

async function requireSameSecret(ring: KeyRing, id: string, settings: SettingStore): Promise<void> {
  const own = ring.checkValue(id) as string;
  const standing = await settings.claim(`key-check:${id}`, own);
  if (standing !== own) {
    throw new KeyRingError(
      `The key ${id} of this node has another secret than the key ${id} of the store. Give every node the same key file.`,
    );
  }
}

async function chainOf(settings: SettingStore): Promise<string[]> {
  const ids: string[] = [];
  let next = await settings.get("key-first");
  while (next !== undefined && !ids.includes(next)) {
    ids.push(next);
    next = await settings.get(`key-after:${next}`);
  }
  return ids;
}

function wrongRing(ring: KeyRing, known: readonly string[]): KeyRingError {
  return new KeyRingError(
    `This node's keys (${ring.ids.join(", ")}) are not those of the store (${known.join(", ")}). ` +
      "Give this node the key file that belongs to the database; without it no token made so far can be checked.",
  );
}
