import type { RefreshWindows } from "../../ports/settings.ts";
import type { Instant } from "../../records/instant.ts";
import type { LateAnswer } from "../../records/lineage.ts";

export type Expected = "rotate" | "repeat" | "repeat-late" | "restore" | "replay";

/**
 * What a lineage's row is a summary of: everything that ever happened to it. It judges by the sentences of
 * docs/decisions/0003-refresh-tokens.md, forgets nothing, and so knows what the row, which forgets, must still get right.
 */
export class Chronicle {
  readonly #windows: RefreshWindows;
  generation = 1;
  isEnded = false;
  /** Grows with each change that a racer would have to see. */
  version = 0;
  #madeAt: Instant;
  /** When the successor of a generation was first used; "over" when no window is open to it any more. */
  readonly #superseded: (Instant | "over")[] = [];
  readonly #late: LateAnswer[] = [];

  constructor(windows: RefreshWindows, now: Instant) {
    this.#windows = windows;
    this.#madeAt = now;
  }

  copy(): Chronicle {
    const copy = new Chronicle(this.#windows, this.#madeAt);
    copy.generation = this.generation;
    copy.isEnded = this.isEnded;
    copy.version = this.version;
    copy.#superseded.push(...this.#superseded);
    copy.#late.push(...this.#late);
    return copy;
  }

  /** What a generation may earn; two verdicts only within the slot by which the row rounds a grace up. */
  verdicts(presented: number, now: Instant): readonly Expected[] {
    if (presented > this.generation) return ["restore"];
    if (presented === this.generation) return ["rotate"];
    if (presented === this.generation - 1) return [this.#ofPredecessor(presented, now)];
    const at = this.#superseded[presented] ?? "over";
    if (at === "over") return ["replay"];
    const { grace } = this.#windows;
    if (now - at <= grace) return ["repeat"];
    return now - at <= grace + Math.ceil(grace / 15) ? ["repeat", "replay"] : ["replay"];
  }

  #ofPredecessor(presented: number, now: Instant): Expected {
    const { grace, unusedSuccessor, lateAnswers } = this.#windows;
    const age = now - this.#madeAt;
    if (age > unusedSuccessor || this.#superseded[presented] === "over") return "replay";
    if (age <= grace) return "repeat";
    if (this.#isInBurst(presented, now)) return "repeat-late";
    return this.#counting(now) + 1 > lateAnswers ? "replay" : "repeat-late";
  }

  #isInBurst(presented: number, now: Instant): boolean {
    return this.#late.some((one) => one.generation === presented && now - one.at <= this.#windows.grace);
  }

  /** A late answer counts for a day, and for as long as no generation since went without one. */
  #counting(now: Instant): number {
    const wasLate = (generation: number) => this.#late.some((one) => one.generation === generation);
    const isUnbroken = (from: number) => {
      for (let one = from; one < this.generation - 1; one++) if (!wasLate(one)) return false;
      return true;
    };
    return this.#late.filter(
      ({ generation, at }) => now - at < this.#windows.lateWindow || isUnbroken(generation),
    ).length;
  }

  /** Writes down what the verdict does. @returns the generation whose token the caller gets, undefined for a replay */
  apply(verdict: Expected, presented: number, now: Instant): number | undefined {
    if (verdict === "replay") {
      this.end();
      return undefined;
    }
    if (verdict === "repeat-late" && !this.#isInBurst(presented, now)) {
      this.#late.push({ generation: presented, at: now });
      this.version += 1;
    }
    if (verdict === "rotate" || verdict === "restore") this.#moveOn(presented, now);
    return this.generation;
  }

  #moveOn(used: number, now: Instant): void {
    const predecessor = used - 1;
    const isOver = used > this.generation || this.#ofPredecessor(predecessor, now) === "replay";
    if (isOver) for (let one = 0; one <= predecessor; one++) this.#superseded[one] = "over";
    else this.#superseded[predecessor] = now;
    this.generation = used + 1;
    this.#madeAt = now;
    this.version += 1;
  }

  end(): void {
    this.isEnded = true;
    this.version += 1;
  }
}
