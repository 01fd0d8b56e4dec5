import { exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";
import { listen } from "./listen.ts";

export type PrivateKey = Awaited<ReturnType<typeof generateKeyPair>>["privateKey"];

export interface SigningKey {
  readonly alg: string;
  readonly kid: string;
  readonly privateKey: PrivateKey;
  readonly jwk: JWK;
}

export async function aKey(kid: string, alg = "ES256"): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { alg, kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: "sig" } };
}

export type Claims = Record<string, unknown>;

/** Signs what it is given, the typ at+jwt included; undefined takes a claim or header away. */
export function signed(claims: Claims, key: SigningKey, header: Claims = {}): Promise<string> {
  const all = { alg: key.alg, kid: key.kid, typ: "at+jwt", ...header };
  const kept = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  const body = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
  return new SignJWT(body).setProtectedHeader(kept as { alg: string }).sign(key.privateKey);
}

/** A real issuer on a loopback port: metadata, keys, introspection, all counted and all changeable. */
export async function anIssuer({ path = "" } = {}) {
  const key = await aKey("first");
  const counts: Record<string, number> = {};
  const revoked = new Set<string>();
  const state = {
    keys: [key.jwk] as unknown[],
    down: false,
    /** Answers in the place of the path's own document. */
    instead: {} as Record<string, { status?: number; headers?: Record<string, string>; body: string }>,
    introspectionDown: false,
    /** What the revocation feed answers to a form; without it the issuer has none. */
    feed: undefined as ((form: URLSearchParams) => Promise<unknown>) | undefined,
    lastIntrospection: { authorization: "", body: "" },
  };
  const listening = await listen(async (request, response) => {
    const url = request.url ?? "";
    counts[url] = (counts[url] ?? 0) + 1;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const answer = (status: number, value: unknown, headers = {}) => {
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(typeof value === "string" ? value : JSON.stringify(value));
    };
    const instead = state.instead[url];
    if (state.down) return request.socket.destroy();
    if (instead) return answer(instead.status ?? 200, instead.body, instead.headers);
    if (url === `/.well-known/oauth-authorization-server${path}`) {
      return answer(200, {
        issuer,
        jwks_uri: `${issuer}/jwks`,
        introspection_endpoint: `${issuer}/introspect`,
        ...(state.feed && { valetkey_revocation_feed_endpoint: `${issuer}/revocations` }),
      });
    }
    if (url === `${path}/jwks`) return answer(200, { keys: state.keys });
    if (url === `${path}/introspect`) {
      state.lastIntrospection = { authorization: request.headers.authorization ?? "", body };
      if (state.introspectionDown) return answer(500, {});
      const token = new URLSearchParams(body).get("token") ?? "";
      return answer(200, { active: !revoked.has(token) });
    }
    if (url === `${path}/revocations` && state.feed) {
      return answer(200, await state.feed(new URLSearchParams(body)));
    }
    return answer(404, {});
  });
  const issuer = `${listening.origin}${path}`;
  const resource = "https://api.example/mcp";
  const claims = (overrides: Claims = {}): Claims => {
    const now = Math.floor(Date.now() / 1000);
    return {
      iss: issuer,
      sub: "account-1",
      aud: resource,
      client_id: "client-1",
      iat: now,
      exp: now + 600,
      jti: crypto.randomUUID(),
      scope: "notes:read",
      ...overrides,
    };
  };
  return {
    issuer,
    resource,
    key,
    counts,
    state,
    revoked,
    claims,
    jwksFetches: () => counts[`${path}/jwks`] ?? 0,
    token: (overrides: Claims = {}, header: Claims = {}) => signed(claims(overrides), key, header),
    close: listening.close,
  };
}

export type TestIssuer = Awaited<ReturnType<typeof anIssuer>>;

/** A request with a token, if one is given. */
export function aRequest(token?: string, init: RequestInit = {}, url = "https://api.example/mcp"): Request {
  const headers = new Headers(init.headers);
  if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
  return new Request(url, { ...init, headers });
}
