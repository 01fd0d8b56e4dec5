import { join } from "node:path";
import { argon2Passwords } from "../../packages/server/src/adapters/passwords/argon2.ts";
import { loadConfig } from "../../packages/server/src/config/load.ts";
import { planOf } from "../../packages/server/src/config/plan.ts";
import type { Store } from "../../packages/server/src/ports/store.ts";
import type { Client } from "../../packages/server/src/records/client.ts";
import { everyone } from "../../packages/server/src/records/role.ts";
import { start as startServer } from "../../packages/server/src/start.ts";
import { hashSecret, newSecret } from "../../packages/server/src/tokens/secret.ts";
import type { HttpCase, Recipe } from "../recipe.ts";
import { type EarnedTokens, earned } from "./earned.ts";
import { grow, scatteredTokens } from "./grown.ts";
import { freePort } from "./listening.ts";
import { challenge, many, recipes, type Subject, tokensInTurn, world } from "./world.ts";

/**
 * Valetkey as `valetkey start` runs it: the settings that ship, the journal and the log on. `variant` is the store, or how many rows
 * it has; "behind-a-proxy" believes what X-Forwarded-For says.
 */
export async function start(folder: string, variant: string): Promise<Subject> {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const store = variant.startsWith("postgres") ? variant : join(folder, "valetkey.sqlite");
  const settings = {
    issuer,
    store,
    key_file: join(folder, "valetkey.keys"),
    listen: { host: "127.0.0.1", port },
    ...(variant === "behind-a-proxy" && { trusted_proxies: ["127.0.0.1"] }),
  };
  const running = await startServer(
    planOf(await loadConfig({ text: JSON.stringify(settings), env: {} }), undefined),
  );
  const all = [
    { resource: issuer, scopes: ["email", "openid"] },
    { resource: world.resource, scopes: [world.scope] },
  ];
  const grantId = await seed(running.store);

  /** An agent's code asks for the resource alone; one that asks who the person is costs an ID token too. */
  async function newCode(withIdentity = false): Promise<string> {
    const code = newSecret("vkc");
    const now = Math.floor(Date.now() / 1000);
    await running.store.codes.save({
      codeHash: hashSecret(code),
      clientId: world.clientId,
      accountId: world.accountId,
      grantId,
      redirectUri: world.redirectUri,
      codeChallenge: challenge,
      permissions: withIdentity ? all : all.slice(1),
      nonce: null,
      sid: "bench-session",
      authenticatedAt: now,
      amr: ["pwd"],
      createdAt: now,
      expiresAt: now + 600,
      spentAt: null,
    });
    return code;
  }

  /** Tokens are earned as a client earns them. */
  async function newTokens(count: number, withIdentity: boolean): Promise<readonly EarnedTokens[]> {
    const codes = await many(count, () => newCode(withIdentity));
    return await earned(
      `${issuer}/token`,
      codes.map((code) => recipes.code("", []).body.replace("{}", code)),
    );
  }

  const refreshTokens = async (count: number) =>
    (await newTokens(count, false)).map((tokens) => tokens.refresh_token);
  const accessTokens = async () => (await newTokens(tokensInTurn, true)).map((tokens) => tokens.access_token);

  const rows = Number(variant) || 0;
  if (rows > 0) {
    await refreshTokens(1);
    grow(store, rows);
  }
  const scattered = (count: number) => {
    const keyFile = join(folder, "valetkey.keys");
    return scatteredTokens(running.store, { keyFile, issuer, rows, count: Math.min(count, rows) });
  };

  async function prepare(wanted: HttpCase, count: number): Promise<Recipe> {
    switch (wanted) {
      case "client-credentials":
        return recipes.clientCredentials("/token", { resource: world.resource });
      case "code-exchange":
        return recipes.code("/token", await many(count, () => newCode()));
      case "refresh":
        return recipes.refresh("/token", rows > 0 ? await scattered(count) : await refreshTokens(count));
      case "introspection":
        return recipes.introspection("/introspect", await accessTokens());
      case "revocation":
        return recipes.revocation("/revoke", await refreshTokens(count));
      case "userinfo":
        return recipes.userinfo("/userinfo", await accessTokens());
      case "discovery":
        return recipes.discovery("/.well-known/oauth-authorization-server");
    }
  }

  return { port, prepare };

  async function seed(into: Store): Promise<number> {
    const now = Math.floor(Date.now() / 1000);
    await into.resources.add({
      identifier: world.resource,
      name: "Example models",
      scopes: [{ name: world.scope, sentence: "Ask the models", risk: "low", for: ["people", "machines"] }],
      defaultScopes: [world.scope],
      accessTokenLifetime: null,
      signingAlgorithm: "ES256",
      createdAt: now,
    });
    const allows = [{ resource: world.resource, scope: world.scope }];
    await into.roles.put({ name: everyone, description: "Every account", allows });
    await into.accounts.add({
      id: world.accountId,
      email: world.email,
      emailVerified: true,
      name: world.name,
      passwordHash: await argon2Passwords().hash(world.password),
      roles: [],
      createdAt: now,
      disabledAt: null,
    });
    await into.clients.add(client(now));
    return (await into.grants.consent(world.accountId, world.clientId, all, now)).id;
  }
}

function client(now: number): Client {
  return {
    id: world.clientId,
    kind: "registered",
    name: "Bench",
    redirectUris: [world.redirectUri],
    postLogoutRedirectUris: [],
    grantTypes: ["authorization_code", "refresh_token", "client_credentials"],
    authMethods: ["client_secret_post"],
    applicationType: "web",
    scope: [world.scope, "openid", "email"],
    introspects: [world.resource],
    secrets: [{ hash: hashSecret(world.clientSecret), createdAt: now, expiresAt: null }],
    jwks: null,
    jwksUri: null,
    logoUri: null,
    clientUri: null,
    createdAt: now,
    lastAuthorizedAt: null,
    disabledAt: null,
  };
}
