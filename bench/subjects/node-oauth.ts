import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { HttpCase, Recipe } from "../recipe.ts";
import { hash, isSecret, signed } from "./floor-crypto.ts";
import { formOf, sendJson } from "./form-body.ts";
import { listening } from "./listening.ts";
import { challenge, many, recipes, type Subject, world } from "./world.ts";

interface Token {
  readonly accessToken: string;
  readonly refreshToken?: string;
  readonly refreshTokenExpiresAt?: Date;
}

/** @node-oauth/oauth2-server behind `node:http`, its model in Maps, access tokens signed as the floor signs them. */
export async function start(): Promise<Subject> {
  const { default: OAuth2Server } = await import("@node-oauth/oauth2-server" as string);
  const server = new OAuth2Server({
    model: model(),
    accessTokenLifetime: world.accessTokenSeconds,
    requireClientAuthentication: { refresh_token: true },
  });
  const { codes, tokens } = held;
  const port = await listening(
    createServer(async (incoming, outgoing) => {
      const { method, url, headers } = incoming;
      const request = new OAuth2Server.Request({
        method,
        query: {},
        headers,
        body: await formOf(incoming),
        url,
      });
      const response = new OAuth2Server.Response({});
      await server.token(request, response).catch(() => undefined);
      for (const [name, value] of Object.entries(response.headers)) outgoing.setHeader(name, String(value));
      sendJson(outgoing, response.status, response.body);
    }),
  );

  async function newCode(): Promise<string> {
    const authorizationCode = randomBytes(32).toString("base64url");
    codes.set(authorizationCode, {
      ...newGrant(),
      authorizationCode,
      codeChallenge: challenge,
      codeChallengeMethod: "S256",
    });
    return authorizationCode;
  }

  async function newRefreshToken(): Promise<string> {
    const refreshToken = randomBytes(32).toString("base64url");
    tokens.set(refreshToken, {
      ...newGrant(),
      accessToken: "",
      refreshToken,
      refreshTokenExpiresAt: later(),
    });
    return refreshToken;
  }

  async function prepare(wanted: HttpCase, count: number): Promise<Recipe> {
    if (wanted === "client-credentials") return recipes.clientCredentials("/token");
    if (wanted === "code-exchange") return recipes.code("/token", await many(count, newCode));
    if (wanted === "refresh") return recipes.refresh("/token", await many(count, newRefreshToken));
    throw new Error(`It has no ${wanted}.`);
  }

  return { port, prepare };
}

const held = { codes: new Map<string, object>(), tokens: new Map<string, object>() };
const client = {
  id: world.clientId,
  secretHash: hash(world.clientSecret),
  grants: ["client_credentials", "authorization_code", "refresh_token"],
  redirectUris: [world.redirectUri],
};
const user = { id: world.accountId };
const later = () => new Date(Date.now() + 86_400_000);
const newGrant = () => ({
  expiresAt: later(),
  redirectUri: world.redirectUri,
  scope: [world.scope],
  client,
  user,
});

/** The model that the library asks its user to write. */
function model() {
  const { codes, tokens } = held;
  return {
    getClient: async (id: string, secret: string) =>
      id === client.id && isSecret(secret, client.secretHash) ? client : undefined,
    getUserFromClient: async () => ({ id: client.id }),
    validateScope: async (_user: unknown, _client: unknown, scope: readonly string[] = [world.scope]) =>
      scope,
    generateAccessToken: async (_client: unknown, owner: { id: string }, scope: readonly string[]) => {
      const iat = Math.floor(Date.now() / 1000);
      const jti = randomBytes(16).toString("base64url");
      const about = { iss: "http://127.0.0.1", sub: owner.id, aud: world.resource, client_id: client.id };
      return signed({ ...about, iat, exp: iat + world.accessTokenSeconds, jti, scope: scope.join(" ") });
    },
    async saveToken(token: Token, owner: object, person: object) {
      const whole = { ...token, client: owner, user: person };
      if (token.refreshToken !== undefined) tokens.set(token.refreshToken, whole);
      return whole;
    },
    getRefreshToken: async (token: string) => tokens.get(token),
    revokeToken: async (token: { refreshToken: string }) => tokens.delete(token.refreshToken),
    getAuthorizationCode: async (code: string) => codes.get(code),
    revokeAuthorizationCode: async (code: { authorizationCode: string }) =>
      codes.delete(code.authorizationCode),
  };
}
