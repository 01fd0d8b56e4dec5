import { createHash } from "node:crypto";
import type { Limiter, LimitName } from "../../ports/limiter.ts";
import type { Instant, Seconds } from "../../records/instant.ts";
import { networkOf } from "./network.ts";

export interface Limit {
  /** How many within the window are too many for the next one. */
  readonly limit: number;
  readonly window: Seconds;
}

/** Counts that fell into one slot of the window; the slot is named by its number since 1970. */
interface Slot {
  readonly number: number;
  count: number;
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
  const counters = new Map<LimitName, Map<string, Slot[]>>();

  function slotsOf(name: LimitName, key: string): Slot[] {
    return counters.get(name)?.get(key) ?? [];
  }

  return {
    waitFor(name, key, now) {
      const { limit, window } = limits[name];
      const live = slotsOf(name, shortened(key)).filter((slot) => leavesAt(slot, window) > now);
      let within = live.reduce((sum, slot) => sum + slot.count, 0);
      let wait = 0;
      for (const slot of live) {
        if (within < limit) break;
        within -= slot.count;
        wait = leavesAt(slot, window) - now;
      }
      return wait;
    },

    count(name, key, now) {
      const { window } = limits[name];
      const ours = counters.get(name) ?? new Map<string, Slot[]>();
      counters.set(name, ours);
      const short = shortened(key);
      const slots = slotsOf(name, short).filter((slot) => leavesAt(slot, window) > now);
      const number = Math.floor(now / slotLength(window));
      const current = slots.find((slot) => slot.number === number);
      if (current) current.count++;
      else slots.push({ number, count: 1 });
      // A Map keeps the order of insertion: the first key is the one that was counted longest ago.
      ours.delete(short);
      ours.set(short, slots);
      if (ours.size > mostKeys) ours.delete(ours.keys().next().value as string);
    },

    takeBack(name, key, then) {
      const short = shortened(key);
      const number = Math.floor(then / slotLength(limits[name].window));
      const slots = slotsOf(name, short);
      const at = slots.findIndex((slot) => slot.number === number);
      const slot = slots[at];
      if (!slot) return;
      slot.count--;
      if (slot.count === 0) slots.splice(at, 1);
      if (slots.length === 0) counters.get(name)?.delete(short);
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
