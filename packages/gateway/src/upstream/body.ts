import type { IncomingMessage, ServerResponse } from "node:http";
import { OAuthError } from "@valetkey/protocol/errors";

/** RFC 9112 §6.3: a request has a body if one of these two says so. */
export function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers["content-length"];
  return headers["transfer-encoding"] !== undefined || (length !== undefined && Number(length) > 0);
}

/** How long a body that a rule must read may take, in milliseconds: it is held in memory meanwhile. */
const patience = 120_000;

/** Bodies of the largest size that are held at once, by all callers together. */
const mostBodies = 32;
/** Of these, one caller's: nobody shuts out the others by bodies that do not end. */
const mostOfOne = 8;

/** The octets of bodies that are held in memory. */
export class BodyRoom {
  #held = 0;
  readonly #ofCallers = new Map<string, number>();

  get held(): number {
    return this.#held;
  }

  /** @throws temporarily_unavailable when as much is held as may be, by all or by this caller */
  take(caller: string, octets: number, most: number): void {
    const own = (this.#ofCallers.get(caller) ?? 0) + octets;
    if (this.#held + octets > most * mostBodies || own > most * mostOfOne) {
      throw new OAuthError("temporarily_unavailable", "Too many requests are under way.", "upstream.busy", {
        retryAfter: 1,
      });
    }
    this.#held += octets;
    this.#ofCallers.set(caller, own);
  }

  give(caller: string, octets: number): void {
    this.#held -= octets;
    const left = (this.#ofCallers.get(caller) ?? 0) - octets;
    if (left > 0) this.#ofCallers.set(caller, left);
    else this.#ofCallers.delete(caller);
  }
}

export interface ReadBody {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  /** Octets. */
  readonly most: number;
  readonly room: BodyRoom;
  /** The subject on whose account it is held. */
  readonly caller: string;
  /** Milliseconds. */
  readonly within?: number;
}

/**
 * The whole body; undefined when the sender left. Its place in memory is given back when the request is over.
 * @throws invalid_request when it is larger than `most` octets or does not come in time; temporarily_unavailable when there is
 * no room for it
 */
export function readBody({
  incoming,
  outgoing,
  most,
  room,
  caller,
  within = patience,
}: ReadBody): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    // Who left while the token was judged tells of it no more.
    if (incoming.destroyed || outgoing.destroyed) return resolve(undefined);
    if (Number(incoming.headers["content-length"] ?? 0) > most) throw tooLarge();
    const chunks: Buffer[] = [];
    let length = 0;
    const late = setTimeout(() => stop(reject, tooSlow()), within);
    const stop = <T>(tell: (it: T) => void, it: T) => {
      clearTimeout(late);
      incoming.off("data", take);
      tell(it);
    };
    const take = (chunk: Buffer) => {
      try {
        if (length + chunk.length > most) throw tooLarge();
        room.take(caller, chunk.length, most);
        length += chunk.length;
        chunks.push(chunk);
      } catch (thrown) {
        stop(reject, thrown);
      }
    };
    incoming.on("data", take);
    incoming.once("end", () => stop(resolve, Buffer.concat(chunks)));
    incoming.once("error", () => stop(resolve, undefined));
    incoming.once("close", () => stop(resolve, undefined));
    outgoing.once("close", () => room.give(caller, length));
  });
}

function tooLarge(): OAuthError {
  return new OAuthError("invalid_request", "The body is too large.", "request.too-large");
}

function tooSlow(): OAuthError {
  return new OAuthError("invalid_request", "The body did not arrive in time.", "upstream.client-slow");
}
