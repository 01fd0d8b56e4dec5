import { connect, type Socket } from "node:net";

export interface RawAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** Sends octets as they are on a connection of their own, and hears until it ends or is silent after an answer. */
export function rawExchange(port: number, text: string): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    let heard = "";
    socket.on("connect", () => socket.write(text, "latin1"));
    socket.on("data", (octets: Buffer) => {
      heard += octets.toString("latin1");
      if (isWhole(heard)) socket.destroy();
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(answerOf(heard)));
    socket.setTimeout(10_000, () => {
      socket.destroy();
      reject(new Error(`Nothing more came after: ${heard.slice(0, 300)}`));
    });
  });
}

export function answerOf(heard: string): RawAnswer {
  const end = heard.indexOf("\r\n\r\n");
  const head = end < 0 ? heard : heard.slice(0, end);
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), head, body: heard.slice(end + 4) };
}

function isWhole(heard: string): boolean {
  const { head, body } = answerOf(heard);
  if (!heard.includes("\r\n\r\n") || /^HTTP\/1\.1 100/.test(head)) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  return length === undefined
    ? body.endsWith("0\r\n\r\n") || /^HTTP\/1\.1 (?:204|304)/.test(head)
    : body.length >= Number(length);
}

/** An open connection that collects what it hears. */
export class RawSocket {
  readonly socket: Socket;
  heard = "";

  constructor(port: number) {
    this.socket = connect({ port, host: "127.0.0.1", noDelay: true });
    this.socket.on("error", () => {});
    this.socket.on("data", (octets: Buffer) => {
      this.heard += octets.toString("latin1");
    });
  }

  say(text: string): void {
    this.socket.write(text, "latin1");
  }

  async until(pattern: RegExp): Promise<string> {
    const patience = Date.now() + 10_000;
    while (!pattern.test(this.heard)) {
      if (Date.now() > patience) throw new Error(`Never heard ${pattern}: ${this.heard.slice(-300)}`);
      await new Promise((go) => setTimeout(go, 2));
    }
    return this.heard;
  }

  async closed(): Promise<void> {
    if (!this.socket.closed) await new Promise((resolve) => this.socket.once("close", resolve));
  }
}
