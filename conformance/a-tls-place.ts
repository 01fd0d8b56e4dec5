import { once } from "node:events";
import { type AddressInfo, connect, type Socket } from "node:net";
import { createServer, getCACertificates, setDefaultCACertificates } from "node:tls";
import { anAuthority } from "../packages/gateway/src/upstream/testing/a-certificate.ts";

const authority = anAuthority("The tests' own authority");
setDefaultCACertificates([...getCACertificates("default"), authority.certificate]);

/** Ends TLS on a free port as a proxy does, and hands the octets on; every client in this process believes it. */
export async function aTlsPlace() {
  const sockets = new Set<Socket>();
  let behind = 0;
  const server = createServer(authority.forAddress("127.0.0.1"), (socket) => {
    const onward = connect(behind, "127.0.0.1");
    for (const one of [socket, onward]) {
      sockets.add(one);
      one.on("error", () => one.destroy()).once("close", () => sockets.delete(one));
    }
    socket.pipe(onward).pipe(socket);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Names the port that it stands before: whoever listens there had to know this origin first. */
    leadTo(port: number): void {
      behind = port;
    },
    async close(): Promise<void> {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
