import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { decodeJwt } from "jose";
import * as oauth from "oauth4webapi";
import { aWorld, notes, type World } from "./world.ts";

const keys = await oauth.generateKeyPair("ES256", { extractable: true });
const jwk = { ...(await crypto.subtle.exportKey("jwk", keys.publicKey)), kid: "k", alg: "ES256", use: "sig" };

describe("the assertion of oauth4webapi's private_key_jwt", () => {
  let world: World;
  let as: oauth.AuthorizationServer;
  before(async () => {
    world = await aWorld();
    const issuer = new URL(world.server.issuer);
    const found = await oauth.discoveryRequest(issuer, { algorithm: "oauth2" });
    as = {
      ...(await oauth.processDiscoveryResponse(issuer, found)),
      pushed_authorization_request_endpoint: `${world.server.issuer}/par`,
    };
  });
  after(() => world.close());

  const proof = oauth.PrivateKeyJwt({ key: keys.privateKey, kid: "k" });
  const requests: Readonly<Record<string, (client: oauth.Client) => Promise<Response>>> = {
    token: (client) =>
      oauth.clientCredentialsGrantRequest(as, client, proof, new URLSearchParams({ resource: notes })),
    refresh: (client) => oauth.refreshTokenGrantRequest(as, client, proof, "r"),
    introspection: (client) => oauth.introspectionRequest(as, client, proof, "t"),
    revocation: (client) => oauth.revocationRequest(as, client, proof, "t"),
    "pushed authorization": (client) =>
      oauth.pushedAuthorizationRequest(as, client, proof, { response_type: "code" }),
  };

  for (const [name, send] of Object.entries(requests)) {
    it(`[JWTC-01] names the issuer alone as its audience in a ${name} request`, async () => {
      const { id } = await world.server.client({
        authMethods: ["private_key_jwt"],
        grantTypes: ["client_credentials", "refresh_token"],
        introspects: [notes],
        jwks: { keys: [jwk] },
      });
      world.forget();
      const response = await send({ client_id: id });
      const [asked] = world.asked;
      assert.notEqual(asked?.url, world.server.issuer);
      const { aud, sub } = decodeJwt(new URLSearchParams(asked?.body).get("client_assertion") ?? "");
      assert.deepEqual([aud, sub], [world.server.issuer, id]);
      // Our server takes no other audience, and knows the client by it wherever it has that endpoint.
      assert.notEqual(response.status, 401);
    });
  }
});
