import assert from "node:assert/strict";
import type { createBff } from "../../packages/browser/src/entries/bff.ts";

export type Bff = ReturnType<typeof createBff>;
/** What the app's own page sends. */
export const own = { "x-valetkey": "1", "sec-fetch-site": "same-origin" };
export const origin = "https://app.example";

/** A browser's cookies at the app, by the rules of the cookie's own attributes. */
export class Visitor {
  readonly #bff: Bff;
  readonly cookies = new Map<string, string>();
  readonly lines: string[] = [];
  constructor(bff: Bff) {
    this.#bff = bff;
  }
  async get(path: string, headers: Record<string, string> = own, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.cookies].map((pair) => pair.join("=")).join("; ");
    const request = new Request(origin + path, {
      ...init,
      headers: { ...headers, ...(cookie && { cookie }) },
    });
    const response = await this.#bff.fetch(request);
    assert.ok(response, path);
    for (const line of response.headers.getSetCookie()) {
      this.lines.push(line);
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0\b/.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }
}
