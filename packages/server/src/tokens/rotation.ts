import type { RefreshWindows } from "../ports/settings.ts";
import type { Client } from "../records/client.ts";
import type { Instant, Seconds } from "../records/instant.ts";
import type { LateAnswer, Lineage, Rotation, Superseded } from "../records/lineage.ts";
import type { RefreshTokenName } from "./refresh-token.ts";

/** What an authentic generation earns, by the row as it stands. docs/decisions/0003-refresh-tokens.md */
export type Judgement =
  /** The current generation: the row moves on to its successor. */
  | { readonly verdict: "rotate" }
  /** Used before, but within its window: the tokens of the current generation are given again. */
  | { readonly verdict: "repeat" }
  /**
   * The predecessor of an unused successor, after the grace: given again, and counted. null when one of the same burst is
   * counted already: a device that wakes up asks from all its processes at once, and that is one lost answer.
   */
  | { readonly verdict: "repeat-late"; readonly lateAnswers: readonly LateAnswer[] | null }
  /** Ahead of the row: the store went back in time; the row moves to where the token already is, and on. */
  | { readonly verdict: "restore" }
  | { readonly verdict: "replay" };

/** The windows of a client's lineages: the server's, with the grace that the operator gave this client. */
export function windowsOf(windows: RefreshWindows, { refreshGrace }: Client): RefreshWindows {
  return refreshGrace === undefined ? windows : { ...windows, grace: refreshGrace };
}

/**
 * Pure: judges generation `presented` of a live lineage at `now`. OAuth 2.1 §4.3.1. A row that moves on makes no replay
 * good again, so that a judgement by a row read a moment ago may end the lineage.
 */
export function judgeGeneration(
  lineage: Lineage,
  presented: number,
  windows: RefreshWindows,
  now: Instant,
): Judgement {
  if (presented > lineage.generation) return { verdict: "restore" };
  if (presented === lineage.generation) return { verdict: "rotate" };
  if (presented === lineage.generation - 1) return judgePredecessor(lineage, windows, now);
  const left = lineage.superseded.findLast(({ generation }) => generation >= presented);
  return left && now - left.at <= windows.grace ? { verdict: "repeat" } : { verdict: "replay" };
}

/** The row's generation was handed out but never used: its predecessor's answer may have been lost. */
function judgePredecessor(lineage: Lineage, windows: RefreshWindows, now: Instant): Judgement {
  const generation = lineage.generation - 1;
  const age = now - lineage.rotatedAt;
  if (age > windows.unusedSuccessor) return { verdict: "replay" };
  if (age <= windows.grace) return { verdict: "repeat" };
  const counted = countingLateAnswers(lineage, windows, now);
  if (counted.some((late) => late.generation === generation && now - late.at <= windows.grace))
    return { verdict: "repeat-late", lateAnswers: null };
  const lateAnswers = [...counted, { generation, at: now }];
  return lateAnswers.length > windows.lateAnswers
    ? { verdict: "replay" }
    : { verdict: "repeat-late", lateAnswers };
}

/**
 * The late answers that count: those of the last day, and however old, those of an unbroken row of generations up to the
 * present one. A killed process leaves one now and then; a thief who always comes second leaves one at each generation,
 * also where the owner refreshes too seldom for the day's budget.
 */
function countingLateAnswers(
  { generation, lateAnswers }: Pick<Lineage, "generation" | "lateAnswers">,
  { lateWindow }: RefreshWindows,
  now: Instant,
): readonly LateAnswer[] {
  const late = new Set(lateAnswers.map((one) => one.generation));
  let rowBegins = generation - 1;
  while (late.has(rowBegins - 1)) rowBegins -= 1;
  return lateAnswers.filter((one) => one.generation >= rowBegins || now - one.at < lateWindow);
}

/** The row after a late answer: as it stood, the answer counted. */
export function countedLate(lineage: Lineage, lateAnswers: readonly LateAnswer[]): Rotation {
  const { generation, keyId, previousKeyId, rotatedAt, superseded, lastUsedAt, idleExpiresAt } = lineage;
  return { generation, keyId, previousKeyId, rotatedAt, superseded, lateAnswers, lastUsedAt, idleExpiresAt };
}

/** The row after token `used` was redeemed: one further, its predecessor superseded from now on, `keyId` its key. */
export function rotated(
  lineage: Lineage,
  used: Pick<RefreshTokenName, "generation" | "keyId">,
  keyId: string,
  windows: RefreshWindows & { readonly idle: Seconds },
  now: Instant,
): Rotation {
  const restored = used.generation > lineage.generation;
  const generation = used.generation + 1;
  return {
    generation,
    keyId,
    previousKeyId: restored ? used.keyId : lineage.keyId,
    rotatedAt: now,
    superseded: restored
      ? [{ generation: used.generation - 1, at: longAgo }]
      : supersededNow(lineage, windows, now),
    lateAnswers: countingLateAnswers({ generation, lateAnswers: lineage.lateAnswers }, windows, now),
    lastUsedAt: now,
    idleExpiresAt: Math.min(now + windows.idle, lineage.absoluteExpiresAt),
  };
}

/** Outside every window, whatever a window may be set to later. */
const longAgo: Instant = 0;

/** Generations superseded in one slot of the grace share an entry: the row stays small however fast a client rotates. */
const slotsInGrace = 15;

/**
 * The current generation is being used, so that its predecessor is superseded. An entry stands for its generation and for
 * those down to the next entry; who came early in a slot gets the grace of its last. The last entry stands for everything
 * older, and is outside every window once it is outside this one: a longer grace that is set later revives nothing. Nor
 * does the predecessor come back when it was too late for an answer before.
 */
function supersededNow(lineage: Lineage, windows: RefreshWindows, now: Instant): readonly Superseded[] {
  const generation = lineage.generation - 1;
  if (generation < 1) return [];
  if (judgePredecessor(lineage, windows, now).verdict === "replay") return [{ generation, at: longAgo }];
  const slotOf = (at: Instant) => Math.floor(at / Math.max(1, Math.ceil(windows.grace / slotsInGrace)));
  const before = lineage.superseded.filter(({ at }) => slotOf(at) !== slotOf(now));
  const beyond = before.findIndex(({ at }) => now - at > windows.grace);
  if (beyond < 0) return [{ generation, at: now }, ...before];
  const rest = before.slice(beyond, beyond + 1).map((entry) => ({ ...entry, at: longAgo }));
  return [{ generation, at: now }, ...before.slice(0, beyond), ...rest];
}
