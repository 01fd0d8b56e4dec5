import { Room } from "../room.ts";
import type { ServerProcess } from "../stdio/server-process.ts";
import { Session } from "./session.ts";

const mostOfCaller = 32;
/** Over all clients: nobody ends the sessions of others by registering more of them. */
const mostOfPerson = 320;
const mostOfAll = 10_000;

/** Characters of messages that all sessions together keep for clients whose connection broke. */
const mostKept = 128 * 1024 * 1024;

interface Held {
  readonly caller: string;
  readonly session: Session;
}

/**
 * The open sessions. MCP, security best practices: a session id is no authentication, so each is bound to the caller
 * that opened it, and to anyone else it does not exist.
 */
export class Sessions {
  readonly #held = new Map<string, Held>();
  readonly #room = new Room(mostKept);

  get size(): number {
    return this.#held.size;
  }

  /** A session that counts once its `initialize` is handled. Of too many the one that was longest unused ends. */
  open(caller: string, person: string, server: ServerProcess): Session {
    const own = [...this.#held.values()].filter((held) => held.session.person === person);
    const here = own.filter((held) => held.caller === caller);
    if (here.length >= mostOfCaller) here[0]?.session.close();
    else if (own.length >= mostOfPerson) own[0]?.session.close();
    else if (this.#held.size >= mostOfAll) [...this.#held.values()][0]?.session.close();
    const session: Session = new Session(server, person, this.#room, {
      onOpen: (id) => this.#held.set(id, { caller, session }),
      onClose: (id) => this.#held.delete(id),
    });
    return session;
  }

  find(id: string, caller: string): Session | undefined {
    const held = this.#held.get(id);
    if (held?.caller !== caller) return undefined;
    // Taken out and put back: the longest unused stands first.
    this.#held.delete(id);
    this.#held.set(id, held);
    return held.session;
  }

  closeAll(): void {
    for (const { session } of [...this.#held.values()]) session.close();
  }
}
