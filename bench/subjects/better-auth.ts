import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { HttpCase, Recipe } from "../recipe.ts";
import { webListener } from "./form-body.ts";
import { freePort, listening } from "./listening.ts";
import { challenge, many, recipes, type Subject, tokensInTurn, world } from "./world.ts";

/** What the bench asks of the library's own database adapter. */
interface Inner {
  readonly adapter: {
    create(about: { model: string; data: object; forceAllowId?: boolean }): Promise<unknown>;
  };
  readonly internalAdapter: { createVerificationValue(about: object): Promise<unknown> };
}

const hashed = (text: string) => createHash("sha256").update(text).digest("base64url");
const inAnHour = () => new Date(Date.now() + 3_600_000);

/** better-auth with its OAuth provider on SQLite, tuned: lookups cached, a write-ahead log, its rate limit off. */
export async function start(folder: string): Promise<Subject> {
  const { betterAuth } = await import("better-auth" as string);
  const { jwt } = await import("better-auth/plugins" as string);
  const { getMigrations } = await import("better-auth/db/migration" as string);
  const { oauthProvider } = await import("@better-auth/oauth-provider" as string);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const database = new DatabaseSync(join(folder, "better-auth.sqlite"));
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  const auth = betterAuth({
    baseURL: origin,
    secret: randomBytes(32).toString("base64url"),
    database,
    // It counts all requests of one address, and the bench has one.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    disabledPaths: ["/token"],
    plugins: [
      jwt({ jwks: { keyPairConfig: { alg: "ES256" } }, jwt: { issuer: origin } }),
      oauthProvider({
        loginPage: "/sign-in",
        consentPage: "/consent",
        scopes: ["openid", "email", "offline_access", world.scope],
        resources: [{ identifier: world.resource, name: "Example models" }],
        enforcePerClientResources: false,
        accessTokenExpiresIn: world.accessTokenSeconds,
        cachedTrustedClients: new Set([world.clientId]),
        cachedResources: new Set([world.resource]),
        silenceWarnings: { oauthAuthServerConfig: true, openidConfig: true },
      }),
    ],
  });
  const { runMigrations } = await getMigrations(auth.options);
  await runMigrations();
  const inner = (await auth.$context) as Inner;
  await seed(inner);
  await listening(createServer(webListener(origin, auth.handler)), port);
  // Its signing key is made by the first token; of many first tokens at once each would make one.
  await newTokens(await newCode());

  async function newCode(about: { scope: string; resource?: string } = agents): Promise<string> {
    const code = randomBytes(24).toString("base64url");
    const value = {
      type: "authorization_code",
      query: {
        response_type: "code",
        client_id: world.clientId,
        redirect_uri: world.redirectUri,
        code_challenge: challenge,
        code_challenge_method: "S256",
        ...about,
      },
      sessionId,
      userId: world.accountId,
      authTime: Date.now(),
    };
    const row = { identifier: hashed(code), value: JSON.stringify(value), expiresAt: inAnHour() };
    await inner.internalAdapter.createVerificationValue(row);
    return code;
  }

  async function newTokens(code: string): Promise<{ access_token: string; refresh_token: string }> {
    const { body, headers } = recipes.code("/token", []);
    const url = `${origin}/api/auth/oauth2/token`;
    const response = await auth.handler(
      new Request(url, { method: "POST", headers, body: body.replace("{}", code) }),
    );
    if (response.status !== 200) throw new Error(await response.text());
    return await response.json();
  }

  const refreshTokens = (count: number) =>
    many(count, async () => (await newTokens(await newCode())).refresh_token);
  /** Without a resource it gives opaque tokens, which its UserInfo and its introspection look up. */
  const accessTokens = () =>
    many(tokensInTurn, async () => (await newTokens(await newCode({ scope: "openid email" }))).access_token);

  async function prepare(wanted: HttpCase, count: number): Promise<Recipe> {
    const at = "/api/auth/oauth2";
    switch (wanted) {
      case "client-credentials":
        return recipes.clientCredentials(`${at}/token`, { resource: world.resource });
      case "code-exchange":
        return recipes.code(`${at}/token`, await many(count, () => newCode()));
      case "refresh":
        return recipes.refresh(`${at}/token`, await refreshTokens(count));
      case "introspection":
        return recipes.introspection(`${at}/introspect`, await accessTokens());
      case "revocation":
        return recipes.revocation(`${at}/revoke`, await refreshTokens(count));
      case "userinfo":
        return recipes.userinfo(`${at}/userinfo`, await accessTokens());
      case "discovery":
        return recipes.discovery("/.well-known/openid-configuration");
    }
  }

  return { port, prepare };
}

const sessionId = "bench-session";
const agents = { scope: `offline_access ${world.scope}`, resource: world.resource };

async function seed({ adapter }: Inner): Promise<void> {
  const now = new Date();
  const times = { createdAt: now, updatedAt: now };
  const add = (model: string, data: object) =>
    adapter.create({ model, data: { ...data, ...times }, forceAllowId: true });
  await add("user", { id: world.accountId, name: world.name, email: world.email, emailVerified: true });
  const expiresAt = new Date(Date.now() + 86_400_000);
  await add("session", { id: sessionId, userId: world.accountId, token: "bench-session-token", expiresAt });
  await add("oauthClient", {
    id: "bench-row",
    clientId: world.clientId,
    clientSecret: hashed(world.clientSecret),
    name: "Bench",
    disabled: false,
    redirectUris: [world.redirectUri],
    tokenEndpointAuthMethod: "client_secret_post",
    grantTypes: ["authorization_code", "refresh_token", "client_credentials"],
    responseTypes: ["code"],
    scopes: ["openid", "email", "offline_access", world.scope],
    clientCredentialsScopes: [world.scope],
  });
}
