import { Agent, request as httpRequest } from "node:http";
import { text } from "node:stream/consumers";
import express from "express";
import { protect as protectExpress } from "../adapters/express.ts";
import { protect as protectFetch } from "../adapters/fetch.ts";
import { protect as protectNode } from "../adapters/node.ts";
import type { Guard } from "../guard.ts";
import { type Listening, listen, listenFetch } from "./listen.ts";

/** What goes over the wire: headers in pairs, so that one may come twice, and a target as it is written. */
export interface Sent {
  readonly method?: string;
  readonly target?: string;
  readonly body?: string;
}

export interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** A guarded resource as a client reaches it; it answers 200 with the subject. */
export interface WayIn {
  /** What a good request is made with. */
  readonly method: "GET" | "POST";
  /** Where it listens, if it does. */
  readonly origin: string | undefined;
  ask(pairs: readonly string[], sent?: Sent): Promise<Received>;
  close(): Promise<void>;
}

export type Open = (guard: Guard) => Promise<WayIn>;

/** Over a real socket, through listeners of Node's. */
export const nodeWays: Readonly<Record<string, Open>> = {
  "node:http": (guard) =>
    overSocket(listen(protectNode((_, outgoing, caller) => outgoing.end(caller.subject), guard))),
  Express: (guard) =>
    overSocket(
      listen(
        express()
          .use(protectExpress(guard))
          .use((request, response) => void response.send(request.caller?.subject)),
      ),
    ),
};

export const waysIn: Readonly<Record<string, Open>> = {
  "the guard alone": async (guard) => ({
    method: "GET",
    origin: undefined,
    async ask(pairs, { method = "GET", target = "/mcp" } = {}) {
      const headers = new Headers();
      for (let at = 0; at < pairs.length; at += 2) headers.append(pairs[at] ?? "", pairs[at + 1] ?? "");
      const answer = await guard.guard(new Request(`https://api.example${target}`, { method, headers }));
      if (!(answer instanceof Response)) return { status: 200, headers: new Headers(), body: answer.subject };
      return { status: answer.status, headers: answer.headers, body: await answer.text() };
    },
    close: async () => {},
  }),
  fetch: (guard) => overSocket(listenFetch(protectFetch((_, caller) => new Response(caller.subject), guard))),
  ...nodeWays,
};

export async function overSocket(opening: Promise<Listening>): Promise<WayIn> {
  const { origin, close } = await opening;
  const agent = new Agent({ keepAlive: true, maxSockets: 20 });
  const { host, hostname, port } = new URL(origin);
  return {
    method: "GET",
    origin,
    ask: (pairs, { method = "GET", target = "/mcp", body } = {}) =>
      new Promise((resolve, reject) => {
        const named = pairs.some((name, at) => at % 2 === 0 && name.toLowerCase() === "host");
        const headers = named ? [...pairs] : ["Host", host, ...pairs];
        const sent = httpRequest({ agent, hostname, port, method, path: target, headers }, (response) => {
          const received = new Headers();
          for (let at = 0; at < response.rawHeaders.length; at += 2) {
            received.append(response.rawHeaders[at] ?? "", response.rawHeaders[at + 1] ?? "");
          }
          const status = response.statusCode ?? 0;
          text(response).then((body) => resolve({ status, headers: received, body }), reject);
        });
        sent.setTimeout(10_000, () => sent.destroy(new Error(`${method} ${target} was never answered.`)));
        sent.on("error", reject).end(body);
      }),
    async close() {
      agent.destroy();
      await close();
    },
  };
}
