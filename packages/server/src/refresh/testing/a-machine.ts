import type { RefreshWindows } from "../../ports/settings.ts";
import type { Instant } from "../../records/instant.ts";
import type { Lineage, Rotation } from "../../records/lineage.ts";
import { countedLate, type Judgement, judgeGeneration, rotated } from "../../tokens/rotation.ts";

/** A token of one lineage: what its name says, its proof taken for granted. */
export interface Token {
  readonly generation: number;
  readonly keyId: string;
}

export type Answer =
  | { readonly kind: "tokens"; readonly token: Token; readonly verdict: Judgement["verdict"] }
  | { readonly kind: "replayed" | "ended" };

/** A request that has read the row and not yet written. */
export interface Flight {
  readonly presented: Token;
  readonly seen: Lineage;
  readonly at: Instant;
}

/**
 * The refresh grant with nothing around it: one row, read and moved by two steps that others may come between, exactly as
 * `grants/refresh-token.ts` reads, judges and commits.
 */
export class AMachine {
  readonly #windows: RefreshWindows & { readonly idle: number };
  row: Lineage;
  keyId: string;

  constructor(windows: RefreshWindows, now: Instant, keyId = "key-1") {
    this.#windows = { ...windows, idle: 1e9 };
    this.keyId = keyId;
    this.row = firstRow(keyId, now);
  }

  get first(): Token {
    return { generation: 1, keyId: this.row.keyId };
  }

  read(presented: Token, at: Instant): Flight {
    return { presented, seen: this.row, at };
  }

  /** Judges what the flight read and commits; undefined when the row has moved since, so that it must be read anew. */
  commit({ presented, seen, at }: Flight): Answer | undefined {
    if (seen.endedAt !== null) return { kind: "ended" };
    const judgement = judgeGeneration(seen, presented.generation, this.#windows, at);
    if (judgement.verdict === "replay") {
      this.end(at);
      return { kind: "replayed" };
    }
    const move = this.#moveOf(judgement, presented, seen, at);
    if (move && !this.#rotate(seen, move)) return undefined;
    const { generation, keyId } = { ...seen, ...move };
    return { kind: "tokens", token: { generation, keyId }, verdict: judgement.verdict };
  }

  /** The whole request, with nothing between its steps. */
  refresh(presented: Token, at: Instant): Answer {
    const answer = this.commit(this.read(presented, at));
    if (!answer) throw new Error("The row moved while nobody else was there.");
    return answer;
  }

  end(at: Instant): void {
    if (this.row.endedAt === null) this.row = { ...this.row, endedAt: at, endReason: "revoked" };
  }

  #moveOf(judgement: Judgement, presented: Token, seen: Lineage, at: Instant): Rotation | undefined {
    if (judgement.verdict === "repeat") return undefined;
    if (judgement.verdict === "repeat-late")
      return judgement.lateAnswers === null ? undefined : countedLate(seen, judgement.lateAnswers);
    return rotated(seen, presented, this.keyId, this.#windows, at);
  }

  #rotate(seen: Lineage, move: Rotation): boolean {
    const isAsSeen =
      this.row.endedAt === null &&
      this.row.generation === seen.generation &&
      JSON.stringify(this.row.lateAnswers) === JSON.stringify(seen.lateAnswers);
    if (isAsSeen) this.row = { ...this.row, ...move };
    return isAsSeen;
  }
}

function firstRow(keyId: string, now: Instant): Lineage {
  return {
    id: 1,
    codeHash: "",
    clientId: "client",
    accountId: "account",
    grantId: 1,
    permissions: [],
    refreshable: true,
    secret: "",
    generation: 1,
    keyId,
    previousKeyId: null,
    rotatedAt: now,
    superseded: [],
    lateAnswers: [],
    nonce: null,
    sid: "",
    authenticatedAt: now,
    amr: [],
    userAgent: "",
    createdAt: now,
    lastUsedAt: now,
    idleExpiresAt: now + 1e9,
    absoluteExpiresAt: now + 1e9,
    endedAt: null,
    endReason: null,
  };
}
