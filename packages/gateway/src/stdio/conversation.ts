import {
  type Answer,
  failure,
  type Id,
  isAnswer,
  isRequest,
  METHOD_NOT_FOUND,
  type Message,
  member,
  type Notification,
  type Params,
  type Request,
  UNAVAILABLE,
} from "../json-rpc.ts";
import type { Party } from "./party.ts";
import { WaitingRequests } from "./waiting.ts";

export interface ConversationOptions {
  /** Whether callers who must not learn of each other speak with this process. */
  readonly isForAll: boolean;
  /** Requests that may wait for the server at once. */
  readonly most: number;
  /** Of these, one person's: nobody keeps the others from a process that serves all. */
  readonly mostOfOne: number;
  /** Milliseconds that one request may take. */
  readonly patience: number;
  readonly send: (message: Message) => boolean;
  /** Told of what the server says to nobody in particular. */
  readonly onNotification: (message: Notification) => void;
}

/** Notifications of clients that go no further: the handshake is the gateway's, and roots are not offered. */
const kept = /^notifications\/(?:initialized|roots\/)/;

interface Obstacle {
  readonly code?: number;
  readonly message: string;
}

/** Notifications that a process of many callers may spread: they tell that something changed, and not what. */
const harmless = /^notifications\/(?:tools|prompts|resources)\/list_changed$/;

/**
 * Several parties, one process: ids and progress tokens are ours on the process's side, so that answers, progress and
 * cancellation find the party that they belong to, and only that one.
 */
export class Conversation {
  readonly #options: ConversationOptions;
  readonly #waiting = new WaitingRequests();
  /** Requests of the server, and the party that each was put to. */
  readonly #asked = new Map<Id, Party>();
  readonly #parties = new Set<Party>();
  #isOver = false;

  constructor(options: ConversationOptions) {
    this.#options = options;
  }

  get isForAll(): boolean {
    return this.#options.isForAll;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  get underWay(): number {
    return this.#waiting.size;
  }

  get parties(): number {
    return this.#parties.size;
  }

  join(party: Party): void {
    if (this.#isOver) party.close();
    else this.#parties.add(party);
  }

  /** What the party still waited for is cancelled. */
  leave(party: Party): void {
    this.#parties.delete(party);
    for (const own of this.#waiting.ofParty(party)) this.#cancel(own, "The client left.");
    for (const [id, asked] of this.#asked) if (asked === party) this.#refuseServer(id, "The client left.");
  }

  /** A message from a party's client. */
  say(party: Party, message: Message): void {
    if (isRequest(message)) this.#request(party, message);
    else if (isAnswer(message)) this.#answerServer(party, message);
    else if (message.method === "notifications/cancelled") {
      const own = this.#waiting.ownId(party, member(message.params, "requestId"));
      // The client of a cancelled request waits for no answer (MCP, cancellation).
      if (own !== undefined) this.#cancel(own, reasonOf(message.params));
    } else if (!kept.test(message.method) && !this.#options.isForAll) {
      // The gateway made the handshake; and what one of many says of itself must not change the server for the others.
      this.#options.send(message);
    }
  }

  /** A message from the process. */
  hear(message: Message): void {
    if (isAnswer(message)) {
      const waiting = this.#waiting.take(message.id);
      waiting?.party.deliver({ ...message, id: waiting.id }, waiting.id);
    } else if (isRequest(message)) this.#askClient(message);
    else this.#notify(message);
  }

  /** A request of the gateway itself. @throws Error with the server's words, or when it ends before it answers */
  ask(method: string, params: Params): Promise<Params> {
    return new Promise((resolve, reject) => {
      const party: Party = {
        canAnswer: () => false,
        deliver: (message) => {
          const { result, error } = message as Answer;
          if (result) resolve(result);
          else reject(new Error(error?.message ?? "It gave no answer."));
        },
        close: () => {},
      };
      this.say(party, { jsonrpc: "2.0", id: 0, method, params });
    });
  }

  /** The process is gone: every request under way is answered, every party told. */
  over(reason: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const { party, id } of this.#waiting.takeAll()) party.deliver(failure(id, UNAVAILABLE, reason), id);
    const parties = [...this.#parties];
    this.#parties.clear();
    this.#asked.clear();
    for (const party of parties) party.close();
  }

  #request(party: Party, request: Request): void {
    const refuse = ({ code = UNAVAILABLE, message }: Obstacle) =>
      party.deliver(failure(request.id, code, message), request.id);
    const obstacle = this.#obstacle(party, request);
    if (obstacle) {
      refuse(obstacle);
      return;
    }
    const late = (own: Id) => {
      this.#cancel(own, "It took too long.");
      refuse({ message: "The server did not answer in time." });
    };
    const own = this.#waiting.add(party, request, late, this.#options.patience);
    if (this.#options.send(own)) return;
    this.#waiting.take(own.id);
    refuse({ message: "The server does not read what it is sent." });
  }

  #obstacle({ person }: Party, { method }: Request): Obstacle | undefined {
    if (this.#isOver) return { message: "The server's process has ended." };
    // A handle of a task would be known to all who use the process.
    if (this.#options.isForAll && method.startsWith("tasks/")) {
      return { code: METHOD_NOT_FOUND, message: "Tasks need a process of the caller's own." };
    }
    // Without the list of its tools no call could be judged.
    if (person === undefined) return undefined;
    if (this.#waiting.ofPerson(person) >= this.#options.mostOfOne) {
      return { message: "Too many of your requests wait for the server." };
    }
    const isFull = this.#waiting.size >= this.#options.most;
    return isFull ? { message: "Too many requests wait for the server." } : undefined;
  }

  /** Only the party that was asked may answer, once. */
  #answerServer(party: Party, answer: Answer): void {
    if (this.#asked.get(answer.id) !== party) return;
    this.#asked.delete(answer.id);
    this.#options.send(answer);
  }

  #cancel(own: Id, reason: string | undefined): void {
    this.#waiting.take(own);
    const params = { requestId: own, ...(reason !== undefined && { reason }) };
    this.#options.send({ jsonrpc: "2.0", method: "notifications/cancelled", params });
  }

  /** MCP has no word for whom the server asks: the party of the newest request under way, else the newest party. */
  #askClient(request: Request): void {
    if (request.method === "ping") {
      this.#options.send({ jsonrpc: "2.0", id: request.id, result: {} });
      return;
    }
    const related = this.#waiting.newestFirst().find(({ party }) => party.canAnswer(request.method));
    const party = related?.party ?? [...this.#parties].reverse().find((one) => one.canAnswer(request.method));
    // Of many callers, nobody can tell whose turn it is: the wrong one would see another's question.
    if (this.#options.isForAll || party === undefined) {
      this.#refuseServer(request.id, `No client here answers ${request.method}.`, METHOD_NOT_FOUND);
    } else if (this.#asked.size >= this.#options.most) {
      this.#refuseServer(request.id, "Too many questions wait for an answer.");
    } else {
      this.#asked.set(request.id, party);
      party.deliver(request, related?.id);
    }
  }

  #refuseServer(id: Id, message: string, code = UNAVAILABLE): void {
    this.#asked.delete(id);
    this.#options.send(failure(id, code, message));
  }

  #notify(message: Notification): void {
    if (message.method === "notifications/progress") {
      const waiting = this.#waiting.forProgress(member(message.params, "progressToken"));
      const progressToken = waiting?.progressToken;
      waiting?.party.deliver({ ...message, params: { ...message.params, progressToken } }, waiting.id);
      return;
    }
    if (message.method === "notifications/cancelled") {
      const id = member(message.params, "requestId") as Id;
      this.#asked.get(id)?.deliver(message);
      this.#asked.delete(id);
      return;
    }
    this.#options.onNotification(message);
    if (this.#options.isForAll && !harmless.test(message.method)) return;
    for (const party of this.#parties) party.deliver(message);
  }
}

function reasonOf(params: Params | undefined): string | undefined {
  const reason = member(params, "reason");
  return typeof reason === "string" ? reason.slice(0, 500) : undefined;
}
