import type { Permission } from "./grant.ts";
import type { Instant, Seconds } from "./instant.ts";

/** A device that shows a code and waits for a person's decision in a browser elsewhere. RFC 8628 §3.2 */
export interface DeviceAuthorization {
  /** SHA-256 of the device code, hexadecimal. */
  readonly deviceCodeHash: string;
  /**
   * What the person types: eight letters without the dash. Kept as it is: there are so few of them that a hash would hide
   * none, and whoever reads one can do no more with it than refuse, or grant the device access to an account of their own.
   */
  readonly userCode: string;
  readonly clientId: string;
  /** What was asked; null where the request had no `scope`. Judged anew at each step. */
  readonly scopes: readonly string[] | null;
  readonly resources: readonly string[];
  /** The thumbprint of the key whose proof redeems it (RFC 9449 §10); absent when the request named none. */
  readonly jkt?: string;
  /** Where the request came from and what it called itself: the person compares it with what is in front of them. */
  readonly address: string;
  readonly userAgent: string;
  /** What the device has to leave between two questions; grows with each slow_down. */
  readonly pollInterval: Seconds;
  readonly lastPolledAt: Instant | null;
  readonly decision: DeviceDecision | null;
  /** Who decided. */
  readonly accountId: string | null;
  readonly grantId: number | null;
  /** What was granted, and how the person had signed in: empty until it is approved. */
  readonly permissions: readonly Permission[];
  /** When the access ends, where the person set an end; absent where they did not. */
  readonly accessEndsAt?: Instant;
  readonly sid: string;
  readonly authenticatedAt: Instant;
  readonly amr: readonly string[];
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly spentAt: Instant | null;
}

export type DeviceDecision = "approved" | "denied";

/** What a person decides when they approve. */
export type DeviceApproval = Pick<
  DeviceAuthorization,
  "clientId" | "permissions" | "accessEndsAt" | "sid" | "authenticatedAt" | "amr"
> & { readonly accountId: string };
