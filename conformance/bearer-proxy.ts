import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

export interface BearerProxy {
  /** The target's URL, as it is reached through the proxy. */
  readonly url: string;
  close(): void;
}

/**
 * Adds an access token to every request and leaves everything else as it is; the referee has no option for a token.
 * A request that names the proxy as its host names the target; any other host is handed on, for the guard to judge.
 */
export async function bearerProxy(target: string, token: string): Promise<BearerProxy> {
  const { hostname, port, host, pathname } = new URL(target);
  const server = createServer((incoming, outgoing) => {
    const headers = { ...incoming.headers, authorization: `Bearer ${token}` };
    if (headers.host === own) headers.host = host;
    const onward = request(
      { hostname, port, path: incoming.url, method: incoming.method, headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        // A stream that has nothing to say yet is open nevertheless.
        outgoing.flushHeaders();
        answer.pipe(outgoing);
      },
    );
    onward.on("error", () => outgoing.destroy());
    outgoing.on("close", () => onward.destroy());
    incoming.pipe(onward);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const own = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${own}${pathname}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
