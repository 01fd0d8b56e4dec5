import { connect, type Socket } from "node:net";

export interface RawAnswer {
  readonly status: number;
  /** By lower-case name; a header that came several times is a list joined with a line feed. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A TCP connection on which a test says whatever it likes, octet for octet, and hears what comes back. */
export class RawConnection {
  readonly #socket: Socket;
  readonly #closed: Promise<void>;
  #heard = "";

  static async open(port: number, host = "127.0.0.1"): Promise<RawConnection> {
    const socket = connect({ port, host, noDelay: true });
    const connection = new RawConnection(socket);
    await new Promise((resolve) => socket.once("connect", resolve).once("close", resolve));
    return connection;
  }

  /** One connection: says all, and hears until the other side closes. */
  static async exchange(port: number, text: string): Promise<readonly RawAnswer[]> {
    const connection = await RawConnection.open(port);
    connection.say(text);
    return answersIn(await connection.toEnd());
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#closed = new Promise((resolve) => socket.once("close", () => resolve()));
    socket.on("error", () => {}); // a reset is an end like any other
    socket.on("data", (octets: Buffer) => {
      this.#heard += octets.toString("latin1");
    });
  }

  get heard(): string {
    return this.#heard;
  }
  get isOpen(): boolean {
    return !this.#socket.destroyed;
  }

  /** Latin-1, so that every octet can be said. False when the other side does not keep up. */
  say(text: string): boolean {
    return this.isOpen && this.#socket.write(text, "latin1");
  }

  /** Resolves when what was heard matches; rejects when the connection ends before or nothing comes for `within` ms. */
  async until(pattern: RegExp, within = 15_000): Promise<string> {
    while (!pattern.test(this.#heard)) {
      if (!this.isOpen) throw new Error(`The connection ended; heard: ${this.#heard.slice(0, 500)}`);
      await this.#next(within);
    }
    return this.#heard;
  }

  /** Everything heard, once the other side has closed. */
  async toEnd(within = 15_000): Promise<string> {
    await timely(
      this.#closed,
      within,
      () => `The connection stays open; heard: ${this.#heard.slice(0, 500)}`,
    );
    return this.#heard;
  }

  drop(): void {
    this.#socket.destroy();
  }

  async #next(within: number): Promise<void> {
    const more = new Promise<void>((resolve) => this.#socket.once("data", () => resolve()));
    await timely(
      Promise.race([more, this.#closed]),
      within,
      () => `Nothing came after: ${this.#heard.slice(-500)}`,
    );
  }
}

async function timely(awaited: Promise<void>, within: number, otherwise: () => string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(otherwise())), within);
  });
  await Promise.race([awaited, late]).finally(() => clearTimeout(timer));
}

/** The answers that stand in a text one after the other; interim ones (1xx) are left out. */
export function answersIn(text: string): readonly RawAnswer[] {
  const answers: RawAnswer[] = [];
  let rest = text;
  for (let end = rest.indexOf("\r\n\r\n"); end >= 0; end = rest.indexOf("\r\n\r\n")) {
    const [first = "", ...lines] = rest.slice(0, end).split("\r\n");
    const headers: Record<string, string> = {};
    for (const line of lines) {
      const at = line.indexOf(":");
      const name = line.slice(0, at).toLowerCase();
      const value = line.slice(at + 1).trim();
      headers[name] = headers[name] === undefined ? value : `${headers[name]}\n${value}`;
    }
    const status = Number(first.split(" ")[1]);
    const length = Number(headers["content-length"] ?? 0);
    const body = rest.slice(end + 4, end + 4 + length);
    rest = rest.slice(end + 4 + length).replace(/^0\r\n\r\n/, "");
    if (status >= 200) answers.push({ status, headers, body });
  }
  return answers;
}
