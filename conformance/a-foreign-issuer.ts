import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import type { RequestListener } from "node:http";
import { type Listening, listen } from "../packages/resource/src/testing/listen.ts";
import { ABrowser } from "../packages/server/src/testing/a-browser.ts";
import { pkce } from "../packages/server/src/testing/a-login.ts";

// It comes without types.
const { default: Provider, errors } = await import("oidc-provider" as string);

/** A resource whose tokens say all themselves, and one whose tokens only the issuer can read. */
export const speaking = "https://notes.example/mcp";
export const opaque = "https://vault.example/mcp";

const formats: Readonly<Record<string, "jwt" | "opaque">> = { [speaking]: "jwt", [opaque]: "opaque" };
const callback = "https://app.example/callback";
const app = { client_id: "app", client_secret: "the secret of the app" };
/** What the guard is at the issuer. */
export const resourceServer = { clientId: "resource-server", clientSecret: "the secret of the resource" };

/** A JWK with its private part. */
export type ForeignKey = Readonly<Record<string, unknown>>;

export function foreignKey(kid: string): ForeignKey {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { ...privateKey.export({ format: "jwk" }), use: "sig", alg: "ES256", kid };
}

type Form = Readonly<Record<string, string>>;

interface Issued {
  readonly access_token: string;
  readonly token_type: string;
  readonly id_token?: string;
  readonly refresh_token?: string;
}

export type AForeignIssuer = Awaited<ReturnType<typeof aForeignIssuer>>;

/** oidc-provider as its documentation sets it up, over real HTTP. */
export async function aForeignIssuer(first: ForeignKey) {
  let answer: RequestListener = () => assert.fail("the issuer is not there yet");
  const listening: Listening = await listen((request, response) => answer(request, response));
  const issuer = listening.origin;
  const fetchHere = (input: string | URL | Request, init?: RequestInit) =>
    fetch(input, { ...init, redirect: "manual" });
  /** A restart with these keys: the first one signs, all are published. */
  const restart = (...keys: readonly ForeignKey[]) => {
    answer = provider(issuer, keys).callback();
  };
  restart(first);

  async function post(path: string, form: Form, headers: Form = {}): Promise<Response> {
    const body = new URLSearchParams({ ...app, ...form });
    return await fetch(`${issuer}${path}`, { method: "POST", body, headers });
  }
  async function issued(form: Form, headers?: Form): Promise<Issued> {
    const response = await post("/token", form, headers);
    const tokens = await response.json();
    assert.equal(response.status, 200, JSON.stringify(tokens));
    return tokens as Issued;
  }

  return {
    issuer,
    tokenUrl: `${issuer}/token`,
    restart,
    /** A machine's token; the header carries the proof of a bound one. */
    machine: (resource: string, scope = "notes:read", headers?: Form) =>
      issued({ grant_type: "client_credentials", resource, scope }, headers),
    /** A person signs in at the issuer's own pages and allows; without a resource the token is for its userinfo. */
    async person(resource: string | undefined, scope: string, headers?: Form): Promise<Issued> {
      const { verifier, challenge } = pkce();
      const named = resource === undefined ? {} : { resource };
      const asked = {
        ...{
          response_type: "code",
          client_id: app.client_id,
          redirect_uri: callback,
          scope,
          prompt: "consent",
        },
        ...{ code_challenge: challenge, code_challenge_method: "S256", ...named },
      };
      const browser = new ABrowser({ issuer, fetchHere });
      const signIn = await browser.open(`${issuer}/auth?${new URLSearchParams(asked)}`);
      const consent = await browser.submit(signIn, { login: "ada", password: "any" });
      const { url } = await browser.submit(consent, {});
      const code = new URL(url).searchParams.get("code");
      assert.ok(code, url);
      const form = {
        grant_type: "authorization_code",
        code,
        code_verifier: verifier,
        redirect_uri: callback,
      };
      return await issued({ ...form, ...named }, headers);
    },
    async revoke(token: string): Promise<void> {
      assert.equal((await post("/token/revocation", { token })).status, 200);
    },
    close: listening.close,
  };
}

function provider(issuer: string, keys: readonly ForeignKey[]): { callback(): RequestListener } {
  return new Provider(issuer, {
    clients: [
      {
        ...app,
        redirect_uris: [callback],
        grant_types: ["authorization_code", "refresh_token", "client_credentials"],
        response_types: ["code"],
        token_endpoint_auth_method: "client_secret_post",
        id_token_signed_response_alg: "ES256",
      },
      {
        client_id: resourceServer.clientId,
        client_secret: resourceServer.clientSecret,
        redirect_uris: [],
        grant_types: [],
        response_types: [],
        id_token_signed_response_alg: "ES256",
      },
    ],
    jwks: { keys: [...keys] },
    cookies: { keys: ["a key for the cookies of the tests"] },
    scopes: ["openid", "offline_access"],
    findAccount: async (_: unknown, sub: string) => ({ accountId: sub, claims: async () => ({ sub }) }),
    features: {
      clientCredentials: { enabled: true },
      introspection: { enabled: true },
      revocation: { enabled: true },
      dPoP: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: async (_: unknown, resource: string) => {
          const accessTokenFormat = formats[resource];
          if (accessTokenFormat === undefined) throw new errors.InvalidTarget();
          return {
            scope: "notes:read notes:write",
            audience: resource,
            accessTokenTTL: 600,
            accessTokenFormat,
            jwt: { sign: { alg: "ES256" as const } },
          };
        },
        useGrantedResource: async () => true,
      },
    },
  });
}
