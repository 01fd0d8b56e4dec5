import { ABrowser, type Visited } from "../../packages/server/src/testing/a-browser.ts";
import type { Caller } from "./ask.ts";
import { issuer } from "./plan.ts";

/** A browser whose requests go to these nodes in turn, as a balancer before them would send them. */
export function browserAt(...callers: readonly [Caller, ...Caller[]]): ABrowser {
  let turn = 0;
  const visited: Visited = {
    issuer,
    async fetchHere(input, init = {}) {
      const caller = callers[turn++ % callers.length] ?? callers[0];
      const url = new URL(String(input));
      const headers = Object.fromEntries(new Headers(init.headers));
      const form = init.body instanceof URLSearchParams ? init.body.toString() : undefined;
      const answer = await caller.ask({
        path: url.pathname + url.search,
        method: init.method ?? "GET",
        headers:
          form === undefined ? headers : { ...headers, "content-type": "application/x-www-form-urlencoded" },
        ...(form === undefined ? {} : { body: form }),
      });
      const lines = Object.entries(answer.headers).flatMap(([name, value]) =>
        [value ?? []].flat().map((one): [string, string] => [name, one]),
      );
      return new Response(answer.status === 303 ? null : answer.text, {
        status: answer.status,
        headers: lines,
      });
    },
  };
  return new ABrowser(visited);
}
