import type { RefreshWindows } from "../ports/settings.ts";
import type { Instant, Seconds } from "../records/instant.ts";
import type { Lineage, Rotation } from "../records/lineage.ts";

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
  const left = lineage.superseded.find(({ generation }) => generation === presented);
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

/** The row after generation `used` was redeemed: one further, its predecessor superseded from now on. */
export function rotated(
  lineage: Lineage,
  used: number,
  keyId: string,
  windows: RefreshWindows & { readonly idle: Seconds },
  now: Instant,
): Rotation {
  const restored = used > lineage.generation;
  const recent = lineage.superseded.filter(({ at }) => now - at <= windows.grace);
  return {
    generation: used + 1,
    keyId,
    previousKeyId: restored ? null : lineage.keyId,
    rotatedAt: now,
    superseded: restored || used < 2 ? [] : [{ generation: used - 1, at: now }, ...recent].slice(0, 16),
    lateAnswers: lineage.lateAnswers.filter((at) => now - at < windows.lateWindow),
    lastUsedAt: now,
    idleExpiresAt: Math.min(now + windows.idle, lineage.absoluteExpiresAt),
  };
}
