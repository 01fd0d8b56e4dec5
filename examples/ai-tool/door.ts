import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { listenOn } from "../program/listening.ts";

export type Listener = (incoming: IncomingMessage, outgoing: ServerResponse) => unknown;

/** A loopback port that is open before anything stands behind it: each server's settings name the ports of the others. */
export interface Door {
  readonly origin: string;
  open(listener: Listener): void;
  close(): Promise<void>;
}

/** @param port 0 picks a free one. @throws Trouble where the port cannot be had */
export async function door(port: number): Promise<Door> {
  let answer: Listener = (_, outgoing) => outgoing.writeHead(503, { "retry-after": "1" }).end();
  const server = createServer(async (incoming, outgoing) => {
    try {
      await answer(incoming, outgoing);
    } catch (thrown) {
      console.error(thrown);
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(500).end();
    }
  });
  const origin = await listenOn(server, port);
  return {
    origin,
    open(listener) {
      answer = listener;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
