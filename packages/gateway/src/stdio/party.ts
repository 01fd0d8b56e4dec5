import type { Id, Message } from "../json-rpc.ts";

/** One who speaks with a process: a Streamable HTTP session, or a single stateless request. */
export interface Party {
  /** On whose account its requests wait; undefined for the gateway's own, which are few. */
  readonly person?: string;
  /** Whether its client said that it can answer this method (sampling, elicitation, roots). */
  canAnswer(method: string): boolean;
  /** @param related the party's own request that the message belongs to */
  deliver(message: Message, related?: Id): void;
  /** The process is gone; nothing follows. */
  close(): void;
}
