import assert from "node:assert/strict";
import { mock } from "node:test";
import { createGuard } from "@valetkey/resource";
import { type ClientPackage, type Connection, SignInNeeded } from "../../examples/mcp-login/connection.ts";
import { clientMetadata, InMemoryProvider } from "../../examples/mcp-login/provider.ts";
import { client } from "../../examples/mcp-login/with-client.ts";
import { sdk } from "../../examples/mcp-login/with-sdk.ts";
import { notesServer } from "../../packages/server/src/demo/notes-server.ts";
import { allow } from "../../packages/server/src/operations/allowances.ts";
import type { Outbound } from "../../packages/server/src/ports/outbound.ts";
import { everyone } from "../../packages/server/src/records/role.ts";
import { ABrowser } from "../../packages/server/src/testing/a-browser.ts";
import { aResource, aServer, password } from "../../packages/server/src/testing/a-server.ts";

/** The two clients of examples/mcp-login: one provider, the current package and the line before it. */
export const shipped: readonly ClientPackage[] = [sdk, client];

export const notes = "https://notes.example.com/mcp";
export const notesMetadata = "https://notes.example.com/.well-known/oauth-protected-resource/mcp";
export const notesMetadataAtRoot = "https://notes.example.com/.well-known/oauth-protected-resource";
export const documentUrl = "https://client.example.com/client.json";
export const callbackUrl = "http://127.0.0.1:49152/callback";

/** One request, as it left its client. */
export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
  /** What `fetch` was told to do with a redirect. */
  readonly redirect: string;
}

/** Another answer than the true one; `real` gives that. */
export type Alteration = (real: () => Promise<Response>) => Response | Promise<Response>;

/** A client, and what it remembers. */
export interface AClient {
  readonly provider: InMemoryProvider;
  readonly connection: Connection;
}

export type World = Awaited<ReturnType<typeof aWorld>>;

/**
 * Our server, another of its kind and the guarded notes, all in memory and in the place of `fetch`: every request is
 * written down, and any answer can be altered, which makes the true server a hostile stand-in.
 */
export async function aWorld() {
  const now = Math.floor(Date.now() / 1000);
  const server = await aServer({ now, outbound: documents });
  const other = await aServer({ now, issuer: "https://other.example.org", outbound: documents });
  const scopes = [
    { name: "notes:read", sentence: "Read your notes", risk: "low", for: ["people"] },
    { name: "notes:write", sentence: "Write notes in your name", risk: "medium", for: ["people"] },
  ] as const;
  for (const one of [server, other]) {
    await one.person();
    await one.store.resources.add(
      aResource({ identifier: notes, scopes, defaultScopes: ["notes:read"], createdAt: now }),
    );
    await allow(
      one.store.roles,
      everyone,
      scopes.map(({ name: scope }) => ({ resource: notes, scope })),
    );
  }
  const introspection = await server.client({ authMethods: ["client_secret_basic"], introspects: [notes] });

  const asked: Asked[] = [];
  const askedByTheGuard: Asked[] = [];
  const altered = new Map<string, Alteration>();
  const guarded = notesServer(
    createGuard({
      issuer: server.issuer,
      resource: notes,
      scopes: ["notes:read", "notes:write"],
      challengeScopes: ["notes:read"],
      introspection: { clientId: introspection.id, clientSecret: introspection.secret },
      fetch: async (url, init) => {
        askedByTheGuard.push(await noted(new Request(url, init)));
        return await server.fetchHere(url, init);
      },
    }),
  );
  const hosts: Readonly<Record<string, (request: Request) => Promise<Response>>> = {
    [server.issuer]: (request) => server.fetchHere(request),
    [other.issuer]: (request) => other.fetchHere(request),
    [new URL(notes).origin]: guarded,
  };
  const replaced = mock.method(
    globalThis,
    "fetch",
    async (input: string | URL | Request, init?: RequestInit) => {
      const request = new Request(input, init);
      asked.push(await noted(request));
      const real = async () =>
        (await hosts[new URL(request.url).origin]?.(request)) ?? new Response("", { status: 404 });
      const { origin, pathname } = new URL(request.url);
      return await (altered.get(`${origin}${pathname}`)?.(real) ?? real());
    },
  );

  return {
    server,
    other,
    asked,
    askedByTheGuard,
    /** From now on this URL, whatever its query, is answered otherwise. */
    alter: (url: string, alteration: Alteration) => void altered.set(url, alteration),
    forget() {
      altered.clear();
      asked.length = 0;
      askedByTheGuard.length = 0;
    },
    /** A client that nobody knows yet, and its memory. */
    client(
      made: ClientPackage,
      { document, provider }: { document?: string; provider?: InMemoryProvider } = {},
    ): AClient {
      const memory = provider ?? new InMemoryProvider(callbackUrl, document);
      return { provider: memory, connection: made.connect(new URL(notes), memory) };
    },
    /** Ada, in a new browser, allows what the page offers: where she is sent then. */
    approve: (destination: URL, at = server) =>
      new ABrowser(at).approve(destination.href, { email: "ada@example.com", password }),
    /** The client asks without a token; where it sends the person. */
    async sentTo({ connection, provider }: AClient): Promise<URL> {
      await assert.rejects(connection.open(), SignInNeeded);
      return provider.takeDestination();
    },
    /** The whole login, as examples/mcp-login plays it. */
    async signIn(one: AClient): Promise<URL> {
      const destination = await this.sentTo(one);
      await this.finish(one, await this.approve(destination));
      await one.connection.open();
      return destination;
    },
    async finish({ connection, provider }: AClient, answer: URL): Promise<void> {
      provider.requireOwnAnswer(answer, server.issuer);
      await connection.finish(answer);
    },
    /** The forms that went to this path of our server. */
    forms: (path: string) =>
      asked
        .filter(({ url }) => url === `${server.issuer}${path}`)
        .map(({ body }) => new URLSearchParams(body)),
    async close() {
      replaced.mock.restore();
      await server.close();
      await other.close();
    },
  };
}

/** The true JSON answer with these fields changed; undefined takes one away. */
export function changed(fields: Readonly<Record<string, unknown>>): Alteration {
  return async (real) => {
    const response = await real();
    const json = (await response.json()) as object;
    return Response.json({ ...json, ...fields }, { status: response.status });
  };
}

async function noted(request: Request): Promise<Asked> {
  const { method, url, headers, redirect } = request;
  return { method, url, headers, redirect, body: await request.clone().text() };
}

const documents: Outbound = {
  fetchJson: async (url) =>
    url === documentUrl
      ? {
          status: "ok",
          json: { client_id: documentUrl, ...clientMetadata(callbackUrl) },
          bytes: 500,
          freshFor: 300,
          etag: undefined,
        }
      : { status: "refused", reason: "status", fact: "404" },
};
