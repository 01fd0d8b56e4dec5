import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { deviceCodeGrant } from "@valetkey/protocol/device-code";
import { tokenExchangeGrant } from "@valetkey/protocol/token-exchange";
import { hashSecret } from "../tokens/secret.ts";
import { type AskedClient, clientFaults, newClient } from "./new-client.ts";
import { rotateSecret } from "./rotate-secret.ts";

const now = 1_800_000_000;

function asked(about: Partial<AskedClient> = {}): AskedClient {
  return {
    ...{
      id: undefined,
      name: "App",
      redirectUris: [],
      postLogoutRedirectUris: [],
      authMethods: [],
      grantTypes: [],
    },
    ...{ scope: null, introspects: [], jwks: null, jwksUri: null, ...about },
  };
}

const machine: Partial<AskedClient> = { authMethods: ["client_secret_basic"], scope: ["inference:read"] };

describe("a client of an operator", () => {
  for (const { given, about, grants } of [
    {
      given: "a redirect",
      about: { redirectUris: ["http://localhost/cb"] },
      grants: ["authorization_code", "refresh_token"],
    },
    { given: "a secret and a ceiling", about: machine, grants: ["client_credentials"] },
    {
      given: "an app's own scheme",
      about: { redirectUris: ["myapp://cb"] },
      grants: ["authorization_code", "refresh_token"],
    },
    {
      given: "nothing but codes to show",
      about: { grantTypes: [deviceCodeGrant, "refresh_token"] },
      grants: [deviceCodeGrant, "refresh_token"],
    },
    {
      given: "nothing but introspection",
      about: { authMethods: ["client_secret_post"] as const, introspects: ["https://mcp.example.com"] },
      grants: [],
    },
  ] satisfies { given: string; about: Partial<AskedClient>; grants: readonly string[] }[]) {
    it(`with ${given} gets the grants ${grants.join(" ") || "none"}`, () => {
      assert.deepEqual(clientFaults(asked(about)), []);
      assert.deepEqual(newClient(asked(about), now).client.grantTypes, grants);
    });
  }

  for (const { given, about, at } of [
    {
      given: "a machine without a ceiling",
      about: { ...machine, scope: null, grantTypes: ["client_credentials"] },
      at: ["scope"],
    },
    {
      given: "a public machine",
      about: { ...machine, authMethods: [], grantTypes: ["client_credentials"] },
      at: ["confidential"],
    },
    { given: "an app without a redirect", about: {}, at: ["redirect-uri"] },
    {
      given: "a refresh token without a code",
      about: { ...machine, grantTypes: ["refresh_token"] },
      at: ["grant"],
    },
    {
      given: "a redirect that a device never uses",
      about: { redirectUris: ["http://localhost/cb"], grantTypes: [deviceCodeGrant] },
      at: ["grant"],
    },
    { given: "the id of an account", about: { ...machine, id: "acc_x" }, at: ["id"] },
    { given: "a URL as id", about: { ...machine, id: "HTTPS://a.example/c" }, at: ["id"] },
    { given: "a scope of two words", about: { ...machine, scope: ["a b"] }, at: ["scope"] },
    {
      given: "keys without private_key_jwt",
      about: { ...machine, jwksUri: "https://a.example/j" },
      at: ["auth-method"],
    },
    {
      given: "a scheme that runs code",
      about: { redirectUris: ["javascript:alert(1)"] },
      at: ["redirect-uri"],
    },
    {
      given: "a grace of more than a day",
      about: { redirectUris: ["http://localhost/cb"], refreshGrace: 86_401 },
      at: ["refresh-grace"],
    },
    {
      given: "a public client that acts for others",
      about: { grantTypes: [tokenExchangeGrant], actsAt: ["https://a.example"] },
      at: ["confidential"],
    },
    {
      given: "a client that may act for others nowhere",
      about: { ...machine, grantTypes: [tokenExchangeGrant] },
      at: ["acts-at"],
    },
    {
      given: "a place to act for others without the grant for it",
      about: { ...machine, grantTypes: ["client_credentials"], actsAt: ["https://a.example"] },
      at: ["acts-at"],
    },
    { given: "public introspection", about: { introspects: ["https://a.example"] }, at: ["confidential"] },
  ] satisfies { given: string; about: Partial<AskedClient>; at: readonly string[] }[]) {
    it(`is refused with ${given}`, () => {
      assert.deepEqual(
        clientFaults(asked(about)).map((fault) => fault.about),
        at,
      );
    });
  }

  it("has a refresh grace of its own only where the operator gave one", () => {
    const app = { redirectUris: ["http://localhost/cb"] };
    assert.equal("refreshGrace" in newClient(asked(app), now).client, false);
    for (const refreshGrace of [0, 86_400]) {
      assert.deepEqual(clientFaults(asked({ ...app, refreshGrace })), []);
      assert.equal(newClient(asked({ ...app, refreshGrace }), now).client.refreshGrace, refreshGrace);
    }
  });

  it("acts for others only where the operator said so", () => {
    assert.equal("actsAt" in newClient(asked({ ...machine, actsAt: [] }), now).client, false);
    const acting = { authMethods: ["client_secret_basic"], actsAt: ["https://a.example"] } as const;
    assert.deepEqual(clientFaults(asked(acting)), []);
    const { client } = newClient(asked(acting), now);
    assert.deepEqual([client.actsAt, client.grantTypes], [["https://a.example"], [tokenExchangeGrant]]);
    assert.deepEqual(newClient(asked({ ...acting, ...machine }), now).client.grantTypes, [
      "client_credentials",
      tokenExchangeGrant,
    ]);
  });

  it("keeps only the hash of its secret, and a public one has none", () => {
    const { client, secret } = newClient(asked(machine), now);
    assert.ok(secret);
    assert.ok(secret.startsWith("vks_"));
    assert.deepEqual(client.secrets, [{ hash: hashSecret(secret), createdAt: now, expiresAt: null }]);
    assert.ok(!JSON.stringify(client).includes(secret));
    const open = newClient(asked({ redirectUris: ["http://localhost/cb"] }), now);
    assert.deepEqual([open.secret, open.client.secrets, open.client.authMethods], [undefined, [], ["none"]]);
  });
});

describe("rotating a secret", () => {
  const { client } = newClient(asked(machine), now);
  const [first] = client.secrets;

  it("lets the old one live for the overlap, and never longer than it already had", () => {
    const once = rotateSecret(client, 100, now + 10);
    assert.deepEqual(
      once.client.secrets.map(({ expiresAt }) => expiresAt),
      [null, now + 110],
    );
    const twice = rotateSecret(once.client, 1_000, now + 20);
    assert.deepEqual(
      twice.client.secrets.map(({ expiresAt }) => expiresAt),
      [null, now + 1_020, now + 110],
    );
    assert.equal(twice.client.secrets[2]?.hash, first?.hash);
    assert.equal(twice.oldUntil, now + 1_020);
  });

  it("drops what is over, and everything old without an overlap", () => {
    const once = rotateSecret(client, 100, now);
    assert.equal(rotateSecret(once.client, 50, now + 100).client.secrets.length, 2);
    const cut = rotateSecret(once.client, 0, now + 1);
    assert.deepEqual([cut.client.secrets.length, cut.oldUntil], [1, null]);
  });
});
