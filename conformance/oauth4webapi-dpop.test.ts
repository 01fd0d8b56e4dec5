import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe } from "node:test";
import * as oauth from "oauth4webapi";
import { protect } from "../packages/resource/src/adapters/node.ts";
import { createGuard } from "../packages/resource/src/index.ts";
import { listen } from "../packages/server/src/http/node.ts";
import { allow } from "../packages/server/src/operations/allowances.ts";
import { everyone } from "../packages/server/src/records/role.ts";
import { ABrowser } from "../packages/server/src/testing/a-browser.ts";
import { authorizationUrl, pkce } from "../packages/server/src/testing/a-login.ts";
import { claimsOf } from "../packages/server/src/testing/a-program.ts";
import { aResource, aServer, callback, password } from "../packages/server/src/testing/a-server.ts";
import { spec } from "../packages/server/src/testing/spec.ts";
import { aTlsPlace } from "./a-tls-place.ts";

const scope = { name: "tools:use", sentence: "Use the tools", risk: "low", for: ["people"] } as const;

/** The issuer on a socket of its own behind TLS, and a place for a resource, which it knows. */
async function anIssuerAndAPlace() {
  const [front, place] = await Promise.all([aTlsPlace(), aTlsPlace()]);
  const server = await aServer({ now: Math.floor(Date.now() / 1000), issuer: front.origin });
  const options = { host: "127.0.0.1", port: 0, trustedProxies: [] };
  const listener = await listen(server.handle, server.audit, options);
  front.leadTo(listener.port);
  const resource = `${place.origin}/mcp`;
  await server.store.resources.add(aResource({ identifier: resource, scopes: [scope], createdAt: 2 }));
  await allow(server.store.roles, everyone, [{ resource, scope: scope.name }]);
  await server.person();
  return {
    server,
    place,
    resource,
    async close() {
      await Promise.all([front.close(), place.close()]);
      await listener.close(1_000);
      await server.close();
    },
  };
}

describe("oauth4webapi with DPoP and nonces", () => {
  spec(
    ["DPOP-01", "DP-01", "DP-02", "CL-18", "O21-AS-31-BOUND", "BCP-05"],
    "binds a code to its key, is sent back for a nonce once at each server, calls, refreshes and asks who it is",
    async () => {
      const { server, place, resource, close } = await anIssuerAndAPlace();
      const registered = await server.client({ boundTokens: true });
      const issuer = new URL(server.issuer);
      const discovered = await oauth.discoveryRequest(issuer, { algorithm: "oauth2" });
      const as = await oauth.processDiscoveryResponse(issuer, discovered);
      const client: oauth.Client = {
        client_id: registered.id,
        id_token_signed_response_alg: "ES256",
      };
      const keys = await oauth.generateKeyPair("ES256");
      const DPoP = oauth.DPoP(client, keys);
      const jkt = await DPoP.calculateThumbprint();

      let sentBack = 0;
      /** As the library's own examples do it: one more time, with the nonce that it has learnt. */
      async function twice<T>(attempt: () => Promise<T>): Promise<T> {
        try {
          return await attempt();
        } catch (thrown) {
          if (!oauth.isDPoPNonceError(thrown)) throw thrown;
          sentBack += 1;
          return await attempt();
        }
      }

      const { verifier, challenge } = pkce();
      const asked = { code_challenge: challenge, dpop_jkt: jkt, resource, scope: "openid email tools:use" };
      const browser = new ABrowser({
        issuer: server.issuer,
        fetchHere: (url, init) => fetch(url, { ...init, redirect: "manual" }),
      });
      const url = authorizationUrl(server, registered, asked);
      const answer = await browser.approve(url, { email: "ada@example.com", password });
      const parameters = oauth.validateAuthResponse(as, client, answer, "state-1");
      const tokens = await twice(async () =>
        oauth.processAuthorizationCodeResponse(
          as,
          client,
          await oauth.authorizationCodeGrantRequest(
            as,
            client,
            oauth.None(),
            parameters,
            callback,
            verifier,
            { DPoP },
          ),
        ),
      );
      assert.deepEqual([tokens.token_type, sentBack], ["dpop", 1]);
      assert.deepEqual(claimsOf(tokens.access_token).cnf, { jkt });

      const refreshed = await twice(async () =>
        oauth.processRefreshTokenResponse(
          as,
          client,
          await oauth.refreshTokenGrantRequest(as, client, oauth.None(), tokens.refresh_token ?? "", {
            DPoP,
          }),
        ),
      );
      const token = refreshed.access_token;
      const sub = String(claimsOf(token).sub);
      const who = await twice(async () =>
        oauth.processUserInfoResponse(
          as,
          client,
          sub,
          await oauth.userInfoRequest(as, client, token, { DPoP }),
        ),
      );
      assert.deepEqual([who.email, sentBack], ["ada@example.com", 1]);

      const guard = createGuard({
        issuer: server.issuer,
        resource,
        dpop: { required: true, nonces: true },
      });
      const guarded = createServer(
        protect((_, outgoing, caller) => outgoing.end(caller.subject), guard, { needed: ["tools:use"] }),
      ).listen(0, "127.0.0.1");
      await once(guarded, "listening");
      place.leadTo((guarded.address() as AddressInfo).port);
      const call = () =>
        twice(() =>
          oauth.protectedResourceRequest(token, "GET", new URL(resource), undefined, undefined, { DPoP }),
        );
      assert.equal(await (await call()).text(), sub);
      assert.equal(await (await call()).text(), sub);
      assert.equal(sentBack, 2);
      guarded.close();
      guarded.closeAllConnections();
      await close();
    },
  );
});
