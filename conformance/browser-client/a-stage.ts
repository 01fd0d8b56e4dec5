import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { ClientOptions } from "../../packages/browser/src/options.ts";
import { type BundleOptions, bundle } from "../../packages/browser/src/testing/bundle.ts";
import { createGuard, type Guard } from "../../packages/resource/src/index.ts";
import { type Listening, listenFetch } from "../../packages/resource/src/testing/listen.ts";
import { listen } from "../../packages/server/src/http/node.ts";
import { ABrowser } from "../../packages/server/src/testing/a-browser.ts";
import { authorizationUrl, pkce } from "../../packages/server/src/testing/a-login.ts";
import {
  type AServer,
  aResource,
  aServer,
  password,
  usualSettings,
} from "../../packages/server/src/testing/a-server.ts";
import type { BrowserContext, Page } from "../../packages/server/src/testing/browser.ts";
import type { Profile } from "./a-profile.ts";
import { anAppOrigin } from "./an-app-origin.ts";

export interface StageOptions {
  readonly client?: Partial<ClientOptions>;
  /** The page's script, below packages/browser/src. */
  readonly page?: string;
  /** A program in the place of the page's script; where it says so, it is given this stage's names. */
  readonly program?: string;
  readonly pageBundle?: BundleOptions;
  readonly workerBundle?: BundleOptions;
  /** Script that every page runs before ours. */
  readonly before?: string;
  /** The Content-Security-Policy of the pages and of the worker, given the origins that they speak to. */
  readonly policy?: (origins: string) => string;
  /** Seconds. */
  readonly accessToken?: number;
  /** Response headers that the issuer shows to pages beside its own. */
  readonly exposed?: string;
}

/** A request to the token endpoint and what came of it. */
export interface TokenCall {
  readonly form: URLSearchParams;
  readonly status: number;
  readonly body: { readonly refresh_token?: string; readonly access_token?: string; readonly error?: string };
}

export type AStage = Awaited<ReturnType<typeof aStage>>;

/**
 * An issuer (a whole Valetkey), an app whose pages run the client, and an API behind the guard, each on an origin of its
 * own. The issuer is on another site than the app.
 */
export async function aStage(options: StageOptions = {}) {
  const issuer = `http://localhost:${await freePort()}`;
  const api = await anApi({ issuer }, options.client?.dpop ?? false);
  const server = await aServer({
    issuer,
    now: Math.floor(Date.now() / 1000),
    settings: options.accessToken
      ? { lifetimes: { ...usualSettings(issuer).lifetimes, accessToken: options.accessToken } }
      : {},
  });
  await furnish(server, api.origin);
  const calls: TokenCall[] = [];
  /** Requests to the revocation endpoint. */
  const revoked: URLSearchParams[] = [];
  /** Awaited before a token request is answered. */
  const pause = { until: Promise.resolve() };
  const away = { is: false };
  const listener = await listen(
    async (request) => {
      const response = await server.handle(request);
      const expose = response.headers["access-control-expose-headers"];
      const headers = { ...response.headers };
      if (options.exposed && expose)
        headers["access-control-expose-headers"] = `${expose}, ${options.exposed}`;
      if (away.is)
        return { status: 503, headers: { ...response.headers, "cache-control": "no-store" }, body: "" };
      if (request.path === "/revoke") revoked.push(new URLSearchParams(request.body));
      if (request.path === "/token" && request.method === "POST") {
        calls.push({
          form: new URLSearchParams(request.body),
          status: response.status,
          body: JSON.parse(String(response.body)),
        });
        await pause.until;
      }
      return { ...response, headers };
    },
    server.audit,
    { host: "127.0.0.1", port: Number(new URL(issuer).port), trustedProxies: [] },
  );

  const app = await anApp(options, `${issuer} ${api.origin}`);
  const { id: clientId } = await server.client({
    redirectUris: [`${app.origin}/callback`],
    postLogoutRedirectUris: [`${app.origin}/bye`],
  });
  const clientOptions: ClientOptions = {
    issuer,
    clientId,
    redirectUri: `${app.origin}/callback`,
    scope: "openid profile email notes:read",
    resource: api.origin,
    ...options.client,
  };
  app.options = clientOptions;

  return {
    issuer,
    server,
    api,
    app,
    calls,
    revoked,
    pause,
    away,
    options: clientOptions,
    refreshes: () => calls.filter(({ form }) => form.get("grant_type") === "refresh_token"),
    /** Every refresh token that the issuer ever gave. */
    refreshTokens: () => calls.flatMap(({ body }) => body.refresh_token ?? []),
    /** A tab of the app, where nobody is signed in yet. */
    async signedOut(profile: Profile, path = "/"): Promise<Page> {
      const page = await profile.page();
      await page.goto(app.origin + path);
      await waitFor(page, "signed-out");
      return page;
    },
    /** A tab of the app that is signed in, by a person whom the issuer knows and asks nothing. */
    async signedIn(profile: Profile, path = "/"): Promise<Page> {
      await welcome(server, clientOptions, profile.context);
      const page = await this.signedOut(profile, path);
      await signIn(page);
      return page;
    },
    /** Ada is signed in at the issuer, and has let the app in. @param about what else than the stage's client asks */
    welcome: (context: BrowserContext, about: Partial<ClientOptions> = {}) =>
      welcome(server, { ...clientOptions, ...about }, context),
    async close() {
      await listener.close(0);
      await app.close();
      await api.close();
      await server.close();
    },
  };
}

/** By a browser without pages, whose cookies this one gets: nothing of it is a test's concern. */
async function welcome(server: AServer, options: ClientOptions, context: BrowserContext): Promise<void> {
  const { clientId: id, redirectUri, scope, resource } = options;
  const person = new ABrowser(server);
  const asked = { redirect_uri: redirectUri, scope, resource, code_challenge: pkce().challenge };
  await person.approve(authorizationUrl(server, { id }, asked), { email: "ada@example.com", password });
  const { issuer: url } = server;
  await context.addCookies([...person.cookies].map(([name, value]) => ({ name, value, url })));
}

/** A sign-in at an issuer that asks nothing, there and back. */
export async function signIn(page: Page, request: object = {}, status = "signed-in"): Promise<void> {
  const back = page.waitForEvent("domcontentloaded");
  await page.evaluate(`void client.signIn(${JSON.stringify(request)})`);
  await back;
  await waitFor(page, status);
}

/** Until the page's client says so. */
export async function waitFor(page: Page, status: string): Promise<void> {
  // A function and no text: the issuer's pages forbid to evaluate one.
  await page.waitForFunction(
    (status) => (globalThis as unknown as Partial<Globals>).client?.session().status === status,
    status,
    { timeout: 30_000 },
  );
}

/** Ada signs in and lets the app in, as far as she is asked. */
export async function approve(page: Page): Promise<void> {
  await page.waitForSelector("[name=password], button[value=allow]");
  if (await page.$("[name=password]")) {
    await page.fill("[name=email]", "ada@example.com");
    await page.fill("[name=password]", password);
    await page.click("button[type=submit]");
  }
  await page.click("button[value=allow]");
}

async function furnish(server: AServer, api: string): Promise<void> {
  const for_ = ["people"] as const;
  const scopes = [
    { name: "notes:read", sentence: "Read notes", risk: "low" as const, for: for_ },
    { name: "notes:write", sentence: "Write notes", risk: "medium" as const, for: for_ },
  ];
  await server.store.resources.add(aResource({ identifier: api, scopes, defaultScopes: ["notes:read"] }));
  await server.store.roles.put({
    name: "everyone",
    description: "Every account",
    allows: scopes.map(({ name }) => ({ resource: api, scope: name })),
  });
  await server.person();
}

/** An API of notes. What it refuses is the test's to say. */
export async function anApi(issuer: { readonly issuer: string }, dpop: boolean) {
  const state = {
    /** Tokens that it takes for invalid, whatever they are. */
    refused: new Set<string>(),
    /** Authorization headers as they came. */
    seen: [] as string[],
    /** The sign-in must be newer, in seconds. */
    maxAge: undefined as number | undefined,
  };
  let guard: Guard | undefined;
  const expose = { "access-control-expose-headers": "WWW-Authenticate, DPoP-Nonce" };
  const listening: Listening = await listenFetch(async (request) => {
    guard ??= createGuard({
      ...issuer,
      resource: listening.origin,
      scopes: ["notes:read"],
      allowedOrigins: "*",
      ...(dpop && { dpop: { required: true, nonces: true } }),
    });
    const { pathname } = new URL(request.url);
    const needed = pathname.startsWith("/write") ? ["notes:write"] : ["notes:read"];
    const token = request.headers.get("authorization")?.split(" ")[1] ?? "";
    if (request.method !== "OPTIONS") state.seen.push(request.headers.get("authorization") ?? "");
    const cors = { ...guard.corsHeaders(request), ...expose };
    if (state.refused.has(token)) {
      return new Response(null, {
        status: 401,
        headers: { ...cors, "www-authenticate": 'Bearer error="invalid_token"' },
      });
    }
    const caller = await guard.guard(request, needed);
    if (caller instanceof Response) return caller;
    if (pathname === "/recent" && state.maxAge !== undefined) {
      const challenge = `Bearer error="insufficient_user_authentication", max_age="${state.maxAge}"`;
      return new Response(null, { status: 401, headers: { ...cors, "www-authenticate": challenge } });
    }
    const body = await request.text();
    return Response.json({ by: caller.subject, scopes: [...(caller.scopes ?? [])], body }, { headers: cors });
  });
  return { ...listening, ...state, state };
}

export async function anApp(
  { before, policy, page: entry, program, pageBundle, workerBundle }: StageOptions,
  origins: string,
) {
  const headers: Record<string, string> = policy ? { "content-security-policy": policy(origins) } : {};
  // Made when the first page asks: not every test has one.
  const script = () => bundle(entry ?? "testing/page.ts", { ...pageBundle, ...(program && { program }) });
  const worker = () => bundle("worker.ts", workerBundle);
  const app = {
    origin: "",
    options: undefined as ClientOptions | undefined,
    /** The next answer is kept back, and stands in `held`. */
    isHeld: false,
    held: undefined as string | undefined,
    /** Runs after the page's own script. */
    script: "",
    /** What becomes of the next answer on its way. */
    alter: undefined as ((answer: URLSearchParams) => void) | undefined,
  };
  const page = () =>
    `<!doctype html><title>App</title>${before ? `<script>${before}</script>` : ""}` +
    `<script type="application/json" id="options">${JSON.stringify(app.options)}</script>` +
    `<script type="module" src="/page.js"></script><script type="module">${app.script}</script><h1>App</h1>`;
  const javascript = { ...headers, "content-type": "text/javascript" };
  const files: Readonly<Record<string, () => Promise<string>>> = { "/page.js": script, "/worker.js": worker };
  const { origin, close } = await anAppOrigin(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://here");
    if (app.isHeld && url.searchParams.has("state")) {
      app.isHeld = false;
      app.held = `${origin}${url.pathname}${url.search}`;
      return response.writeHead(204).end();
    }
    const { alter } = app;
    if (alter && url.searchParams.has("state")) {
      app.alter = undefined;
      alter(url.searchParams);
      return response.writeHead(302, { location: url.pathname + url.search }).end();
    }
    const file = await files[url.pathname]?.();
    if (file !== undefined)
      response.writeHead(200, javascript).end(program ? named(file, app.options) : file);
    else response.writeHead(200, { ...headers, "content-type": "text/html" }).end(page());
  });
  return Object.assign(app, { origin, close });
}

/** A program of the manual, with names that exist. */
function named(program: string, options: ClientOptions | undefined): string {
  if (!options) return program;
  const { issuer, clientId, redirectUri, resource = "" } = options;
  return program
    .replaceAll("https://login.example", issuer)
    .replaceAll("notes-page", clientId)
    .replaceAll("https://app.example/callback", redirectUri)
    .replaceAll("https://api.example", resource);
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

/** Until it is so: the test's own time limit is the only one. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** What the API answers the page's client: a status and body, or the code of the error. */
export async function notes(page: Page | undefined, path = "/notes", init = {}): Promise<Answer> {
  assert.ok(page);
  return await page.evaluate(
    ([path, init]) => {
      const { client, options } = globalThis as unknown as Globals;
      return client.fetch(options.resource + path, init).then(
        async (response) => ({ status: response.status, body: await response.text() }),
        (error) => ({ error: error.code ?? String(error), ...(error.stepUp && { stepUp: error.stepUp }) }),
      );
    },
    [path, init] as const,
  );
}

export interface Answer {
  readonly status?: number;
  readonly body?: string;
  readonly error?: string;
  readonly stepUp?: unknown;
}

interface Globals {
  readonly client: {
    session(): { readonly status: string };
    fetch(url: string, init: object): Promise<Response>;
  };
  readonly options: { readonly resource: string };
}
