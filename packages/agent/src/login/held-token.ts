import type { Instant } from "../instant.ts";
import type { Issued } from "../issuer/token-answer.ts";

/** An access token that still may serve. */
export interface HeldToken {
  /** What was asked for: scopes in order, one space between; empty for everything that was granted. */
  readonly asked: string;
  readonly accessToken: string;
  readonly tokenType: "Bearer" | "DPoP";
  /** When it came. */
  readonly since?: Instant | undefined;
  readonly expiresAt?: Instant | undefined;
  /** From when on a new one is asked for. */
  readonly renewAt?: Instant | undefined;
  /** undefined: the issuer did not say. */
  readonly scopes?: readonly string[] | undefined;
}

/** A token is renewed so many seconds before its end, or a tenth of its life where that is less. */
const early = 60;

/** What came, as it is held. @param asked undefined: everything that was granted */
export function heldTokenOf(issued: Issued, asked: readonly string[] | undefined, now: Instant): HeldToken {
  const { accessToken, tokenType, expiresAt, scopes } = issued;
  return {
    asked: askedText(asked),
    accessToken,
    tokenType,
    since: now,
    expiresAt,
    renewAt:
      expiresAt === undefined ? undefined : expiresAt - Math.min(early, Math.floor((expiresAt - now) / 10)),
    scopes: scopes ?? asked,
  };
}

/** How scopes are remembered as having been asked for. */
export function askedText(scopes: readonly string[] | undefined): string {
  return scopes === undefined ? "" : [...new Set(scopes)].toSorted().join(" ");
}

/** OAuth 2.1 §3.2.3: the end is a hint; the resource has the last word. */
export function isAlive({ expiresAt }: HeldToken, now: Instant): boolean {
  return expiresAt === undefined || expiresAt > now;
}

/** Whether a new one is to be asked for: before the end, and when the clock was set back, so that the end means nothing. */
export function isDue({ renewAt, since }: HeldToken, now: Instant): boolean {
  return (renewAt !== undefined && renewAt <= now) || (since !== undefined && since > now);
}
