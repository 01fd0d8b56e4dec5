import { generateKeyPairSync } from "node:crypto";
import type { RequestListener } from "node:http";
import { type Listening, listen } from "../../packages/resource/src/testing/listen.ts";

// It comes without types.
const { default: Provider } = await import("oidc-provider" as string);

export type Claims = Readonly<Record<string, unknown>>;

/** What our server is there. */
export interface OurClient {
  readonly redirectUri: string;
  readonly clientId: string;
  readonly clientSecret?: string;
  /** Of private_key_jwt, in the place of the secret. */
  readonly publicJwk?: Claims;
}

export interface ARealProvider {
  readonly issuer: string;
  /** Makes our server known there, and the people with what is said of them. */
  serve(client: OurClient, people: Readonly<Record<string, Claims>>): void;
  close(): Promise<void>;
}

/**
 * oidc-provider as its documentation sets it up, with its own pages, on a name of the loopback that is another site than
 * ours: browsers tell 127.0.0.1 and localhost apart.
 */
export async function aRealProvider(): Promise<ARealProvider> {
  let answer: RequestListener = (_, response) => response.writeHead(503).end();
  const listening: Listening = await listen((request, response) => answer(request, response));
  const issuer = listening.origin.replace("127.0.0.1", "localhost");
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = { ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: "there" };
  return {
    issuer,
    serve(client, people) {
      const provider = new Provider(issuer, {
        clients: [registered(client)],
        jwks: { keys: [key] },
        cookies: { keys: ["a key for the cookies of the tests"] },
        claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
        pkce: { required: () => true },
        findAccount: async (_: unknown, sub: string) =>
          people[sub] && { accountId: sub, claims: async () => ({ sub, ...people[sub] }) },
      });
      answer = provider.callback();
    },
    close: listening.close,
  };
}

function registered({ redirectUri, clientId, clientSecret, publicJwk }: OurClient) {
  return {
    client_id: clientId,
    redirect_uris: [redirectUri],
    grant_types: ["authorization_code"],
    response_types: ["code"],
    ...(publicJwk
      ? { token_endpoint_auth_method: "private_key_jwt", jwks: { keys: [publicJwk] } }
      : { token_endpoint_auth_method: "client_secret_basic", client_secret: clientSecret }),
  };
}
