import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import type { RequestListener } from "node:http";
import { listen } from "../packages/resource/src/testing/listen.ts";

// It comes without types.
const { default: Provider, errors } = await import("oidc-provider" as string);

/** A JWK with its private part. */
export type ForeignKey = Readonly<Record<string, unknown>>;

export function foreignKey(kid: string): ForeignKey {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { ...privateKey.export({ format: "jwk" }), use: "sig", alg: "ES256", kid };
}

/** A client as RFC 7591 §2 spells it. */
export interface ForeignClient {
  readonly client_id: string;
  readonly client_secret: string;
  readonly redirect_uris: readonly string[];
  readonly grant_types: readonly string[];
  readonly response_types: readonly string[];
  readonly token_endpoint_auth_method?: string;
}

interface Configuration {
  readonly clients: readonly ForeignClient[];
  /** How the tokens of a resource are written; undefined: there is no such resource. */
  formatOf(resource: string): "jwt" | "opaque" | undefined;
  /** What is switched on beside machines, revocation, DPoP and RFC 8707. */
  readonly features: readonly ("deviceFlow" | "introspection" | "registration")[];
}

/** oidc-provider as its documentation sets it up, over real HTTP. It knows everybody who signs in by the name they type. */
export async function oidcProvider(configuration: Configuration) {
  let answer: RequestListener = () => assert.fail("the issuer is not there yet");
  const listening = await listen((request, response) => answer(request, response));
  const issuer = listening.origin;
  return {
    issuer,
    /** A start, or a restart, with these keys: the first one signs, all are published. */
    start(...keys: readonly ForeignKey[]): void {
      answer = new Provider(issuer, settings(configuration, keys)).callback();
    },
    close: listening.close,
  };
}

function settings({ clients, formatOf, features }: Configuration, keys: readonly ForeignKey[]) {
  const enabled = { enabled: true };
  return {
    clients,
    clientDefaults: { id_token_signed_response_alg: "ES256" },
    jwks: { keys: [...keys] },
    cookies: { keys: ["a key for the cookies of the tests"] },
    scopes: ["openid", "offline_access"],
    rotateRefreshToken: true,
    findAccount: async (_: unknown, sub: string) => ({ accountId: sub, claims: async () => ({ sub }) }),
    features: {
      clientCredentials: enabled,
      revocation: enabled,
      dPoP: enabled,
      ...Object.fromEntries(features.map((feature) => [feature, enabled])),
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: async (_: unknown, resource: string) => {
          const accessTokenFormat = formatOf(resource);
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
  };
}
