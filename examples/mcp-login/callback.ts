import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Callback {
  /** The redirect URI: this listener, on the port that was free. */
  readonly url: string;
  /** The next URL with which the person's browser comes back. */
  next(): Promise<URL>;
  close(): void;
}

/** RFC 8252 §7.3: a client on the person's own machine listens on loopback for the answer. */
export async function listenForCallback(): Promise<Callback> {
  const waiting: ((url: URL) => void)[] = [];
  const server = createServer((request, response) => {
    // Every page that the person has open can call here, with whatever address.
    const arrived = URL.parse(request.url ?? "/", url);
    if (arrived?.pathname !== "/callback") return response.writeHead(404).end();
    response.writeHead(200, { "content-type": "text/plain" }).end("You may close this page.");
    for (const take of waiting.splice(0)) take(arrived);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`;
  return {
    url,
    next: () => new Promise((resolve) => waiting.push(resolve)),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
