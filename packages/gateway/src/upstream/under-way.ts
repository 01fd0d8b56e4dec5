import { OAuthError } from "@valetkey/protocol/errors";
import type { Rules } from "../rules/rules.ts";

/** What can be ended from outside: an answer, or a WebSocket. */
export interface Ending {
  destroy(): unknown;
}

/** The requests and WebSockets under way, together and for each caller. */
export class UnderWay {
  readonly #subjects = new Map<Ending, string>();
  readonly #counts = new Map<string, number>();

  /** @throws temporarily_unavailable when all places are taken, or all that one caller may have */
  requireRoom(subject: string, { limits }: Rules): void {
    if (this.#subjects.size < limits.concurrent && (this.#counts.get(subject) ?? 0) < limits.per_caller)
      return;
    throw new OAuthError("temporarily_unavailable", "Too many requests are under way.", "upstream.busy", {
      retryAfter: 1,
    });
  }

  begin(one: Ending, subject: string): void {
    if (this.#subjects.has(one)) return;
    this.#subjects.set(one, subject);
    this.#counts.set(subject, (this.#counts.get(subject) ?? 0) + 1);
  }

  end(one: Ending): void {
    const subject = this.#subjects.get(one);
    if (subject === undefined) return;
    this.#subjects.delete(one);
    const left = (this.#counts.get(subject) ?? 1) - 1;
    if (left > 0) this.#counts.set(subject, left);
    else this.#counts.delete(subject);
  }

  endAll(): void {
    for (const one of [...this.#subjects.keys()]) one.destroy();
  }
}
