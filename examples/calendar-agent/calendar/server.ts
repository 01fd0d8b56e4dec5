import { createServer } from "node:http";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { listenOn } from "../../program/listening.ts";

type Fetch = (request: Request) => Promise<Response>;

/** A loopback port, open before anything stands behind it: the issuer names the calendar, and the calendar its issuer. */
export interface Door {
  readonly origin: string;
  open(fetch: Fetch): void;
  close(): Promise<void>;
}

/** @param port 0 picks a free one. @throws Trouble where the port cannot be had */
export async function openDoor(port: number): Promise<Door> {
  let answer: Fetch = async () => new Response(null, { status: 503, headers: { "retry-after": "1" } });
  const server = createServer(async (incoming, outgoing) => {
    const { method = "GET", url = "/", headersDistinct } = incoming;
    const headers = Object.entries(headersDistinct).flatMap(([name, values = []]) =>
      values.map((value): [string, string] => [name, value]),
    );
    try {
      // The calendar is only read: nobody's body is looked at.
      const response = await answer(new Request(new URL(url, origin), { method, headers }));
      outgoing.setHeaders(response.headers);
      outgoing.writeHead(response.status);
      if (!response.body || method === "HEAD") outgoing.end();
      else Readable.fromWeb(response.body as ReadableStream).pipe(outgoing);
    } catch (thrown) {
      console.error(thrown);
      outgoing.writeHead(500).end();
    }
  });
  const origin = await listenOn(server, port);
  return {
    origin,
    open(fetch) {
      answer = fetch;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
