import { randomBytes } from "node:crypto";
import { type JSONRPCMessage, WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/server";
import { type Id, isRequest, type Message, member, type Params } from "../json-rpc.ts";
import type { Room } from "../room.ts";
import type { Party } from "../stdio/party.ts";
import type { ServerProcess } from "../stdio/server-process.ts";
import { RecentEvents } from "./recent-events.ts";

/** What a client must have declared before the server may ask it. */
const capabilityOf: ReadonlyMap<string, string> = new Map([
  ["sampling/createMessage", "sampling"],
  ["elicitation/create", "elicitation"],
]);

export interface SessionEvents {
  /** Its id is known; requests may follow. */
  readonly onOpen: (id: string) => void;
  readonly onClose: (id: string) => void;
}

/** One Streamable HTTP session of revisions 2025-03-26 to 2025-11-25, and the process behind it. */
export class Session implements Party {
  readonly server: ServerProcess;
  readonly person: string;
  readonly #transport: WebStandardStreamableHTTPServerTransport;
  #capabilities: unknown;
  #id = "";

  constructor(server: ServerProcess, person: string, room: Room, events: SessionEvents) {
    this.server = server;
    this.person = person;
    const recent = new RecentEvents(room, person);
    this.#transport = new WebStandardStreamableHTTPServerTransport({
      eventStore: recent,
      sessionIdGenerator: () => randomBytes(32).toString("base64url"),
      onsessioninitialized: (id) => {
        this.#id = id;
        events.onOpen(id);
        server.conversation.join(this);
      },
    });
    this.#transport.onmessage = (message) => this.#say(message as Message);
    this.#transport.onclose = () => {
      recent.end();
      server.conversation.leave(this);
      events.onClose(this.#id);
    };
  }

  handle(request: Request, parsedBody: unknown): Promise<Response> {
    return this.#transport.handleRequest(request, { parsedBody });
  }

  canAnswer(method: string): boolean {
    const capability = capabilityOf.get(method);
    return capability !== undefined && member(this.#capabilities, capability) !== undefined;
  }

  deliver(message: Message, related?: Id): void {
    const options = related === undefined ? {} : { relatedRequestId: related };
    // A stream that its client left takes nothing any more, which is nobody's fault.
    this.#transport.send(message as JSONRPCMessage, options).catch(() => {});
  }

  close(): void {
    // The answers that are on their way leave first.
    setImmediate(() => void this.#transport.close());
  }

  #say(message: Message): void {
    if (!isRequest(message) || message.method !== "initialize") {
      this.server.conversation.say(this, message);
      return;
    }
    this.#capabilities = member(message.params, "capabilities");
    // The process was greeted once, when it started; whoever comes later is told what it answered then.
    void this.server.hello.then((result: Params) =>
      this.deliver({ jsonrpc: "2.0", id: message.id, result: forSessions(result, this.server) }, message.id),
    );
  }
}

function forSessions(hello: Params, { conversation }: ServerProcess): Params {
  if (!conversation.isForAll) return hello;
  // What callers of one process must not share is not offered.
  const offered = (member(hello, "capabilities") ?? {}) as Record<string, unknown>;
  const { tasks: _tasks, logging: _logging, resources, ...capabilities } = offered;
  const { subscribe: _subscribe, ...changes } = (resources ?? {}) as Record<string, unknown>;
  return {
    ...hello,
    capabilities: { ...capabilities, ...(resources !== undefined && { resources: changes }) },
  };
}
