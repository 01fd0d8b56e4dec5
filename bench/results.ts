import type { Machine } from "./machine.ts";

/** One round of one subject. */
export interface Round {
  readonly operations: number;
  readonly perSecond: number;
  /** Microseconds of the server's processor time, all its threads, for one operation. */
  readonly cpu: number;
  /** Milliseconds under full load; left out where nothing waits. */
  readonly p50?: number;
  readonly p99?: number;
}

export interface Measured {
  readonly name: string;
  readonly kind: "floor" | "valetkey" | "peer";
  readonly title: string;
  readonly durability?: string;
  readonly rounds: readonly Round[];
  /** p99 in milliseconds at half of the rate that it bears, one a round. */
  readonly atHalf: readonly number[];
  /** Octets after the rounds. */
  readonly resident?: number;
}

export interface LeftOut {
  readonly title: string;
  readonly reason: string;
}

export interface CaseResult {
  readonly name: string;
  readonly measured: readonly Measured[];
  readonly leftOut: readonly LeftOut[];
}

/** A whole run: everything that the page is printed from. */
export interface Summary {
  readonly at: string;
  readonly machine: Machine;
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
  readonly cases: readonly CaseResult[];
}
