import { verify } from "node:crypto";
import { createGuard } from "@valetkey/resource";
import { derFromRaw } from "../subjects/floor-crypto.ts";
import { issuer, publicJwk, publicKey, publicPem, resource } from "./tokens.ts";

/** One way to check tokens; `prepare` is what the framework hands over anyway and is not counted. */
export interface Checker {
  prepare(token: string): unknown;
  check(prepared: unknown): boolean | Promise<boolean>;
}

const jwksUri = `${issuer}/jwks`;
const keySet = { keys: [publicJwk] };

/** Every guard with its keys in hand, as its documentation sets it up for production. */
export const checkers: Readonly<Record<string, () => Promise<Checker>>> = {
  valetkey: async () => {
    const fetchKeys = async () => Response.json(keySet);
    const { guard } = createGuard({ issuer, resource, jwksUri, fetch: fetchKeys });
    return {
      prepare: (token) => new Request(`${resource}/v1`, { headers: { authorization: `Bearer ${token}` } }),
      check: async (request) => !((await guard(request as Request, ["inference:read"])) instanceof Response),
    };
  },

  /** Parsed, the claims held against issuer, audience and clock, the signature verified with a key that is held. */
  "node-crypto": async () => ({
    prepare: (token) => token,
    check(token) {
      const [head = "", body = "", tail = ""] = String(token).split(".");
      const header = JSON.parse(Buffer.from(head, "base64url").toString());
      const claims = JSON.parse(Buffer.from(body, "base64url").toString());
      if (header.alg !== "ES256" || header.typ !== "at+jwt" || header.kid !== publicJwk.kid) return false;
      if (claims.iss !== issuer || claims.aud !== resource || claims.exp <= Date.now() / 1000) return false;
      const signature = derFromRaw(Buffer.from(tail, "base64url"));
      return verify("sha256", Buffer.from(`${head}.${body}`), publicKey, signature);
    },
  }),

  jose: async () => {
    const { createRemoteJWKSet, customFetch, jwtVerify } = await import("jose" as string);
    const keys = createRemoteJWKSet(new URL(jwksUri), { [customFetch]: async () => Response.json(keySet) });
    const options = { issuer, audience: resource, typ: "at+jwt", algorithms: ["ES256"] };
    return {
      prepare: (token) => token,
      check: async (token) =>
        await jwtVerify(token, keys, options).then(
          () => true,
          () => false,
        ),
    };
  },

  "fast-jwt": async () => {
    const { createVerifier } = await import("fast-jwt" as string);
    const check = createVerifier({
      key: publicPem,
      algorithms: ["ES256"],
      allowedIss: issuer,
      allowedAud: resource,
      cache: 10_000,
    });
    return {
      prepare: (token) => token,
      check(token) {
        try {
          return check(token).iss === issuer;
        } catch {
          return false;
        }
      },
    };
  },

  jsonwebtoken: async () => {
    const { default: jsonwebtoken } = await import("jsonwebtoken" as string);
    const { JwksClient } = await import("jwks-rsa" as string);
    const client = new JwksClient({ jwksUri, cache: true, fetcher: async () => keySet });
    type Done = (error: unknown, key?: string) => void;
    const keyOf = ({ kid }: { kid: string }, done: Done) =>
      client.getSigningKey(kid).then(
        (key: { getPublicKey(): string }) => done(null, key.getPublicKey()),
        (error: unknown) => done(error),
      );
    const options = { issuer, audience: resource, algorithms: ["ES256"] };
    return {
      prepare: (token) => token,
      check: (token) =>
        new Promise((resolve) => {
          jsonwebtoken.verify(token, keyOf, options, (error: unknown) => resolve(error === null));
        }),
    };
  },
};
