import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import * as oauth from "oauth4webapi";
import { postgresStore } from "../packages/server/src/adapters/postgres/store.ts";
import { sqliteStore } from "../packages/server/src/adapters/sqlite/store.ts";
import type { Store } from "../packages/server/src/ports/store.ts";
import { aDeviceClient, decide } from "../packages/server/src/testing/a-device.ts";
import { type AServer, aServer, mcp } from "../packages/server/src/testing/a-server.ts";
import { freshDatabase } from "../packages/server/src/testing/postgres.ts";
import { spec } from "../packages/server/src/testing/spec.ts";

const now = () => Math.floor(Date.now() / 1000);

const stores: Readonly<Record<string, () => Promise<{ store: Store; drop?: () => Promise<void> }>>> = {
  sqlite: async () => ({ store: await sqliteStore(":memory:") }),
  postgres: async () => {
    const { url, drop } = await freshDatabase();
    return { store: await postgresStore(url), drop };
  },
};

for (const [name, open] of Object.entries(stores)) {
  describe(`oauth4webapi as a device, on ${name}`, () => {
    let server: AServer;
    let as: oauth.AuthorizationServer;
    let drop: (() => Promise<void>) | undefined;
    let options: { [oauth.customFetch]: (url: string, init: unknown) => Promise<Response> };

    before(async () => {
      const opened = await open();
      drop = opened.drop;
      server = await aServer({ now: now(), store: opened.store });
      options = { [oauth.customFetch]: (url, init) => server.fetchHere(url, init as RequestInit) };
      const issuer = new URL(server.issuer);
      as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, options));
    });
    after(async () => {
      await server.close();
      await drop?.();
    });

    async function aDevice(parameters: Readonly<Record<string, string>> = {}) {
      const { id } = await aDeviceClient(server);
      const client: oauth.Client = { client_id: id };
      const asked = { resource: mcp, scope: "openid offline_access tools:use", ...parameters };
      const response = await oauth.deviceAuthorizationRequest(as, client, oauth.None(), asked, options);
      return { client, codes: await oauth.processDeviceAuthorizationResponse(as, client, response) };
    }

    async function poll(client: oauth.Client, code: string, more: oauth.TokenEndpointRequestOptions = {}) {
      const asked = { ...options, ...more };
      const response = await oauth.deviceCodeGrantRequest(as, client, oauth.None(), code, asked);
      return await oauth.processDeviceCodeResponse(as, client, response);
    }

    /** The error that its polling is told, as its user would read it. */
    async function errorOf(client: oauth.Client, code: string): Promise<string> {
      const thrown = await poll(client, code).then(
        () => undefined,
        (cause: unknown) => cause,
      );
      assert.ok(thrown instanceof oauth.ResponseBodyError, String(thrown));
      return thrown.error;
    }

    spec("DEV-01", "gets tokens, an ID token among them, and refreshes them", async () => {
      const { client, codes } = await aDevice();
      assert.equal(codes.interval, 5);
      assert.equal(await errorOf(client, codes.device_code), "authorization_pending");
      assert.equal(await errorOf(client, codes.device_code), "slow_down");
      await decide(server, codes.user_code, "allow");
      const tokens = await poll(client, codes.device_code);
      assert.equal(oauth.getValidatedIdTokenClaims(tokens)?.aud, client.client_id);
      assert.equal(tokens.scope, "tools:use openid offline_access");
      const refreshed = await oauth.processRefreshTokenResponse(
        as,
        client,
        await oauth.refreshTokenGrantRequest(as, client, oauth.None(), tokens.refresh_token ?? "", options),
      );
      assert.ok(refreshed.access_token);
    });

    spec(
      "DEV-01",
      "understands that its person refused, that time is over, and that a code is none",
      async () => {
        const refused = await aDevice();
        await decide(server, refused.codes.user_code, "deny");
        assert.equal(await errorOf(refused.client, refused.codes.device_code), "access_denied");
        assert.equal(await errorOf(refused.client, "vkd_junk"), "invalid_grant");
        const late = await aDevice();
        server.clock.advance(600);
        assert.equal(await errorOf(late.client, late.codes.device_code), "expired_token");
      },
    );

    spec(["DEV-01", "DPOP-01"], "binds its tokens to its key", async () => {
      const { client, codes } = await aDevice({ scope: "tools:use" });
      await decide(server, codes.user_code, "allow");
      const skewed = { [oauth.clockSkew]: server.clock.now() - now() };
      const DPoP = oauth.DPoP(skewed, await oauth.generateKeyPair("ES256"));
      const first = await poll(client, codes.device_code, { DPoP }).catch((cause: unknown) => {
        assert.ok(oauth.isDPoPNonceError(cause), String(cause));
        return poll(client, codes.device_code, { DPoP });
      });
      assert.equal(first.token_type, "dpop");
    });
  });
}
