import assert from "node:assert/strict";
import type { UpstreamPlan } from "../adapters/upstreams/plan.ts";
import { aPlan } from "../adapters/upstreams/testing/an-upstream.ts";
import { openUpstreams } from "../adapters/upstreams/upstreams.ts";
import { ABrowser, type Visit } from "./a-browser.ts";
import { type AForeignProvider, aForeignProvider } from "./a-foreign-provider.ts";
import { authorizationUrl, pkce } from "./a-login.ts";
import { type AServer, type AServerOptions, aServer } from "./a-server.ts";
import { StoppedClock } from "./stopped-clock.ts";

export const home = aPlan({ id: "home", name: "Home", issuer: "https://id.example.org" });
export const ada = { sub: "ada-there", email: "ada@example.com", email_verified: true, name: "Ada Lovelace" };

export interface Scene {
  readonly server: AServer;
  readonly browser: ABrowser;
  readonly work: AForeignProvider;
  readonly home: AForeignProvider;
  /** The authorization request of a client that waits. */
  begin(parameters?: Readonly<Record<string, string>>): Promise<Visit>;
  /** Chooses an upstream at the sign-in page: where the browser goes. */
  leave(visit: Visit, id?: string): Promise<string>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A server with two providers elsewhere; `about` is of the first, called work. */
export async function aScene(
  about: Partial<UpstreamPlan> = {},
  options: AServerOptions = {},
): Promise<Scene> {
  const work = aForeignProvider();
  const other = aForeignProvider("https://id.example.org");
  const fetchThere: typeof fetch = (input, init) =>
    (String(input).startsWith(other.issuer) ? other : work).fetch(input, init);
  const clock = new StoppedClock(1_800_000_000);
  const upstreams = await openUpstreams([aPlan(about), home], { clock, fetch: fetchThere });
  const server = await aServer({ ...options, upstreams });
  const client = await server.client();
  const browser = new ABrowser(server);
  return {
    server,
    browser,
    work,
    home: other,
    begin: (parameters = {}) =>
      browser.open(authorizationUrl(server, client, { code_challenge: pkce().challenge, ...parameters })),
    async leave(visit, id = "work") {
      const left = await browser.submit(visit, { action: "upstream", upstream: id });
      assert.equal(left.status, 0, `The browser is still at ${left.url}: ${left.body.slice(0, 2_000)}`);
      return left.url;
    },
    [Symbol.asyncDispose]: () => server.close(),
  };
}

/** To the upstream and back, as the person that it says. */
export async function signInElsewhere(
  scene: Scene,
  person: Record<string, unknown> = ada,
  query = {},
): Promise<Visit> {
  const back = scene.work.approve(await scene.leave(await scene.begin(query)), person);
  return await scene.browser.open(back.href);
}

export const connected = {
  upstream: "work",
  subject: "ada-there",
  email: null,
  createdAt: 0,
  lastUsedAt: null,
};
