import { BlockList, connect, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { codeOf, Refused } from "./refused.ts";
import type { Target } from "./target.ts";

/** Opens a TCP connection to the first of `addresses` that answers. Nothing may be resolved again. */
export type Dialler = (addresses: readonly string[], port: number) => Socket;

export const systemDialler: Dialler = (addresses, port) =>
  connect({
    host: "checked.invalid", // never looked up: `lookup` answers with the checked addresses and no others
    port,
    autoSelectFamily: true, // RFC 8305: the next address when one does not answer
    lookup: (_host, _options, callback) => {
      callback(
        null,
        addresses.map((address) => ({ address, family: isIP(address) })),
      );
    },
  });

export interface Connection {
  readonly target: Target;
  readonly addresses: readonly string[];
  readonly dial: Dialler;
  /** Certificates to trust instead of Node's own list. */
  readonly ca?: string | undefined;
  /** Destroys what is open when it aborts. */
  readonly signal: AbortSignal;
}

/**
 * A connection to one of the checked addresses, with TLS for https. The far end is compared with the checked
 * addresses before a single octet leaves: between check and connect nothing may have moved it.
 * @throws Refused "address" or "unreachable"
 */
export async function connectTo({ target, addresses, dial, ca, signal }: Connection): Promise<Socket> {
  const socket = dial(addresses, portOf(target.url));
  await opened(socket, "connect", signal);
  if (!isOneOf(addresses, socket.remoteAddress)) {
    socket.destroy();
    throw new Refused("address", `The connection ended at ${socket.remoteAddress}, which was not checked.`);
  }
  if (target.url.protocol === "http:") return socket;
  const secure = connectTls({
    socket,
    host: target.host,
    servername: target.isAddress ? "" : target.host, // RFC 6066 §3: names only, without the final dot
    ALPNProtocols: ["http/1.1"],
    rejectUnauthorized: true, // stated, so that NODE_TLS_REJECT_UNAUTHORIZED=0 changes nothing here
    ...(ca === undefined ? {} : { ca }),
  });
  await opened(secure, "secureConnect", signal);
  return secure;
}

function opened(socket: Socket, event: "connect" | "secureConnect", signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => {
      const what = event === "connect" ? "The connection" : "The TLS handshake";
      reject(new Refused("unreachable", `${what} failed (${codeOf(cause)}).`, { cause }));
    };
    socket.on("error", fail); // stays for good: a late error of a socket we left must not end the process
    socket.once(event, resolve);
    if (signal.aborted) socket.destroy();
    else signal.addEventListener("abort", () => socket.destroy(), { once: true });
  });
}

function isOneOf(addresses: readonly string[], remote: string | undefined): boolean {
  if (remote === undefined) return false;
  const pinned = new BlockList(); // compares addresses, not their spelling
  for (const address of addresses) pinned.addAddress(address, familyOf(address));
  return pinned.check(remote, familyOf(remote));
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 6 ? "ipv6" : "ipv4";
}

function portOf(url: URL): number {
  if (url.port !== "") return Number(url.port);
  return url.protocol === "https:" ? 443 : 80;
}
