import type { EndingEvent } from "./ended.ts";

/** A page of the issuer's revocation feed. Times in seconds. */
export interface FeedPage {
  readonly events: readonly EndingEvent[];
  readonly next: string;
  readonly more: boolean;
  readonly since: number | undefined;
  readonly at: number;
  readonly tokenLifetime: number;
  readonly waited: number;
}

/** Reads a page whole or not at all: an event that could not be read would be a token that is let in. @throws Error */
export function readFeedPage(answer: Readonly<Record<string, unknown>>): FeedPage {
  const { events, next, more, since, at, token_lifetime, waited } = answer;
  if (
    !Array.isArray(events) ||
    !events.every(isEvent) ||
    typeof next !== "string" ||
    typeof more !== "boolean" ||
    !(since === undefined || isTime(since)) ||
    !isTime(at) ||
    !isTime(token_lifetime) ||
    !isTime(waited)
  ) {
    throw new Error("The issuer's revocation feed cannot be read.");
  }
  return { events, next, more, since, at, tokenLifetime: token_lifetime, waited };
}

function isEvent(value: unknown): value is EndingEvent {
  if (typeof value !== "object" || value === null) return false;
  const { kind, id, at } = value as Readonly<Record<string, unknown>>;
  return (
    (kind === "token" || kind === "lineage" || kind === "client") && typeof id === "string" && isTime(at)
  );
}

function isTime(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}
