import type { OAuthErrorCode } from "@valetkey/protocol/errors";
import type { Refusal } from "@valetkey/protocol/refusals";
import type { Schema } from "./schema.ts";

/** Refusals by the code that goes out with them. */
export type Refusals = Readonly<Partial<Record<OAuthErrorCode, readonly Refusal[]>>>;

/** What the routes of one path say to the outside. */
export interface PathDescription {
  readonly GET?: Operation;
  readonly POST?: Operation;
}

export interface Operation {
  /** The name that generators of clients give to the call. */
  readonly id: string;
  readonly tag: Tag;
  readonly summary: string;
  /** Plain sentences, with the clause that they rest on. */
  readonly says: string;
  /** What stands in braces in the path. */
  readonly path?: readonly Field[];
  readonly query?: readonly Field[];
  readonly headers?: readonly Field[];
  /** Any one of them will do; an empty list says that nothing is asked. */
  readonly proves?: readonly Proof[];
  readonly form?: Body;
  readonly json?: Body;
  readonly answers: readonly Answer[];
  /** What the caller itself is told, as this route's refusals look. */
  readonly refuses?: Refusals;
  /** Answered under any host name, so that a probe may call by address. */
  readonly isProbe?: boolean;
  /** What the client is told instead, by the redirect that brings the browser home. */
  readonly redirects?: Refusals;
}

export type Tag = "Discovery" | "Authorization" | "Tokens" | "Clients" | "Identity" | "Pages" | "Operation";

/** Names of security schemes that stand together. */
export type Proof = "none" | "clientSecret" | "clientAssertion" | "bearer" | "dpop" | "session";

/** A parameter of a query, a header or a form. */
export interface Field {
  readonly name: string;
  readonly schema: Schema;
  readonly says: string;
  readonly required?: boolean;
}

export interface Body {
  readonly schema: Schema;
  readonly examples?: Readonly<Record<string, Example>>;
}

export interface Example {
  readonly summary: string;
  readonly value: unknown;
}

export interface Answer {
  readonly status: number;
  readonly says: string;
  /** A page has none. */
  readonly schema?: Schema;
  readonly type?: "application/json" | "text/html" | "text/css" | "text/javascript" | `image/${string}`;
  readonly example?: unknown;
  /** By name, what each says. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The same refusals, several groups together. */
export function together(...groups: readonly Refusals[]): Refusals {
  const all: Partial<Record<OAuthErrorCode, readonly Refusal[]>> = {};
  for (const group of groups) {
    for (const [code, words] of Object.entries(group) as [OAuthErrorCode, readonly Refusal[]][])
      all[code] = [...new Set([...(all[code] ?? []), ...words])];
  }
  return all;
}
