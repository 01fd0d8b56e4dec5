import { type Id, isId, member, type Params, type Request } from "../json-rpc.ts";
import type { Party } from "./party.ts";

/** A request that the server has not answered yet. */
export interface Waiting {
  readonly party: Party;
  /** As the party named it. */
  readonly id: Id;
  readonly method: string;
  readonly progressToken: Id | undefined;
  readonly timer: NodeJS.Timeout;
}

/**
 * The requests under way at one process. Parties choose their ids and progress tokens freely, and two may choose the
 * same; the process sees ours, which are numbers that never repeat.
 */
export class WaitingRequests {
  readonly #all = new Map<Id, Waiting>();
  #last = 0;

  get size(): number {
    return this.#all.size;
  }

  /** The request as the process sees it. */
  add(party: Party, request: Request, late: (own: Id) => void, patience: number): Request {
    const own = ++this.#last;
    const token = member(member(request.params, "_meta"), "progressToken");
    this.#all.set(own, {
      party,
      id: request.id,
      method: request.method,
      progressToken: isId(token) ? token : undefined,
      timer: setTimeout(() => late(own), patience).unref(),
    });
    const params = isId(token) ? withProgressToken(request.params, own) : request.params;
    return { ...request, id: own, ...(params && { params }) };
  }

  /** Takes a request out, once. */
  take(own: Id): Waiting | undefined {
    const waiting = this.#all.get(own);
    if (waiting) clearTimeout(waiting.timer);
    this.#all.delete(own);
    return waiting;
  }

  /** Only a request that asked for progress hears of it. */
  forProgress(own: unknown): Waiting | undefined {
    const waiting = isId(own) ? this.#all.get(own) : undefined;
    return waiting?.progressToken === undefined ? undefined : waiting;
  }

  /** Our name of a party's request. */
  ownId(party: Party, id: unknown): Id | undefined {
    for (const [own, waiting] of this.#all) if (waiting.party === party && waiting.id === id) return own;
    return undefined;
  }

  /** How many of them wait on this person's account. */
  ofPerson(person: string): number {
    let count = 0;
    for (const { party } of this.#all.values()) if (party.person === person) count++;
    return count;
  }

  ofParty(party: Party): readonly Id[] {
    return [...this.#all].filter(([, waiting]) => waiting.party === party).map(([own]) => own);
  }

  newestFirst(): readonly Waiting[] {
    return [...this.#all.values()].reverse();
  }

  takeAll(): readonly Waiting[] {
    return [...this.#all.keys()].flatMap((own) => this.take(own) ?? []);
  }
}

function withProgressToken(params: Params | undefined, progressToken: Id): Params {
  const meta = member(params, "_meta");
  return { ...params, _meta: { ...(meta as object), progressToken } };
}
