import { createHash } from "node:crypto";
import type { Limiter, LimitName } from "../../ports/limiter.ts";
import { networkOf } from "../../ports/network.ts";
import type { Instant, Seconds } from "../../records/instant.ts";

export interface Limit {
  /** How many within the window are too many for the next one. */
  readonly limit: number;
  readonly window: Seconds;
  /**
   * Where it stands, one wait is never longer than that, nor than the window asks: it is a second once the limit is reached, and
   * twice as long after each further count.
   */
  readonly longest?: Seconds;
}

/** Counts that fell into one slot of the window; the slot is named by its number since 1970. */
interface Slot {
  readonly number: number;
  count: number;
}

/** What is remembered of one key. */
interface Counted {
  readonly slots: readonly Slot[];
  readonly last: Instant;
}

/** A window is counted in this many slots, so that a key costs a few numbers however high its limit is. */
const slotsPerWindow = 20;
/** Keys remembered per limit; some ten megabytes when all are in use. */
const usualMostKeys = 50_000;
/** Longer keys are remembered by their hash, so that no caller chooses how much memory a key takes. */
const longestKey = 64;

/**
 * Sliding windows in memory, for one node. A count leaves the window at most one twentieth of it late, never early.
 * An IPv6 address counts for its whole /64, as a key by itself and as the last word of one. Beyond `mostKeys` the key that
 * was counted longest ago is forgotten: a flood of keys costs no more memory.
 */
export function windowLimiter(limits: Readonly<Record<LimitName, Limit>>, mostKeys = usualMostKeys): Limiter {
  const counters = new Map<LimitName, Map<string, Counted>>();

  function countedOf(name: LimitName, key: string): Counted {
    return counters.get(name)?.get(key) ?? { slots: [], last: 0 };
  }

  return {
    waitFor(name, key, now) {
      const { limit, window, longest } = limits[name];
      const { slots, last } = countedOf(name, shortened(key));
      const live = slots.filter((slot) => leavesAt(slot, window) > now);
      const all = live.reduce((sum, slot) => sum + slot.count, 0);
      let within = all;
      let wait = 0;
      for (const slot of live) {
        if (within < limit) break;
        within -= slot.count;
        wait = leavesAt(slot, window) - now;
      }
      if (wait === 0 || longest === undefined) return wait;
      return Math.max(0, Math.min(wait, last + Math.min(longest, 2 ** (all - limit)) - now));
    },

    count(name, key, now) {
      const { window } = limits[name];
      const ours = counters.get(name) ?? new Map<string, Counted>();
      counters.set(name, ours);
      const short = shortened(key);
      const slots = countedOf(name, short).slots.filter((slot) => leavesAt(slot, window) > now);
      const number = Math.floor(now / slotLength(window));
      const current = slots.find((slot) => slot.number === number);
      if (current) current.count++;
      else slots.push({ number, count: 1 });
      // A Map keeps the order of insertion: the first key is the one that was counted longest ago.
      ours.delete(short);
      ours.set(short, { slots, last: now });
      if (ours.size > mostKeys) ours.delete(ours.keys().next().value as string);
    },

    takeBack(name, key, then) {
      const short = shortened(key);
      const ours = counters.get(name);
      const counted = ours?.get(short);
      const number = Math.floor(then / slotLength(limits[name].window));
      const slot = counted?.slots.find((slot) => slot.number === number);
      if (!ours || !counted || !slot) return;
      slot.count--;
      if (slot.count > 0) return;
      const slots = counted.slots.filter((one) => one !== slot);
      if (slots.length > 0) ours.set(short, { ...counted, slots });
      else ours.delete(short);
    },

    forget(name, key) {
      counters.get(name)?.delete(shortened(key));
    },
  };
}

function slotLength(window: Seconds): Seconds {
  return Math.max(1, Math.ceil(window / slotsPerWindow));
}

/** When the last count that may stand in the slot is older than the window. */
function leavesAt(slot: Slot, window: Seconds): Instant {
  return (slot.number + 1) * slotLength(window) - 1 + window;
}

/** The two spellings begin differently, so that no key can be written to fall on another's counter. */
function shortened(given: string): string {
  // Its last word is the caller's address in every key that has one, whatever a caller wrote into the words before it.
  const last = given.lastIndexOf(" ") + 1;
  const key = given.slice(0, last) + networkOf(given.slice(last));
  if (key.length <= longestKey) return `=${key}`;
  return `#${createHash("sha256").update(key).digest("base64url")}`;
}
