import type { Outbound } from "../../ports/outbound.ts";
import { ABrowser } from "../a-browser.ts";
import { AnOutside } from "../a-program.ts";
import { type AServer, type AServerOptions, aServer } from "../a-server.ts";

/** What happened on the stage, in order: what went, what came back, and what somebody says about it. */
export type Step =
  | { readonly kind: "request"; readonly from: string; readonly to: string; readonly message: SentMessage }
  | { readonly kind: "response"; readonly from: string; readonly to: string; readonly message: GivenMessage }
  | { readonly kind: "lost"; readonly from: string; readonly to: string }
  | { readonly kind: "arrival"; readonly from: string; readonly to: string; readonly url: string }
  | { readonly kind: "note"; readonly over: readonly string[]; readonly says: string };

export interface SentMessage {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
}

export interface GivenMessage {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** An exchange with the server, whole: for who compares it with the description of its endpoint. */
export interface Exchange {
  readonly sent: SentMessage;
  readonly given: GivenMessage;
}

export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** Valetkey, as diagrams call it. */
export const issuerName = "Valetkey";

/** A running server whose clock stands still, and everything that is said to it. */
export class Stage {
  readonly exchanges: Exchange[] = [];
  readonly server: AServer;
  /** What lies outside of the server: documents of clients. */
  readonly outside: AnOutside;
  readonly steps: Step[];

  private constructor(server: AServer, outside: AnOutside, steps: Step[]) {
    this.server = server;
    this.outside = outside;
    this.steps = steps;
  }

  static async open(options: AServerOptions = {}): Promise<Stage> {
    const outside = new AnOutside();
    const steps: Step[] = [];
    const server = await aServer({ ...options, outbound: overheard(outside, steps) });
    await server.person();
    return new Stage(server, outside, steps);
  }

  /** How `from` calls the server. */
  caller(from: string): Fetch {
    return this.between(from, issuerName, (request) => this.server.fetchHere(request));
  }

  /** How `from` calls whatever `answer` is. */
  between(from: string, to: string, answer: (request: Request) => Promise<Response>): Fetch {
    return async (input, init) => {
      const request = new Request(input, { ...init, redirect: "manual" });
      const body = await request.clone().text();
      const sent = { method: request.method, url: request.url, headers: new Headers(request.headers), body };
      this.steps.push({ kind: "request", from, to, message: sent });
      const response = await answer(request);
      const { status, headers } = response;
      const given = { status, headers, body: await response.clone().text() };
      this.steps.push({ kind: "response", from: to, to: from, message: given });
      if (to === issuerName) this.exchanges.push({ sent, given });
      return response;
    };
  }

  /** A browser whose person is known by nobody yet. */
  browser(): ABrowser {
    return new ABrowser({ issuer: this.server.issuer, fetchHere: this.caller("Browser") });
  }

  note(over: string | readonly string[], says: string): void {
    this.steps.push({ kind: "note", over: [over].flat(), says });
  }

  /** The browser is sent to a page of `to`. */
  arrives(url: string | URL, to: string, from = "Browser"): void {
    this.steps.push({ kind: "arrival", from, to, url: String(url) });
  }

  /** The answer that came last was not heard. */
  loses(): void {
    const last = this.steps.pop();
    if (last?.kind === "response") this.steps.push({ kind: "lost", from: last.from, to: last.to });
  }

  async close(): Promise<void> {
    await this.server.close();
  }
}

/** The outside world, with every question of the server's told as a step. */
function overheard(outside: Outbound, steps: Step[]): Outbound {
  return {
    async fetchJson(url, limits) {
      const asked = { method: "GET", url, headers: new Headers(), body: "" };
      steps.push({ kind: "request", from: issuerName, to: "Website", message: asked });
      const answer = await outside.fetchJson(url, limits);
      const headers = new Headers({ "content-type": "application/json" });
      const body = answer.status === "ok" ? JSON.stringify(answer.json) : "";
      const message = { status: answer.status === "ok" ? 200 : 404, headers, body };
      steps.push({ kind: "response", from: "Website", to: issuerName, message });
      return answer;
    },
  };
}
