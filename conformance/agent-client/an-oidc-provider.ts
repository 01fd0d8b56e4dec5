import assert from "node:assert/strict";
import type { RequestListener } from "node:http";
import { createGuard } from "@valetkey/resource";
import { protect } from "@valetkey/resource/node";
import { listen } from "../../packages/resource/src/testing/listen.ts";
import { ABrowser } from "../../packages/server/src/testing/a-browser.ts";
import { type ForeignClient, foreignKey, oidcProvider } from "../oidc-provider.ts";

export const job = { id: "nightly", secret: "the secret of the nightly job" };

export type AnOidcProvider = Awaited<ReturnType<typeof anOidcProvider>>;

/**
 * oidc-provider with everything that an agent may use, and an API behind our guard that takes its tokens. Refresh tokens rotate without any grace: one that is shown again ends the grant.
 */
export async function anOidcProvider() {
  let api: RequestListener = () => assert.fail("the API is not there yet");
  const resource = await listen((request, response) => api(request, response));
  const identifier = `${resource.origin}/notes`;
  const provider = await oidcProvider({
    clients: [jobClient],
    formatOf: (asked) => (asked === identifier ? "jwt" : undefined),
    features: ["deviceFlow", "registration"],
  });
  const { issuer } = provider;
  provider.start(foreignKey("k1"));
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
      await provider.close();
      await resource.close();
    },
  };
}

const jobClient: ForeignClient = {
  client_id: job.id,
  client_secret: job.secret,
  redirect_uris: [],
  response_types: [],
  grant_types: ["client_credentials"],
  token_endpoint_auth_method: "client_secret_basic",
};
