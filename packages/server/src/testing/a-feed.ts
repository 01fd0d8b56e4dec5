import assert from "node:assert/strict";
import type { FeedEvent, FeedPage } from "../tokens/revocation-feed.ts";
import { post, type TokenAnswer } from "./a-login.ts";
import { basic } from "./a-program.ts";
import type { AServer } from "./a-server.ts";

export interface Reader {
  readonly id: string;
  readonly secret: string;
}

/** A question to the revocation feed. */
export function askFeed(
  server: AServer,
  reader: Reader,
  form: Readonly<Record<string, string | undefined>> = {},
): Promise<TokenAnswer> {
  return post(server, "/revocations", form, basic(reader.id, reader.secret));
}

/** One page. */
export async function readFeed(
  server: AServer,
  reader: Reader,
  after?: string,
  wait?: number,
): Promise<FeedPage> {
  const answer = await askFeed(server, reader, { after, wait: wait?.toFixed(3) });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body as unknown as FeedPage;
}

/** Pages until there is no more: the events, and the cursor behind them. */
export async function readAll(server: AServer, reader: Reader, after?: string) {
  const events: FeedEvent[] = [];
  for (let cursor = after; ; ) {
    const page = await readFeed(server, reader, cursor);
    events.push(...page.events);
    cursor = page.next;
    if (!page.more) return { events, next: page.next };
  }
}

/** `lineage 7`, sorted. */
export function told(events: readonly FeedEvent[]): readonly string[] {
  return events.map(({ kind, id }) => `${kind} ${id}`).toSorted();
}
