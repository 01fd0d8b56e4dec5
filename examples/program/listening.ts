import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Trouble } from "./trouble.ts";

/** @param port 0 picks a free one. @returns the server's origin. @throws Trouble where the port cannot be had */
export async function listenOn(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (thrown) => reject(troubleWith(port, thrown)));
    server.listen(port, "127.0.0.1", resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What a failure to listen means to whoever named the port. */
export function troubleWith(port: number, { code }: NodeJS.ErrnoException): Trouble {
  const why = code === "EADDRINUSE" ? "is taken" : `cannot be had (${code})`;
  return new Trouble(`Port ${port} ${why}. Another --port helps, or none.`);
}
