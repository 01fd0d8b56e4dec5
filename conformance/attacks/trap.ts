import { connect } from "node:net";
import type { TestContext } from "node:test";
import { tcpListener } from "../../packages/server/src/adapters/outbound/fixtures/listener.ts";
import {
  loopbackLiterals,
  otherSpecialLiterals,
} from "../../packages/server/src/adapters/outbound/fixtures/spellings.ts";

/** Hosts that lead to this machine or its network, in every spelling that we know of. */
export const spellings = [
  ...loopbackLiterals,
  ...otherSpecialLiterals,
  ...["localhost", "LOCALHOST", "localhost.", "a.localhost"],
];

/** A listener on 127.0.0.1, and on ::1 where there is one, that nobody has any business to reach. */
export interface Trap {
  readonly port: number;
  /**
   * How many connections arrived. Each address is called once more first: its queue is served in order, so that whatever
   * was sent before that call is counted when the call is.
   */
  arrived(): Promise<number>;
}

export async function aTrap(t: TestContext): Promise<Trap> {
  const seen = new Set<number | undefined>();
  const listener = await tcpListener(t, (socket) => void seen.add(socket.remotePort));
  let ours = 0;
  async function call(host: string): Promise<void> {
    const mark = connect(listener.port, host);
    await new Promise((resolve, reject) => mark.once("connect", resolve).once("error", reject));
    while (!seen.has(mark.localPort)) await new Promise(setImmediate);
    mark.destroy();
    ours += 1;
  }
  return {
    port: listener.port,
    async arrived() {
      await call("127.0.0.1");
      if (listener.onIPv6) await call("::1");
      return listener.arrived.connections - ours;
    },
  };
}
