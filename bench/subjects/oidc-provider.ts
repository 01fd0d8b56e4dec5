import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { HttpCase, Recipe } from "../recipe.ts";
import { freePort, listening } from "./listening.ts";
import { mapAdapter, sqliteAdapter } from "./oidc-provider-adapters.ts";
import { challenge, many, recipes, type Subject, tokensInTurn, world } from "./world.ts";

/** oidc-provider with an adapter that keeps everything, keys of its own and no development interactions. */
export async function start(folder: string, variant: string): Promise<Subject> {
  const port = await freePort();
  const { default: Provider } = await import("oidc-provider" as string);
  const provider = new Provider(`http://127.0.0.1:${port}`, {
    adapter: variant === "sqlite" ? sqliteAdapter(folder) : mapAdapter(),
    clients: [client],
    jwks: { keys: [signingKey()] },
    cookies: { keys: ["bench-cookie-key"] },
    scopes: ["openid", "email", "offline_access"],
    claims: { openid: ["sub"], email: ["email", "email_verified"] },
    findAccount: async (_: unknown, sub: string) => ({ accountId: sub, claims: async () => claims(sub) }),
    issueRefreshToken: async () => true,
    rotateRefreshToken: true,
    ttl: {
      AccessToken: 600,
      ClientCredentials: 600,
      AuthorizationCode: 600,
      Grant: 86_400,
      RefreshToken: 86_400,
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: { enabled: true },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: async () => resourceServer,
        useGrantedResource: async () => true,
      },
    },
  });
  await listening(createServer(provider.callback()), port);
  const owner = await provider.Client.find(world.clientId);

  /** Each with a grant of its own, as each authorization makes one. */
  async function granted(identity: boolean) {
    const grant = new provider.Grant({ accountId: world.accountId, clientId: world.clientId });
    if (identity) grant.addOIDCScope("openid email");
    else grant.addResourceScope(world.resource, world.scope);
    return {
      client: owner,
      accountId: world.accountId,
      grantId: await grant.save(),
      gty: "authorization_code",
      scope: identity ? "openid email" : world.scope,
      ...(identity ? {} : { resource: world.resource }),
    };
  }

  const now = Math.floor(Date.now() / 1000);
  const times = { authTime: now, iiat: now, rotations: 0 };
  const pkce = { codeChallenge: challenge, codeChallengeMethod: "S256", redirectUri: world.redirectUri };
  const newCode = async (): Promise<string> =>
    await new provider.AuthorizationCode({ ...(await granted(false)), ...times, ...pkce }).save();
  const newRefreshToken = async (): Promise<string> =>
    await new provider.RefreshToken({ ...(await granted(false)), ...times }).save();
  const newAccessToken = async (): Promise<string> =>
    await new provider.AccessToken({ ...(await granted(true)) }).save();

  async function prepare(wanted: HttpCase, count: number): Promise<Recipe> {
    switch (wanted) {
      case "client-credentials":
        return recipes.clientCredentials("/token", { resource: world.resource });
      case "code-exchange":
        return recipes.code("/token", await many(count, newCode));
      case "refresh":
        return recipes.refresh("/token", await many(count, newRefreshToken));
      case "introspection":
        return recipes.introspection("/token/introspection", await many(tokensInTurn, newAccessToken));
      case "revocation":
        return recipes.revocation("/token/revocation", await many(count, newRefreshToken));
      case "userinfo":
        return recipes.userinfo("/me", await many(tokensInTurn, newAccessToken));
      case "discovery":
        return recipes.discovery("/.well-known/openid-configuration");
    }
  }

  return { port, prepare };
}

const resourceServer = {
  scope: world.scope,
  audience: world.resource,
  accessTokenTTL: world.accessTokenSeconds,
  accessTokenFormat: "jwt",
  jwt: { sign: { alg: "ES256" } },
};

const client = {
  client_id: world.clientId,
  client_secret: world.clientSecret,
  redirect_uris: [world.redirectUri],
  grant_types: ["authorization_code", "refresh_token", "client_credentials"],
  response_types: ["code"],
  token_endpoint_auth_method: "client_secret_post",
  id_token_signed_response_alg: "ES256",
};

function claims(sub: string) {
  return { sub, email: world.email, email_verified: true };
}

function signingKey() {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { ...privateKey.export({ format: "jwk" }), use: "sig", alg: "ES256", kid: "bench" };
}
