import type { AServer } from "./a-server.ts";

/** The same server, seen from another network address. */
export function from(server: AServer, address: string): AServer {
  return {
    ...server,
    fetchHere: (input, init) => server.fetch(new Request(input, init), { address }),
  };
}
