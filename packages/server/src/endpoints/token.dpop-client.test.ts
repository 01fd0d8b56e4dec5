import assert from "node:assert/strict";
import { describe } from "node:test";
import { createGuard } from "@valetkey/resource";
import * as oauth from "oauth4webapi";
import { ABrowser } from "../testing/a-browser.ts";
import { authorizationUrl, pkce } from "../testing/a-login.ts";
import { claimsOf } from "../testing/a-program.ts";
import { aServer, callback, mcp, password } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

describe("oauth4webapi with DPoP and nonces", () => {
  spec(
    ["DPOP-01", "DP-01", "DP-02", "CL-18", "O21-AS-31-BOUND", "BCP-05"],
    "binds a code to its key, is sent back for a nonce once at each server, calls, refreshes and asks who it is",
    async () => {
      const server = await aServer({ now: Math.floor(Date.now() / 1000) });
      const registered = await server.client({ boundTokens: true });
      await server.person();
      const options = {
        [oauth.customFetch]: (url: string, init: unknown) => server.fetchHere(url, init as RequestInit),
      };
      const issuer = new URL(server.issuer);
      const discovered = await oauth.discoveryRequest(issuer, { ...options, algorithm: "oauth2" });
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
      const asked = { code_challenge: challenge, dpop_jkt: jkt, scope: "openid email tools:use" };
      const browser = new ABrowser(server);
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
            {
              ...options,
              DPoP,
            },
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
            ...options,
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
          await oauth.userInfoRequest(as, client, token, { ...options, DPoP }),
        ),
      );
      assert.deepEqual([who.email, sentBack], ["ada@example.com", 1]);

      const guard = createGuard({
        issuer: server.issuer,
        resource: mcp,
        dpop: { required: true, nonces: true },
        fetch: (asks, init) => server.fetchHere(asks, init),
      });
      const call = () =>
        twice(() =>
          oauth.protectedResourceRequest(token, "GET", new URL(mcp), undefined, undefined, {
            DPoP,
            async [oauth.customFetch](asks: string, init: unknown) {
              const { caller } = await letIn(new Request(asks, init as RequestInit));
              return caller instanceof Response ? caller : new Response(caller.subject);
            },
          }),
        );
      const letIn = async (request: Request) => ({ caller: await guard.guard(request, ["tools:use"]) });
      assert.equal(await (await call()).text(), sub);
      assert.equal(await (await call()).text(), sub);
      assert.equal(sentBack, 2);
      await server.close();
    },
  );
});
