import { once } from "node:events";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { sameText } from "@valetkey/protocol/constant-time";
import { closingPage } from "./closing-page.ts";

// An import of node:http would evaluate its every lazy export, fetch's whole engine among them.
const { createServer } = process.getBuiltinModule("node:http");

/** A listener for one answer. */
export interface Loopback {
  readonly port: number;
  readonly redirectUri: string;
  /** The query of the answer to our own request; nobody else's. Never settles when none comes. */
  answered(state: string): Promise<string>;
  close(): Promise<void>;
}

export interface LoopbackOptions {
  readonly path: string;
  /** Tried first; another one is taken where somebody listens there already. */
  readonly port?: number | undefined;
}

/**
 * RFC 8252 §7.3, §8.3: listens on 127.0.0.1 alone, for the one answer whose state is ours. Everything else that a page or
 * program on this machine sends here is refused and forgotten: other paths and methods, a name in the place of the
 * address (DNS rebinding), another state.
 */
export async function listenOnLoopback({ path, port = 0 }: LoopbackOptions): Promise<Loopback> {
  let expected: { readonly state: string; readonly take: (query: string) => void } | undefined;
  const server = createServer({ maxHeaderSize: 32_768, requestTimeout: 10_000 }, (request, response) => {
    const query = queryOf(request, path, own());
    if (query === undefined) return refuse(response, 404, "There is nothing here.");
    const states = new URLSearchParams(query).getAll("state");
    if (!expected || states.length !== 1 || !sameText(expected.state, states[0] ?? "")) {
      return refuse(response, 400, "This is the answer to no question of ours.");
    }
    const { take } = expected;
    expected = undefined;
    // The listener closes behind the answer, so that the page is there before.
    response.once("close", () => take(query));
    answerPage(response, 200, pageOf(new URLSearchParams(query)));
  });
  server.maxConnections = 16;
  await bound(server, port);
  const own = () => `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    port: (server.address() as AddressInfo).port,
    redirectUri: `http://${own()}${path}`,
    answered: (state) =>
      new Promise((take) => {
        expected = { state, take };
      }),
    async close() {
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A port that was registered may be taken by now; then any other must do. */
async function bound(server: Server, port: number): Promise<void> {
  try {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  } catch (thrown) {
    if (port === 0) throw thrown;
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  }
}

/** The query of a GET to the path, by a browser that was sent to this address and no name for it. */
function queryOf(request: IncomingMessage, path: string, host: string): string | undefined {
  const [, asked, query = ""] = /^([^?#]*)(?:\?([^#]*))?$/.exec(request.url ?? "") ?? [];
  const isOurs = request.method === "GET" && asked === path && request.headers.host === host;
  return isOurs ? query : undefined;
}

/** RFC 6749 §4.1.2.1: what the person sees depends on whether it was allowed, and on nothing that the answer says in words. */
function pageOf(answer: URLSearchParams): string {
  if (!answer.has("error")) return closingPage("You can close this page", "Go back to where you came from.");
  const isRefused = answer.get("error") === "access_denied";
  return closingPage(
    isRefused ? "Access was refused" : "The sign-in did not succeed",
    "Nothing was granted, and the program that asked is told. You can close this page.",
  );
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  answerPage(response, status, closingPage(sentence, ""));
}

function answerPage(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    connection: "close",
  });
  response.end(page);
}
