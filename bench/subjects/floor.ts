import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { HttpCase, Recipe } from "../recipe.ts";
import { isSecret, opened, signed } from "./floor-crypto.ts";
import { honest, none } from "./floor-extras.ts";
import { FloorStore } from "./floor-store.ts";
import { floorTables } from "./floor-tables.ts";
import { listening } from "./listening.ts";
import { many, recipes, type Subject, tokensInTurn, world } from "./world.ts";

/**
 * The floor: what `node:http` and `node:crypto` cost when there is nothing around them. "bare" parses, hashes, compares,
 * signs, and writes durably where the case asks for it; "honest" adds what any server that is let out must do.
 */
export async function start(folder: string, variant: string): Promise<Subject> {
  const store = new FloorStore(folder);
  const tables = floorTables(store);
  const extras = variant === "honest" ? honest(store) : none;
  const server = createServer(async (incoming, outgoing) => {
    let status = 200;
    let body: string;
    try {
      body = JSON.stringify(await answer(incoming));
    } catch (thrown) {
      status = 400;
      body = JSON.stringify({ error: String(thrown) });
    }
    outgoing.setHeader("content-type", "application/json");
    outgoing.setHeader("cache-control", "no-store");
    outgoing.setHeader("content-length", Buffer.byteLength(body));
    outgoing.writeHead(status);
    outgoing.end(body);
  });

  async function answer(incoming: IncomingMessage): Promise<object> {
    const now = Math.floor(Date.now() / 1000);
    const address = incoming.socket.remoteAddress ?? "";
    if (incoming.url === "/discovery") return metadata;
    if (incoming.url === "/userinfo") return userInfo(incoming, address, now);
    const parameters = new URLSearchParams(await textOf(incoming));
    // The floor of introspection is an HTTP hello that carries the same answer.
    if (incoming.url === "/hello") return helloAnswer;
    const clientId = parameters.get("client_id") ?? "";
    extras.limit(`${clientId} ${address}`, now);
    if (!isSecret(parameters.get("client_secret") ?? "", extras.secretHash(clientId)))
      throw new Error("The secret is wrong.");
    return incoming.url === "/revoke"
      ? await revoked(parameters, address, now)
      : await issued(parameters, address, now);
  }

  async function issued(parameters: URLSearchParams, address: string, now: number): Promise<object> {
    const type = parameters.get("grant_type");
    const body = {
      access_token: accessToken(now),
      token_type: "Bearer",
      expires_in: world.accessTokenSeconds,
      scope: world.scope,
    };
    if (type === "client_credentials") {
      extras.record("token.issued", address, now);
      return body;
    }
    const refresh_token =
      type === "refresh_token"
        ? await tables.rotate(parameters.get("refresh_token") ?? "")
        : await tables.redeem(parameters.get("code") ?? "", parameters.get("code_verifier") ?? "");
    extras.record(`${type} answered`, address, now);
    return { ...body, refresh_token };
  }

  async function revoked(parameters: URLSearchParams, address: string, now: number): Promise<object> {
    await tables.end(parameters.get("token") ?? "");
    extras.record("lineage.revoked", address, now);
    return {};
  }

  function userInfo(incoming: IncomingMessage, address: string, now: number): object {
    extras.limit(address, now);
    const claims = opened((incoming.headers.authorization ?? "").slice("Bearer ".length), now);
    if (!claims) throw new Error("The token is not good.");
    const account = variant === "honest" ? tables.account(String(claims.sub)) : { email: world.email };
    extras.record("userinfo.read", address, now);
    return { sub: claims.sub, ...account };
  }

  async function prepare(wanted: HttpCase, count: number): Promise<Recipe> {
    const now = Math.floor(Date.now() / 1000);
    const accessTokens = () => many(tokensInTurn, async () => accessToken(now));
    switch (wanted) {
      case "client-credentials":
        return recipes.clientCredentials("/token");
      case "code-exchange":
        return recipes.code("/token", await many(count, tables.newCode));
      case "refresh":
        return recipes.refresh("/token", await many(count, tables.newLineage));
      case "introspection":
        return recipes.introspection("/hello", await accessTokens());
      case "revocation":
        return recipes.revocation("/revoke", await many(count, tables.newLineage));
      case "userinfo":
        return recipes.userinfo("/userinfo", await accessTokens());
      case "discovery":
        return recipes.discovery("/discovery");
    }
  }

  return { port: await listening(server), prepare };
}

function accessToken(now: number): string {
  return signed({
    iss: "http://127.0.0.1",
    sub: world.accountId,
    aud: world.resource,
    client_id: world.clientId,
    iat: now,
    exp: now + world.accessTokenSeconds,
    jti: randomBytes(16).toString("base64url"),
    scope: world.scope,
  });
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  return await new Promise((resolve, reject) => {
    let text = "";
    incoming.setEncoding("utf8");
    incoming.on("data", (chunk: string) => {
      text += chunk;
    });
    incoming.on("end", () => resolve(text));
    incoming.on("error", reject);
  });
}

/** As long as Valetkey's own answer. */
const helloAnswer = {
  active: true,
  token_type: "Bearer",
  iss: "http://127.0.0.1:40000",
  sub: world.accountId,
  aud: world.resource,
  client_id: world.clientId,
  iat: 1_800_000_000,
  exp: 1_800_000_600,
  jti: "0123456789012345678901",
  scope: `openid email ${world.scope}`,
  auth_time: 1_800_000_000,
  lineage: "1000",
};

const metadata = {
  issuer: "http://127.0.0.1:40000",
  authorization_endpoint: "http://127.0.0.1:40000/authorize",
  token_endpoint: "http://127.0.0.1:40000/token",
  introspection_endpoint: "http://127.0.0.1:40000/introspect",
  revocation_endpoint: "http://127.0.0.1:40000/revoke",
  registration_endpoint: "http://127.0.0.1:40000/register",
  userinfo_endpoint: "http://127.0.0.1:40000/userinfo",
  end_session_endpoint: "http://127.0.0.1:40000/end-session",
  jwks_uri: "http://127.0.0.1:40000/jwks",
  scopes_supported: ["openid", "profile", "email", "offline_access", world.scope],
  response_types_supported: ["code"],
  response_modes_supported: ["query"],
  grant_types_supported: ["authorization_code", "refresh_token", "client_credentials"],
  token_endpoint_auth_methods_supported: [
    "none",
    "client_secret_basic",
    "client_secret_post",
    "private_key_jwt",
  ],
  code_challenge_methods_supported: ["S256"],
  authorization_response_iss_parameter_supported: true,
  subject_types_supported: ["public"],
  id_token_signing_alg_values_supported: ["ES256"],
  claims_supported: ["sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "sid", "amr", "email", "name"],
};
