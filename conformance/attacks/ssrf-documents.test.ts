import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { describe } from "node:test";
import { SignJWT } from "jose";
import { answering, jsonType } from "../../packages/server/src/adapters/outbound/fixtures/fetched.ts";
import { httpListener } from "../../packages/server/src/adapters/outbound/fixtures/listener.ts";
import { outbound } from "../../packages/server/src/adapters/outbound/outbound.ts";
import type { Outbound } from "../../packages/server/src/ports/outbound.ts";
import { ABrowser } from "../../packages/server/src/testing/a-browser.ts";
import { authorizationUrl, pkce, post } from "../../packages/server/src/testing/a-login.ts";
import {
  type AServer,
  aServer,
  callback,
  clientKeyPair,
  password,
} from "../../packages/server/src/testing/a-server.ts";
import { spec } from "../../packages/server/src/testing/spec.ts";
import { issuer } from "./plan.ts";
import { aTrap, spellings } from "./trap.ts";

function tokenForm(clientId: string): Record<string, string> {
  return { grant_type: "refresh_token", client_id: clientId, refresh_token: "vkr_x" };
}

/** The internet as far as one document; whatever else is asked for goes through the real adapter. */
function internetWith(documents: Readonly<Record<string, object>>, real: Outbound) {
  const asked: string[] = [];
  const fetchJson: Outbound["fetchJson"] = async (url, limits) => {
    asked.push(url);
    const json = documents[url];
    if (json === undefined) return await real.fetchJson(url, limits);
    return { status: "ok", json, bytes: 100, freshFor: 0, etag: undefined };
  };
  return { asked, fetchJson };
}

const clientId = "https://client.example/client.json";
const document = { client_id: clientId, client_name: "A client", redirect_uris: [callback] };

describe("an otherwise good document that points into the server's own network", () => {
  const keys = clientKeyPair();

  async function assertion(id: string): Promise<Record<string, string>> {
    const jwt = new SignJWT({ jti: crypto.randomUUID() })
      .setProtectedHeader({ alg: "ES256", kid: "key-1" })
      .setIssuer(id)
      .setSubject(id)
      .setAudience(issuer);
    const now = Math.floor(Date.now() / 1000);
    const signed = await jwt
      .setIssuedAt(now)
      .setExpirationTime(now + 60)
      .sign(keys.privateKey);
    const type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    return { ...tokenForm(id), client_assertion_type: type, client_assertion: signed };
  }

  async function aRunning(t: TestContext, internet: Outbound): Promise<AServer> {
    const server = await aServer({ issuer, outbound: internet, now: Math.floor(Date.now() / 1000) });
    t.after(() => server.close());
    return server;
  }

  spec(
    ["I2-SSRF", "CIMD-03"],
    "its jwks_uri, in every spelling: nothing arrives, no answer tells why",
    async (t) => {
      const trap = await aTrap(t);
      let reached = 0;
      for (const spelling of spellings) {
        const jwksUri = `https://${spelling}:${trap.port}/jwks.json`;
        const by = { token_endpoint_auth_method: "private_key_jwt", jwks_uri: jwksUri };
        const internet = internetWith({ [clientId]: { ...document, ...by } }, outbound({ deadline: 1 }));
        const server = await aRunning(t, internet);
        const { status, body } = await post(server, "/token", await assertion(clientId));
        assert.deepEqual(
          { status, body },
          {
            status: 401,
            body: { error: "invalid_client", error_description: "Client authentication failed." },
          },
        );
        if (internet.asked.includes(jwksUri)) reached++;
      }
      assert.equal(await trap.arrived(), 0);
      assert.ok(reached > 5, `only ${reached} of them came as far as the fetch`);
    },
  );

  spec(
    ["I2-SSRF", "CIMD-03"],
    "a registered client's jwks_uri, in every spelling: nothing arrives",
    async (t) => {
      const trap = await aTrap(t);
      const internet = internetWith({}, outbound({ deadline: 1 }));
      const server = await aRunning(t, internet);
      for (const spelling of spellings) {
        const jwksUri = `https://${spelling}:${trap.port}/jwks.json`;
        const { id } = await server.client({ authMethods: ["private_key_jwt"], jwksUri });
        assert.equal((await post(server, "/token", await assertion(id))).status, 401);
        assert.ok(internet.asked.includes(jwksUri));
      }
      assert.equal(await trap.arrived(), 0);
    },
  );

  spec(
    ["I2-SSRF", "CIMD-03"],
    "control: with allowLoopback the keys are fetched and prove the client",
    async (t) => {
      const trap = await httpListener(t, answering(jsonType, JSON.stringify({ keys: [keys.jwk] })));
      const jwksUri = `http://127.0.0.1:${trap.port}/jwks.json`;
      const server = await aRunning(t, internetWith({}, outbound({ allowLoopback: true })));
      const { id } = await server.client({ authMethods: ["private_key_jwt"], jwksUri });
      const { body } = await post(server, "/token", await assertion(id));
      assert.equal(body.error, "invalid_grant");
      assert.equal(trap.arrived.connections, 1);
    },
  );

  spec(
    ["I2-SSRF", "CIMD-03", "CIMD-08"],
    "its logo_uri, in every spelling, is neither fetched nor put on a page",
    async (t) => {
      const trap = await aTrap(t);
      for (const spelling of spellings) {
        const logoUri = `https://${spelling}:${trap.port}/logo.png`;
        const internet = internetWith(
          { [clientId]: { ...document, logo_uri: logoUri } },
          outbound({ deadline: 1 }),
        );
        const server = await aRunning(t, internet);
        const browser = new ABrowser(server);
        const { challenge } = pkce();
        const url = authorizationUrl(server, { id: clientId }, { code_challenge: challenge });
        const signIn = await browser.open(url);
        if (signIn.status === 200) {
          const { email } = await server.person();
          const consent = await browser.submit(signIn, { email, password });
          assert.equal(consent.status, 200);
          for (const { body } of [signIn, consent]) assert.doesNotMatch(body, /logo\.png/);
        }
        assert.deepEqual(
          internet.asked.filter((asked) => asked !== clientId),
          [],
        );
      }
      assert.equal(await trap.arrived(), 0);
    },
  );

  spec(
    ["I2-SSRF", "CIMD-04"],
    "a name that turns to loopback between check and connect, and for every later request",
    async (t) => {
      const trap = await aTrap(t);
      let asked = 0;
      const resolver = async () => (asked++ === 0 ? ["3ffe::1"] : ["127.0.0.1"]); // the ended 6bone: public, and routed to nobody
      const server = await aRunning(t, outbound({ resolver, deadline: 0.3 }));
      const faces = [];
      for (let turn = 0; turn < 3; turn++) {
        const { status, body } = await post(
          server,
          "/token",
          tokenForm(`https://localhost.example:${trap.port}/c.json`),
        );
        faces.push({ status, body });
      }
      assert.deepEqual(faces, [faces[0], faces[0], faces[0]]);
      assert.equal(asked, 3);
      assert.equal(await trap.arrived(), 0);
    },
  );
});
