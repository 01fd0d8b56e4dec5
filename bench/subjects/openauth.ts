import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { HttpCase, Recipe } from "../recipe.ts";
import { isSecret } from "./floor-crypto.ts";
import { webListener } from "./form-body.ts";
import { freePort, listening } from "./listening.ts";
import { challenge, many, recipes, type Subject, world } from "./world.ts";

type Key = string[];

/** @openauthjs/openauth with everything in a Map; its own memory store is a sorted array, which would be slower. */
export async function start(): Promise<Subject> {
  const { issuer } = await import("@openauthjs/openauth" as string);
  const { createSubjects } = await import("@openauthjs/openauth/subject" as string);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const storage = mapStorage();
  const anything = {
    "~standard": { version: 1, vendor: "bench", validate: (value: unknown) => ({ value }) },
  };
  const app = issuer({
    storage,
    subjects: createSubjects({ user: anything }),
    providers: {
      machine: {
        type: "machine",
        init: () => undefined,
        client: async ({ clientID, clientSecret }: { clientID: string; clientSecret: string }) => {
          if (!isSecret(clientSecret)) throw new Error("The secret is wrong.");
          return { clientID };
        },
      },
    },
    ttl: { access: world.accessTokenSeconds, refresh: 86_400 },
    allow: async () => true,
    success: async (ctx: { subject(type: string, properties: object): unknown }) =>
      ctx.subject("user", { id: world.accountId }),
  });
  await listening(createServer(webListener(origin, (request) => app.fetch(request))), port);

  const ttl = { access: world.accessTokenSeconds, refresh: 86_400 };
  const about = { type: "user", properties: { id: world.accountId }, clientID: world.clientId, ttl };

  async function newCode(): Promise<string> {
    const code = randomBytes(16).toString("base64url");
    await storage.set(["oauth:code", code], {
      ...about,
      subject: `user:${randomBytes(8).toString("hex")}`,
      redirectURI: world.redirectUri,
      pkce: { challenge, method: "S256" },
    });
    return code;
  }

  async function newRefreshToken(): Promise<string> {
    const subject = `user:${randomBytes(8).toString("hex")}`;
    const [token, nextToken] = [crypto.randomUUID(), crypto.randomUUID()];
    await storage.set(["oauth:refresh", subject, token], { ...about, subject, nextToken });
    return `${subject}:${token}`;
  }

  async function prepare(wanted: HttpCase, count: number): Promise<Recipe> {
    if (wanted === "client-credentials") return recipes.clientCredentials("/token", { provider: "machine" });
    if (wanted === "code-exchange") return recipes.code("/token", await many(count, newCode));
    if (wanted === "refresh") return recipes.refresh("/token", await many(count, newRefreshToken));
    if (wanted === "discovery") return recipes.discovery("/.well-known/oauth-authorization-server");
    throw new Error(`It has no ${wanted}.`);
  }

  return { port, prepare };
}

/** The library's storage port over a Map: a value is found by its key, a prefix by walking. */
function mapStorage() {
  const entries = new Map<string, { value: object; expiry: number }>();
  const joined = (key: Key) => key.join("\x1f");
  return {
    async get(key: Key) {
      const entry = entries.get(joined(key));
      return entry && entry.expiry > Date.now() ? entry.value : undefined;
    },
    async set(key: Key, value: object, expiry?: Date) {
      entries.set(joined(key), { value, expiry: expiry?.getTime() ?? Number.POSITIVE_INFINITY });
    },
    async remove(key: Key) {
      entries.delete(joined(key));
    },
    async *scan(prefix: Key) {
      const start = joined(prefix);
      for (const [key, { value }] of entries)
        if (key.startsWith(start)) yield [key.split("\x1f"), value] as const;
    },
  };
}
