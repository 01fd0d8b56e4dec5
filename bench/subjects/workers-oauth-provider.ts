import { createServer } from "node:http";
import { registerHooks } from "node:module";
import type { HttpCase, Recipe } from "../recipe.ts";
import { webListener } from "./form-body.ts";
import { freePort, listening } from "./listening.ts";
import { challenge, many, recipes, type Subject, world } from "./world.ts";

/** @cloudflare/workers-oauth-provider on Node, its KV in memory: no network, which its users do pay for. */
export async function start(): Promise<Subject> {
  standInForWorkers();
  const { OAuthProvider } = await import("@cloudflare/workers-oauth-provider" as string);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const env: Record<string, unknown> = { OAUTH_KV: memoryKv() };
  const context = { waitUntil: () => undefined, passThroughOnException: () => undefined, props: {} };
  const handler = { fetch: async () => new Response("{}") };
  const provider = new OAuthProvider({
    apiRoute: `${origin}/api`,
    apiHandler: handler,
    defaultHandler: handler,
    authorizeEndpoint: `${origin}/authorize`,
    tokenEndpoint: `${origin}/token`,
    scopesSupported: [world.scope],
    resourceMetadata: { resource: `${origin}/api`, authorization_servers: [origin] },
    accessTokenTTL: world.accessTokenSeconds,
  });
  await listening(
    createServer(webListener(origin, (request) => provider.fetch(request, env, context))),
    port,
  );
  // The helpers are put there by the first request that the default handler sees.
  await provider.fetch(new Request(`${origin}/`), env, context);
  const helpers = env.OAUTH_PROVIDER as Helpers;
  const client = await helpers.createClient({
    clientName: "Bench",
    redirectUris: [world.redirectUri],
    tokenEndpointAuthMethod: "client_secret_post",
    grantTypes: ["authorization_code", "refresh_token"],
  });
  let person = 0;

  async function newCode(): Promise<string> {
    const { redirectTo } = await helpers.completeAuthorization({
      request: {
        responseType: "code",
        clientId: client.clientId,
        redirectUri: world.redirectUri,
        scope: [world.scope],
        state: "state",
        codeChallenge: challenge,
        codeChallengeMethod: "S256",
      },
      userId: `ada-${person++}`,
      metadata: {},
      scope: [world.scope],
      props: { email: world.email },
      revokeExistingGrants: false,
    });
    return new URL(redirectTo).searchParams.get("code") ?? "";
  }

  /** The library makes the client's id and secret itself. */
  function own(recipe: Recipe): Recipe {
    const body = recipe.body
      .replace(encodeURIComponent(world.clientSecret), client.clientSecret)
      .replace(world.clientId, client.clientId);
    return { ...recipe, body };
  }

  async function newRefreshToken(): Promise<string> {
    const { body, headers } = own(recipes.code("/token", []));
    const request = new Request(`${origin}/token`, {
      method: "POST",
      headers,
      body: body.replace("{}", encodeURIComponent(await newCode())),
    });
    const response = (await provider.fetch(request, env, context)) as Response;
    const tokens = (await response.json()) as { refresh_token?: string };
    if (!tokens.refresh_token) throw new Error(JSON.stringify(tokens));
    return tokens.refresh_token;
  }

  async function prepare(wanted: HttpCase, count: number): Promise<Recipe> {
    if (wanted === "code-exchange") return own(recipes.code("/token", await many(count, newCode)));
    if (wanted === "refresh") return own(recipes.refresh("/token", await many(count, newRefreshToken)));
    if (wanted === "revocation") return own(recipes.revocation("/token", await many(count, newRefreshToken)));
    if (wanted === "discovery") return recipes.discovery("/.well-known/oauth-authorization-server");
    throw new Error(`It has no ${wanted}.`);
  }

  return { port, prepare };
}

interface Helpers {
  createClient(about: object): Promise<{ clientId: string; clientSecret: string }>;
  completeAuthorization(about: object): Promise<{ redirectTo: string }>;
}

/** `cloudflare:workers` exists on Cloudflare alone; of it the library needs a class to compare handlers with. */
function standInForWorkers(): void {
  const source = "export class WorkerEntrypoint {}";
  const url = `data:text/javascript,${encodeURIComponent(source)}`;
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === "cloudflare:workers" ? { url, shortCircuit: true } : next(specifier, context),
  });
}

/** Workers KV as far as the library uses it. */
function memoryKv() {
  const entries = new Map<string, { text: string; metadata: unknown }>();
  return {
    async get(key: string, about?: string | { type?: string }) {
      const text = entries.get(key)?.text ?? null;
      const type = typeof about === "string" ? about : about?.type;
      return text !== null && type === "json" ? JSON.parse(text) : text;
    },
    async put(key: string, text: string, options?: { metadata?: unknown }) {
      entries.set(key, { text, metadata: options?.metadata });
    },
    async delete(key: string) {
      entries.delete(key);
    },
    async list({ prefix = "" }: { prefix?: string }) {
      const keys = [...entries]
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, { metadata }]) => ({ name, metadata }));
      return { keys, list_complete: true };
    },
  };
}
