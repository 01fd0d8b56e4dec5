import type { EndingKind } from "../records/ending.ts";
import type { Instant } from "../records/instant.ts";
import { endingKinds } from "./recent-endings.ts";

/**
 * How far a reader of the revocation feed has come. It is no secret and not signed: who forges one misses, or reads again,
 * what is told to every reader alike.
 */
export interface FeedCursor {
  /** From when the reader has to read anew where the epoch means nothing. */
  readonly since: Instant;
  readonly epoch: string;
  /** What was numbered up to here is known, or is read from the store now. */
  readonly number: number;
  /** Where the reading of the store goes on; left out when it is done. */
  readonly place?: FeedPlace;
}

export interface FeedPlace {
  readonly kind: EndingKind;
  readonly at: Instant;
  readonly id: string;
  /** From when the reader has to read anew when this reading is done, where the epoch means nothing. */
  readonly again: Instant;
}

const form = /^1\.(\d{1,12})\.([0-9a-f]{12})\.(\d{1,15})(?:\.([0-3])\.(\d{1,12})\.(\d{1,12})\.([\w-]*))?$/;

export function writeCursor({ since, epoch, number, place }: FeedCursor): string {
  const live = `1.${since}.${epoch}.${number}`;
  if (place === undefined) return live;
  const id = Buffer.from(place.id).toString("base64url");
  return `${live}.${endingKinds.indexOf(place.kind)}.${place.again}.${place.at}.${id}`;
}

/** undefined for what is no cursor of this version: its reader begins anew, and loses nothing. */
export function readCursor(text: string): FeedCursor | undefined {
  const [, since, epoch, number, kind, again, at, id] = form.exec(text) ?? [];
  if (since === undefined || epoch === undefined) return undefined;
  const live = { since: Number(since), epoch, number: Number(number) };
  const named = endingKinds[Number(kind)];
  if (kind === undefined || named === undefined) return live;
  const from = { at: Number(at), id: Buffer.from(id ?? "", "base64url").toString() };
  const place = { kind: named, again: Number(again), ...from };
  // The id of a lineage is a number.
  if (named === "lineage" && !/^\d{0,15}$/.test(place.id)) return undefined;
  return { ...live, place };
}
