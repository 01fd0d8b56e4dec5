import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { HttpCase, Recipe } from "../recipe.ts";
import { isSecret, opened, signed } from "./floor-crypto.ts";
import { formOf, sendJson } from "./form-body.ts";
import { listening } from "./listening.ts";
import { challenge, many, recipes, type Subject, tokensInTurn, world } from "./world.ts";

interface Token {
  readonly accessToken: string;
  accessTokenExpiresAt: Date;
  refreshToken?: string;
  refreshTokenExpiresAt?: Date;
  readonly client: object;
  readonly user: object | null;
  readonly scopes: readonly object[];
}

interface Code {
  readonly code: string;
  readonly client: object;
  readonly user: object | undefined;
  readonly scopes: readonly object[];
  readonly expiresAt: Date;
}

/** @jmondi/oauth2-server behind `node:http`, its repositories in Maps, JWTs signed and verified as the floor does it. */
export async function start(): Promise<Subject> {
  const { AuthorizationServer, DateInterval } = await import("@jmondi/oauth2-server" as string);
  const codes = new Map<string, Code>();
  const byAccess = new Map<string, Token>();
  const byRefresh = new Map<string, Token>();
  const name = () => randomBytes(16).toString("base64url");
  const later = (seconds: number) => new Date(Date.now() + seconds * 1000);

  const clients = {
    getByIdentifier: async () => client,
    isClientValid: async (_grant: string, _client: object, secret: string) => isSecret(secret),
  };
  const tokens = {
    issueToken: async (owner: object, scopes: readonly object[], person?: object): Promise<Token> => ({
      accessToken: name(),
      accessTokenExpiresAt: later(world.accessTokenSeconds),
      client: owner,
      user: person ?? null,
      scopes,
    }),
    async issueRefreshToken(token: Token): Promise<Token> {
      token.refreshToken = name();
      token.refreshTokenExpiresAt = later(86_400);
      byRefresh.set(token.refreshToken, token);
      return token;
    },
    async persist(token: Token): Promise<void> {
      byAccess.set(token.accessToken, token);
    },
    async revoke(token: Token): Promise<void> {
      byAccess.delete(token.accessToken);
      byRefresh.delete(token.refreshToken ?? "");
    },
    isRefreshTokenRevoked: async (token: Token) => !byRefresh.has(token.refreshToken ?? ""),
    getByRefreshToken: async (token: string) => byRefresh.get(token),
    getByAccessToken: async (token: string) => byAccess.get(token),
  };
  const scopes = {
    getAllByIdentifiers: async (names: readonly string[]) => names.map((scope) => ({ name: scope })),
    finalize: async (given: readonly object[]) => given,
  };
  const authCodeRepository = {
    getByIdentifier: async (code: string) => codes.get(code),
    issueAuthCode: (owner: object, person: object | undefined, given: readonly object[]): Code => ({
      code: name(),
      client: owner,
      user: person,
      scopes: given,
      expiresAt: later(600),
    }),
    persist: async (code: Code) => void codes.set(code.code, code),
    isRevoked: async (code: string) => !codes.has(code),
    revoke: async (code: string) => void codes.delete(code),
  };
  const userRepository = { getUserByCredentials: async () => user };
  const jwt = {
    sign: async (claims: Record<string, unknown>) => signed(claims),
    verify: async (token: string) => {
      const claims = opened(token, Math.floor(Date.now() / 1000));
      if (!claims) throw new Error("The token is not good.");
      return claims;
    },
    decode: (token: string) => JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()),
  };
  const server = new AuthorizationServer(clients, tokens, scopes, jwt, {
    requiresPKCE: true,
    requiresS256: true,
    useOpaqueAuthorizationCodes: true,
    useOpaqueRefreshTokens: true,
  });
  const lifetime = new DateInterval(`${world.accessTokenSeconds}s`);
  server.enableGrantTypes(
    ["client_credentials", lifetime],
    ["refresh_token", lifetime],
    [{ grant: "authorization_code", authCodeRepository, userRepository }, lifetime],
  );

  const ask = (body: Record<string, string>, url: string) => {
    const request = { body, headers: {}, query: {} };
    if (url === "/introspect") return server.introspect(request);
    return url === "/revoke" ? server.revoke(request) : server.respondToAccessTokenRequest(request);
  };
  const port = await listening(
    createServer(async (incoming, outgoing) => {
      try {
        const { status, body } = await ask(await formOf(incoming), incoming.url ?? "");
        sendJson(outgoing, status, body);
      } catch (thrown) {
        sendJson(outgoing, 400, { error: String(thrown) });
      }
    }),
  );

  async function newCode(): Promise<string> {
    const code = name();
    const pkce = { codeChallenge: challenge, codeChallengeMethod: "S256", redirectUri: world.redirectUri };
    codes.set(code, {
      code,
      client,
      user,
      scopes: [{ name: world.scope }],
      expiresAt: later(600),
      ...pkce,
    } as Code);
    return code;
  }

  const credentials = { client_id: world.clientId, client_secret: world.clientSecret };
  async function newTokens(): Promise<{ access_token: string; refresh_token: string }> {
    const code = { grant_type: "authorization_code", code: await newCode(), code_verifier: world.verifier };
    const { body } = await ask({ ...code, redirect_uri: world.redirectUri, ...credentials }, "/token");
    return body;
  }

  const refreshTokens = async (count: number) =>
    (await many(count, newTokens)).map((made) => made.refresh_token);

  async function prepare(wanted: HttpCase, count: number): Promise<Recipe> {
    switch (wanted) {
      case "client-credentials":
        return recipes.clientCredentials("/token");
      case "code-exchange":
        return recipes.code("/token", await many(count, newCode));
      case "refresh":
        return recipes.refresh("/token", await refreshTokens(count));
      case "introspection":
        return recipes.introspection(
          "/introspect",
          (await many(tokensInTurn, newTokens)).map((made) => made.access_token),
        );
      case "revocation":
        return recipes.revocation("/revoke", await refreshTokens(count));
      default:
        throw new Error(`It has no ${wanted}.`);
    }
  }

  return { port, prepare };
}

const user = { id: world.accountId };
const client = {
  id: world.clientId,
  name: world.clientId,
  secret: "held as a hash",
  redirectUris: [world.redirectUri],
  allowedGrants: ["client_credentials", "refresh_token", "authorization_code"],
  scopes: [{ name: world.scope }],
};
