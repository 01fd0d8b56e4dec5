import type { RefreshWindows } from "../ports/settings.ts";
import type { Instant, Seconds } from "../records/instant.ts";
import type { Lineage, Rotation, Superseded } from "../records/lineage.ts";
import type { RefreshTokenName } from "./refresh-token.ts";

/** What an authentic generation earns, by the row as it stands. docs/decisions/0003-refresh-tokens.md */
export type Judgement =
  /** The current generation: the row moves on to its successor. */
  | { readonly verdict: "rotate" }
  /** Used before, but within its window: the tokens of the current generation are given again. */
  | { readonly verdict: "repeat" }
  /** The predecessor of an unused successor, after the grace: given again, and counted. */
  | { readonly verdict: "repeat-late"; readonly lateAnswers: readonly Instant[] }
  /** Ahead of the row: the store went back in time; the row moves to where the token already is, and on. */
  | { readonly verdict: "restore" }
  | { readonly verdict: "replay" };

/** Pure: judges generation `presented` of a live lineage at `now`. OAuth 2.1 §4.3.1. */
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
  const age = now - lineage.rotatedAt;
  if (age > windows.unusedSuccessor) return { verdict: "replay" };
  if (age <= windows.grace) return { verdict: "repeat" };
  const lateAnswers = [...lineage.lateAnswers.filter((at) => now - at < windows.lateWindow), now];
  return lateAnswers.length > windows.lateAnswers
    ? { verdict: "replay" }
    : { verdict: "repeat-late", lateAnswers };
}

/** The row after a late answer: as it stood, the answer counted. */
export function countedLate(lineage: Lineage, lateAnswers: readonly Instant[]): Rotation {
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
  return {
    generation: used.generation + 1,
    keyId,
    previousKeyId: restored ? used.keyId : lineage.keyId,
    rotatedAt: now,
    superseded: restored
      ? [{ generation: used.generation - 1, at: 0 }]
      : supersededNow(lineage, windows.grace, now),
    lateAnswers: lineage.lateAnswers.filter((at) => now - at < windows.lateWindow),
    lastUsedAt: now,
    idleExpiresAt: Math.min(now + windows.idle, lineage.absoluteExpiresAt),
  };
}

/** Generations superseded in one slot of the grace share an entry: the row stays small however fast a client rotates. */
const slotsInGrace = 15;

/**
 * The current generation is being used, so that its predecessor is superseded. An entry stands for its generation and for
 * those down to the next entry; who came early in a slot gets the grace of its last. The first entry beyond the grace
 * stays: it stands for everything older.
 */
function supersededNow(
  { generation, superseded }: Lineage,
  grace: Seconds,
  now: Instant,
): readonly Superseded[] {
  if (generation < 2) return [];
  const slotOf = (at: Instant) => Math.floor(at / Math.max(1, Math.ceil(grace / slotsInGrace)));
  const before = superseded.filter(({ at }) => slotOf(at) !== slotOf(now));
  const beyond = before.findIndex(({ at }) => now - at > grace);
  return [{ generation: generation - 1, at: now }, ...(beyond < 0 ? before : before.slice(0, beyond + 1))];
}
