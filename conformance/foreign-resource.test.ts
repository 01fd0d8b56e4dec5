import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { aProofKey } from "../packages/resource/src/testing/a-proof.ts";
import { type Listening, listenFetch } from "../packages/resource/src/testing/listen.ts";
import { login, post, redeem } from "../packages/server/src/testing/a-login.ts";
import { type AServer, api, aServer, mcp } from "../packages/server/src/testing/a-server.ts";
import { aForeignResource, foreignResources } from "./foreign-resources.ts";

const now = () => Math.floor(Date.now() / 1000);
const hour = 3_600;

describe("a foreign resource server at our issuer", () => {
  let server: AServer;
  let listening: Listening;
  let jwksUri: string;
  let subject: string;
  let tokens: { machine: string; person: string; expired: string; elsewhere: string; idToken: string };
  let clientId: string;

  before(async () => {
    listening = await listenFetch((request) => server.fetchHere(request));
    server = await aServer({
      issuer: listening.origin,
      now: now() - hour,
      settings: { dpop: { requiresNonce: false } },
    });
    const metadata = await fetch(`${listening.origin}/.well-known/oauth-authorization-server`);
    jwksUri = ((await metadata.json()) as { jwks_uri: string }).jwks_uri;
    subject = (await server.person()).id;
    const expired = (await signedIn(api, "inference:read")).access_token;
    server.clock.advance(hour);
    const { access_token: person, id_token: idToken } = await signedIn(api, "openid inference:read");
    const elsewhere = (await signedIn(mcp, "tools:use")).access_token;
    tokens = { machine: (await machine()).access_token, person, expired, elsewhere, idToken };
  });
  after(async () => {
    await listening.close();
    await server.close();
  });

  async function signedIn(resource: string, scope: string) {
    const client = await server.client();
    const { status, body } = await redeem(server, client, await login(server, client, { resource, scope }));
    assert.equal(status, 200, JSON.stringify(body));
    return body;
  }

  async function machine(headers: Readonly<Record<string, string>> = {}) {
    const client = await server.client({
      authMethods: ["client_secret_post"],
      grantTypes: ["client_credentials"],
      scope: ["inference:read"],
    });
    clientId = client.id;
    const form = { grant_type: "client_credentials", client_id: client.id, client_secret: client.secret };
    const { status, body } = await post(server, "/token", { ...form, resource: api }, headers);
    assert.equal(status, 200, JSON.stringify(body));
    return body;
  }

  for (const [name, guarded] of Object.entries(foreignResources)) {
    describe(`guarded by ${name}`, () => {
      let resource: Listening;
      before(async () => {
        const told = { issuer: server.issuer, jwksUri, audience: api };
        resource = await aForeignResource(guarded(told));
      });
      after(() => resource.close());

      async function ask(headers: Readonly<Record<string, string>>) {
        const response = await fetch(`${resource.origin}/`, { headers });
        const text = await response.text();
        return { status: response.status, text };
      }
      const bearer = (token: string) => ask({ authorization: `Bearer ${token}` });

      it("[AT-02] takes our token of a machine and of a person, and knows whose they are", async () => {
        for (const [token, sub] of [
          [tokens.machine, clientId],
          [tokens.person, subject],
        ] as const) {
          const { status, text } = await bearer(token);
          assert.deepEqual([status, text], [200, JSON.stringify({ subject: sub })]);
        }
      });

      it("refuses a request without a token, and takes the next good one", async () => {
        assert.equal((await ask({})).status, 401);
        assert.equal((await bearer(tokens.machine)).status, 200);
      });

      for (const [given, token] of [
        ["for another resource", () => tokens.elsewhere],
        ["that is expired", () => tokens.expired],
        ["that is an ID token", () => tokens.idToken],
        ["that was changed", () => tokens.person.replace(/\.[^.]*\./, `.${tokens.machine.split(".")[1]}.`)],
      ] as const) {
        it(`refuses our token ${given}`, async () => {
          const { status, text } = await bearer(token());
          assert.equal(status, 401, text);
        });
      }
    });
  }

  it("[DP-02] guarded by express-oauth2-jwt-bearer takes our token that is bound to a key, with a proof only", async () => {
    const guarded = foreignResources["express-oauth2-jwt-bearer"];
    assert.ok(guarded);
    const resource = await aForeignResource(guarded({ issuer: server.issuer, jwksUri, audience: api }));
    const key = await aProofKey();
    const htu = `${server.issuer}/token`;
    const { access_token: token } = await machine({
      dpop: await key.proof({ htm: "POST", htu, iat: now() }),
    });
    const url = `${resource.origin}/`;
    const ath = createHash("sha256").update(token).digest("base64url");
    const dpop = await key.proof({ htm: "GET", htu: url, iat: now(), ath });
    const statusWith = async (headers: Readonly<Record<string, string>>) => {
      const response = await fetch(url, { headers });
      await response.body?.cancel();
      return response.status;
    };
    assert.equal(await statusWith({ authorization: `DPoP ${token}`, dpop }), 200);
    assert.ok((await statusWith({ authorization: `DPoP ${token}` })) >= 400);
    assert.ok((await statusWith({ authorization: `Bearer ${token}` })) >= 400);
    await resource.close();
  });
});
