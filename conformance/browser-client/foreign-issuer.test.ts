import assert from "node:assert/strict";
import type { RequestListener } from "node:http";
import { after, before, describe, it } from "node:test";
import { type Listening, listen } from "../../packages/resource/src/testing/listen.ts";
import type { Page } from "../../packages/server/src/testing/browser.ts";
import { foreignKey } from "../oidc-provider.ts";
import { Profile } from "./a-profile.ts";
import { anApi, anApp, notes, waitFor } from "./a-stage.ts";

const { default: Provider } = await import("oidc-provider" as string);

/** oidc-provider as its documentation sets it up, with a page's client. It counts what its token endpoint is asked. */
async function anIssuer(redirectUri: string, resource: string) {
  const asked: string[] = [];
  let answer: RequestListener = () => assert.fail("the issuer is not there yet");
  const listening: Listening = await listen((request, response) => {
    if (request.method === "POST" && request.url === "/token") asked.push(request.url);
    answer(request, response);
  });
  const provider = new Provider(listening.origin, {
    clients: [
      {
        client_id: "page",
        redirect_uris: [redirectUri],
        grant_types: ["authorization_code", "refresh_token"],
        response_types: ["code"],
        token_endpoint_auth_method: "none",
        id_token_signed_response_alg: "ES256",
      },
    ],
    jwks: { keys: [foreignKey("key-1")] },
    cookies: { keys: ["a key for the cookies of the tests"] },
    scopes: ["openid", "offline_access"],
    clientBasedCORS: () => true,
    findAccount: async (_: unknown, sub: string) => ({ accountId: sub, claims: async () => ({ sub }) }),
    features: {
      revocation: { enabled: true },
      dPoP: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: async () => ({
          scope: "notes:read notes:write",
          audience: resource,
          accessTokenTTL: 600,
          accessTokenFormat: "jwt",
          jwt: { sign: { alg: "ES256" as const } },
        }),
        useGrantedResource: async () => true,
      },
    },
  });
  answer = provider.callback();
  return { ...listening, asked };
}

const profile = new Profile();

for (const dpop of [false, true]) {
  describe(`at oidc-provider ${dpop ? "with a bound token" : "with a bearer token"}`, () => {
    let page: Page;
    let app: ReturnType<typeof anApp>;
    let api: ReturnType<typeof anApi>;
    let issuer: Awaited<ReturnType<typeof anIssuer>>;
    before(async () => {
      const place = { issuer: "" };
      app = anApp({}, "");
      api = anApi(place, dpop);
      const { origin } = await app;
      issuer = await anIssuer(`${origin}/callback`, (await api).origin);
      place.issuer = issuer.origin;
      (await app).options = {
        issuer: issuer.origin,
        clientId: "page",
        redirectUri: `${origin}/callback`,
        scope: "openid offline_access notes:read",
        resource: (await api).origin,
        dpop,
      };
    });
    after(async () => {
      await profile.clear();
      await issuer.close();
      await (await app).close();
      await (await api).close();
    });

    it("a person signs in, and the API answers", async () => {
      page = await profile.page();
      await page.goto(`${(await app).origin}/here`);
      await waitFor(page, "signed-out");
      await page.evaluate("void client.signIn({ prompt: 'consent' })");
      await page.fill("[name=login]", "ada");
      await page.fill("[name=password]", "any");
      await page.click("[type=submit]");
      await page.click("[type=submit]");
      await waitFor(page, "signed-in");
      assert.equal(page.url(), `${(await app).origin}/here`);
      assert.partialDeepStrictEqual(await page.evaluate("client.session()"), { account: { sub: "ada" } });
      assert.equal((await notes(page)).status, 200);
    });

    it("four tabs ask for a new token at once and the issuer is asked once", async () => {
      const { state, origin } = { ...(await api), origin: (await app).origin };
      const tabs = [page, ...(await Promise.all([1, 2, 3].map(() => profile.page())))];
      for (const tab of tabs.slice(1)) await tab.goto(origin);
      for (const tab of tabs) await waitFor(tab, "signed-in");
      const before = issuer.asked.length;
      state.refused.add(state.seen.at(-1)?.split(" ")[1] ?? "");
      const answers = await Promise.all(tabs.map((tab) => notes(tab)));
      assert.deepEqual(
        answers.map(({ status }) => status),
        [200, 200, 200, 200],
      );
      assert.equal(issuer.asked.length - before, 1);
    });

    it("the sign-out ends it in every tab", async () => {
      await page.evaluate("client.signOut({ local: true })");
      for (const tab of profile.pages) await waitFor(tab, "signed-out");
      assert.deepEqual(await notes(page), { error: "signed_out" });
    });
  });
}
