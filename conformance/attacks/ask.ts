import { Agent, type IncomingHttpHeaders, request } from "node:http";
import type { AnswerBody } from "../../packages/server/src/testing/answer-body.ts";
import { host as usualHost } from "./plan.ts";

export interface Asked {
  readonly path: string;
  readonly method?: string;
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly json: AnswerBody;
}

/** A client of one node, on kept connections, that names the issuer's host whatever the port. */
export class Caller {
  readonly #agent = new Agent({ keepAlive: true });
  readonly #port: number;
  constructor(port: number) {
    this.#port = port;
  }

  /** Rejects when the connection ends without a whole answer. */
  ask({ path, method, host = usualHost, headers = {}, form, body }: Asked): Promise<Answered> {
    const content = form ? new URLSearchParams(form).toString() : body;
    const type = form ? { "content-type": "application/x-www-form-urlencoded" } : {};
    return new Promise((resolve, reject) => {
      const outgoing = request(
        {
          port: this.#port,
          host: "127.0.0.1",
          path,
          method: method ?? (content === undefined ? "GET" : "POST"),
          headers: {
            host,
            ...type,
            ...(content === undefined ? {} : { "content-length": Buffer.byteLength(content) }),
            ...headers,
          },
          agent: this.#agent,
        },
        (incoming) => {
          let text = "";
          incoming.setEncoding("utf8");
          incoming.on("data", (part: string) => {
            text += part;
          });
          incoming.on("error", reject);
          incoming.on("end", () => {
            const isJson = incoming.headers["content-type"]?.startsWith("application/json") && text !== "";
            const status = incoming.statusCode ?? 0;
            resolve({ status, headers: incoming.headers, text, json: isJson ? JSON.parse(text) : undefined });
          });
        },
      );
      outgoing.on("error", reject);
      outgoing.end(content);
    });
  }

  token(
    form: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answered> {
    return this.ask({ path: "/token", form, headers });
  }

  close(): void {
    this.#agent.destroy();
  }
}
