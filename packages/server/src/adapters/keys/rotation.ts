import type { Instant, Seconds } from "../../records/instant.ts";
import type { SigningKey } from "../../records/signing-key.ts";

export interface RotationSchedule {
  /** How long a key signs. */
  readonly every: Seconds;
  /** How long a key is published before it signs, so that every guard's cache has it by then. */
  readonly publishAhead: Seconds;
  /** How long a key stays published after it signed last; longer than any token it signed lives. */
  readonly keepAfter: Seconds;
}

/** What the schedule asks for now. */
export interface RotationStep {
  /** From when a key that is to be made now shall sign; null when none is due. */
  readonly addActiveFrom: Instant | null;
  /** Keys that another one has replaced. */
  readonly retire: readonly string[];
}

export function rotationStep(
  keys: readonly SigningKey[],
  schedule: RotationSchedule,
  now: Instant,
): RotationStep {
  const live = keys.filter((key) => key.retiredAt === null);
  const newest = live.reduce<SigningKey | undefined>(
    (a, b) => (a && a.activeFrom >= b.activeFrom ? a : b),
    undefined,
  );
  if (newest === undefined) return { addActiveFrom: now, retire: [] };
  const due = newest.activeFrom + schedule.every;
  const signing = signingKey(keys, now);
  return {
    addActiveFrom: now >= due - schedule.publishAhead ? Math.max(due, now + schedule.publishAhead) : null,
    retire: live.filter((key) => key !== signing && key.activeFrom <= now).map((key) => key.kid),
  };
}

/**
 * The key that signs at `now`: of those that are not retired and whose time has come the last; every node picks the same.
 * A node whose clock lies behind that of the node that made the first key takes that one though its time has not come.
 */
export function signingKey<K extends SigningKey>(keys: readonly K[], now: Instant): K | undefined {
  const live = keys.filter((key) => key.retiredAt === null).sort(byActivation);
  return live.filter((key) => key.activeFrom <= now).at(-1) ?? live[0];
}

/** Published: not yet past its removal. */
export function isPublished(key: SigningKey, now: Instant): boolean {
  return key.removeAt === null || now < key.removeAt;
}

export function byActivation(a: SigningKey, b: SigningKey): number {
  return a.activeFrom - b.activeFrom || (a.kid < b.kid ? -1 : 1);
}
