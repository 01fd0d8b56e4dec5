import assert from "node:assert/strict";
import type { RequestListener } from "node:http";
import { createGuard } from "@valetkey/resource";
import { protect } from "@valetkey/resource/node";
import { type Listening, listen } from "../../packages/resource/src/testing/listen.ts";
import { ABrowser } from "../../packages/server/src/testing/a-browser.ts";
import { foreignKey } from "../a-foreign-issuer.ts";

// It comes without types.
const { default: Provider, errors } = await import("oidc-provider" as string);

export const job = { id: "nightly", secret: "the secret of the nightly job" };

export type AnOidcProvider = Awaited<ReturnType<typeof anOidcProvider>>;

/**
 * oidc-provider as its documentation sets it up, with everything that an agent may use, and an API behind our guard that
 * takes its tokens. Refresh tokens rotate without any grace: one that is shown again ends the grant.
 */
export async function anOidcProvider() {
  let answer: RequestListener = () => assert.fail("the issuer is not there yet");
  const listening: Listening = await listen((request, response) => answer(request, response));
  const issuer = listening.origin;
  let api: RequestListener = () => assert.fail("the API is not there yet");
  const resource = await listen((request, response) => api(request, response));
  const identifier = `${resource.origin}/notes`;
  const provider = new Provider(issuer, configuration(identifier));
  answer = provider.callback();
  const guard = createGuard({ issuer, resource: identifier, scopes: ["notes:read"] });
  api = protect((_request, response, caller) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ subject: caller.subject, scopes: caller.scopes }));
  }, guard) as RequestListener;
  const fetchHere = (input: string | URL | Request, init?: RequestInit) =>
    fetch(input, { ...init, redirect: "manual" });
  const browser = () => new ABrowser({ issuer, fetchHere });
  const person = { login: "ada", password: "any" };

  return {
    issuer,
    resource: identifier,
    /** A person signs in, allows it, and comes back to the agent. */
    async allows(address: URL): Promise<void> {
      const visitor = browser();
      const signIn = await visitor.open(address.href);
      const consent = await visitor.submit(signIn, person);
      const { url } = await visitor.submit(consent, {});
      await fetch(url);
    },
    /** A person types the code, confirms it, signs in and allows it. */
    async allowsDevice(uri: string, userCode: string): Promise<void> {
      const visitor = browser();
      const confirm = await visitor.submit(await visitor.open(uri), { user_code: userCode });
      const signIn = await visitor.submit(confirm, { confirm: "yes" });
      const end = await visitor.submit(await visitor.submit(signIn, person), {});
      assert.equal(end.status, 200, end.url);
    },
    async close() {
      await listening.close();
      await resource.close();
    },
  };
}

function configuration(resource: string) {
  return {
    clients: [
      {
        client_id: job.id,
        client_secret: job.secret,
        redirect_uris: [],
        response_types: [],
        grant_types: ["client_credentials"],
        token_endpoint_auth_method: "client_secret_basic",
        id_token_signed_response_alg: "ES256",
      },
    ],
    jwks: { keys: [foreignKey("k1")] },
    cookies: { keys: ["a key for the cookies of the tests"] },
    scopes: ["openid", "offline_access"],
    clientDefaults: { id_token_signed_response_alg: "ES256" },
    rotateRefreshToken: true,
    findAccount: async (_: unknown, sub: string) => ({ accountId: sub, claims: async () => ({ sub }) }),
    features: {
      clientCredentials: { enabled: true },
      deviceFlow: { enabled: true },
      registration: { enabled: true },
      revocation: { enabled: true },
      dPoP: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: async (_: unknown, asked: string) => {
          if (asked !== resource) throw new errors.InvalidTarget();
          return {
            scope: "notes:read notes:write",
            audience: resource,
            accessTokenTTL: 600,
            accessTokenFormat: "jwt",
            jwt: { sign: { alg: "ES256" as const } },
          };
        },
        useGrantedResource: async () => true,
      },
    },
  };
}
