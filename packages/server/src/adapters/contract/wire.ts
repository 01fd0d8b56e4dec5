import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A way to PostgreSQL that a test can cut, hold, or break at one statement's answer. */
export interface Wire {
  /** The database's URL by this way. */
  readonly url: string;
  /** Breaks every connection and refuses new ones. */
  cut(): void;
  /** Takes what is sent and passes nothing on. */
  hold(): void;
  /** Lets new connections through. Those that were held stay dead. */
  mend(): void;
  /**
   * Breaks the next connection on which `statement` is prepared when its answer comes back: it is committed then, and
   * nobody was told. A connection that knows the statement names it, so `cut` first. @returns resolves when it happened
   */
  loseAnswerTo(statement: RegExp): Promise<void>;
  close(): Promise<void>;
}

export async function aWire(databaseUrl: string): Promise<Wire> {
  const database = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let state: "open" | "cut" | "held" = "open";
  let trap: { readonly statement: RegExp; readonly sprung: () => void } | undefined;

  const server = createServer((near) => {
    if (state === "cut") {
      near.destroy();
      return;
    }
    const far = connect(Number(database.port), database.hostname);
    let caught: typeof trap;
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
      one.on("data", (bytes) => {
        if (state === "held") return;
        if (one === far && caught) {
          near.destroy();
          caught.sprung();
          return;
        }
        if (one === near && trap?.statement.test(bytes.toString("latin1"))) {
          caught = trap;
          trap = undefined;
        }
        other.write(bytes);
      });
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  const url = new URL(databaseUrl);
  url.port = String((server.address() as { port: number }).port);
  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: url.href,
    cut() {
      state = "cut";
      breakAll();
    },
    hold() {
      state = "held";
    },
    mend() {
      if (state === "held") breakAll();
      state = "open";
    },
    loseAnswerTo(statement) {
      const { promise, resolve } = Promise.withResolvers<void>();
      trap = { statement, sprung: resolve };
      return promise;
    },
    async close() {
      breakAll();
      server.close();
      await once(server, "close");
    },
  };
}
