import { connect, type Socket } from "node:net";
import { AnswerReader } from "./answer-reader.ts";

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** One keep-alive connection: one request at a time, written as bytes, so that the generator costs little. */
export class Connection {
  readonly #port: number;
  #socket: Socket | undefined;
  #reader = new AnswerReader();
  #resolve: ((answer: Answer) => void) | undefined;
  #reject: ((error: Error) => void) | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  send(request: string, resolve: (answer: Answer) => void, reject: (error: Error) => void): void {
    this.#resolve = resolve;
    this.#reject = reject;
    this.#socket ??= this.#open();
    this.#socket.write(request, "latin1");
  }

  close(): void {
    this.#socket?.destroy();
  }

  #open(): Socket {
    const socket = connect(this.#port, "127.0.0.1");
    socket.setNoDelay(true);
    this.#reader = new AnswerReader();
    socket.on("data", (chunk: Buffer) => {
      const answer = this.#reader.read(chunk);
      if (!answer) return;
      // A server may end a connection after so many requests: the next one opens another.
      if (answer.isLast) this.#drop(socket);
      this.#resolve?.(answer);
    });
    socket.on("error", (error) => this.#fail(socket, error));
    socket.on("close", () => this.#fail(socket, new Error("The server closed the connection.")));
    return socket;
  }

  #drop(socket: Socket): void {
    this.#socket = undefined;
    socket.removeAllListeners();
    socket.on("error", () => undefined);
    socket.destroy();
  }

  #fail(socket: Socket, error: Error): void {
    if (this.#socket !== socket) return;
    this.#drop(socket);
    this.#reject?.(error);
  }
}
