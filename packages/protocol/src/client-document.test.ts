import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type ClientIdUrlFault, clientIdUrlFault, requireDocument } from "./client-document.ts";

const url = "https://app.example.com/oauth/client.json";
const good = { client_id: url, client_name: "Notes", redirect_uris: ["https://app.example.com/callback"] };
const jwks = { keys: [{ kty: "RSA", n: "n", e: "AQAB" }] };

function accepted(json: unknown) {
  return requireDocument(json, { url, appRedirects: [] });
}

describe("client_id URLs", () => {
  for (const [client, loopback] of [
    ["https://claude.ai/oauth/claude-code-client-metadata", false],
    ["https://app.example.com/", false],
    ["https://app.example.com:8443/client.json", false],
    ["https://app.example.com:443/client.json", false],
    ["https://app.example.com/client.json?v=1", false],
    ["http://127.0.0.1:4000/client.json", true],
    ["http://localhost:4000/client.json", true],
    ["http://[::1]:4000/client.json", true],
  ] as const) {
    it(`[CIMD-01 MCP-AS-06] may be ${client}${loopback ? " on a development server" : ""}`, () => {
      assert.equal(clientIdUrlFault(client, { loopback }), undefined);
    });
  }

  const faults: readonly { client: string; fault: ClientIdUrlFault }[] = [
    { client: `${url}${"a".repeat(2_000)}`, fault: "length" },
    { client: "", fault: "characters" },
    { client: `${url} `, fault: "characters" },
    { client: "https:\\\\app.example.com\\client.json", fault: "characters" },
    { client: "https://app.example.com/cl\u00EFent", fault: "characters" },
    { client: `${url}#x`, fault: "fragment" },
    { client: `${url}#`, fault: "fragment" },
    { client: "client-7", fault: "malformed" },
    { client: "https:/app.example.com/client.json", fault: "malformed" },
    { client: `${url}%`, fault: "malformed" },
    { client: "http://app.example.com/client.json", fault: "scheme" },
    { client: "http://localhost.evil.com/client.json", fault: "scheme" },
    { client: "ftp://localhost/client.json", fault: "scheme" },
    { client: "https://user@app.example.com/client.json", fault: "userinfo" },
    { client: "https://app.example.com./client.json", fault: "host" },
    { client: "https:///client.json", fault: "host" },
    { client: "https://app.example.com:/client.json", fault: "port" },
    { client: "https://app.example.com:0x50/client.json", fault: "port" },
    { client: "https://app.example.com", fault: "path" },
    { client: "https://app.example.com?x", fault: "path" },
    { client: "https://app.example.com/a/../client.json", fault: "path" },
    { client: "https://app.example.com/./client.json", fault: "path" },
    { client: "https://app.example.com/%2e%2e/client.json", fault: "path" },
    { client: "HTTPS://app.example.com/client.json", fault: "scheme" },
    { client: "https://APP.example.com/client.json", fault: "host" },
    { client: "https://2130706433/client.json", fault: "spelling" },
    { client: "https://0177.0.0.1/client.json", fault: "spelling" },
    { client: "https://0x7f.1:443/client.json", fault: "spelling" },
  ];
  for (const { client, fault } of faults) {
    it(`[CIMD-01] may not be ${JSON.stringify(client.slice(0, 60))}: ${fault}`, () => {
      assert.equal(clientIdUrlFault(client, { loopback: true }), fault);
    });
  }

  it("[CIMD-01 CIMD-03] may be http on loopback on a development server only", () => {
    assert.equal(clientIdUrlFault("http://127.0.0.1:4000/client.json", { loopback: false }), "scheme");
  });
});

describe("client ID metadata documents", () => {
  it("[MCP-AS-08] takes a document with the three members that it must have", () => {
    const read = accepted(good);
    assert.equal(read.clientName, "Notes");
    assert.deepEqual(read.redirectUris, good.redirect_uris);
    assert.deepEqual(read.tokenEndpointAuthMethods, ["none"]);
    assert.deepEqual(read.grantTypes, ["authorization_code"]);
  });

  it("[CIMD-13 DEV-01] takes a document of a device that only shows codes, without a redirect", () => {
    const { redirect_uris: _, ...rest } = good;
    const read = accepted({ ...rest, grant_types: ["urn:ietf:params:oauth:grant-type:device_code"] });
    assert.deepEqual(read.redirectUris, []);
    assert.throws(() => accepted(rest), { code: "invalid_client_metadata" });
  });

  it("[CL-03 CIMD-13] takes a document in the form that ChatGPT publishes", () => {
    const read = accepted({
      ...good,
      token_endpoint_auth_methods_supported: ["none", "private_key_jwt"],
      jwks_uri: "https://app.example.com/oauth/jwks.json",
      grant_types: ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:jwt-bearer"],
    });
    assert.deepEqual(read.tokenEndpointAuthMethods, ["none", "private_key_jwt"]);
    assert.deepEqual(read.grantTypes, ["authorization_code", "refresh_token"]);
  });

  for (const { given, json, methods } of [
    { given: "no method", json: {}, methods: ["none"] },
    { given: "none", json: { token_endpoint_auth_method: "none" }, methods: ["none"] },
    {
      given: "only private_key_jwt",
      json: { token_endpoint_auth_method: "private_key_jwt", jwks },
      methods: ["private_key_jwt"],
    },
    {
      given: "none and methods that do not exist here",
      json: { token_endpoint_auth_methods_supported: ["tls_client_auth", "client_secret_basic", "none"] },
      methods: ["none"],
    },
    {
      given: "none and private_key_jwt without keys",
      json: { token_endpoint_auth_methods_supported: ["none", "private_key_jwt"] },
      methods: ["none"],
    },
  ]) {
    it(`[CIMD-07 CL-03 SEP-3149] reads ${given} as ${methods}`, () => {
      assert.deepEqual(accepted({ ...good, ...json }).tokenEndpointAuthMethods, methods);
    });
  }

  for (const { given, json, refusal } of [
    { given: "no client_id", json: { client_id: undefined }, refusal: "document.invalid" },
    { given: "another client_id", json: { client_id: `${url}?` }, refusal: "document.invalid" },
    {
      given: "a client_id in another case",
      json: { client_id: url.replace("app", "APP") },
      refusal: "document.invalid",
    },
    {
      given: "a client_id with the default port",
      json: { client_id: url.replace(".com", ".com:443") },
      refusal: "document.invalid",
    },
    { given: "a client_id that is a list", json: { client_id: [url] }, refusal: "document.invalid" },
    { given: "no name", json: { client_name: undefined }, refusal: "document.invalid" },
    { given: "a blank name", json: { client_name: "  " }, refusal: "document.invalid" },
    { given: "no redirects", json: { redirect_uris: undefined }, refusal: "document.invalid" },
    { given: "an empty list of redirects", json: { redirect_uris: [] }, refusal: "document.invalid" },
    { given: "a secret", json: { client_secret: "s" }, refusal: "metadata.secret" },
    { given: "an empty secret", json: { client_secret: "" }, refusal: "metadata.secret" },
    { given: "a secret's end", json: { client_secret_expires_at: 0 }, refusal: "metadata.secret" },
    {
      given: "a private key",
      json: { jwks: { keys: [{ kty: "RSA", n: "n", e: "AQAB", d: "d" }] } },
      refusal: "metadata.secret",
    },
    {
      given: "a secret as method",
      json: { token_endpoint_auth_method: "client_secret_basic" },
      refusal: "metadata.auth-method",
    },
    {
      given: "a secret as method beside none",
      json: {
        token_endpoint_auth_method: "client_secret_jwt",
        token_endpoint_auth_methods_supported: ["none"],
      },
      refusal: "metadata.auth-method",
    },
    {
      given: "no method in common",
      json: { token_endpoint_auth_methods_supported: ["tls_client_auth"] },
      refusal: "metadata.auth-method",
    },
    {
      given: "private_key_jwt without keys",
      json: { token_endpoint_auth_method: "private_key_jwt" },
      refusal: "metadata.auth-method",
    },
    {
      given: "machine grants alone",
      json: { grant_types: ["client_credentials"] },
      refusal: "registration.confidential",
    },
    {
      given: "the implicit response alone",
      json: { response_types: ["token"] },
      refusal: "metadata.malformed",
    },
  ]) {
    it(`[CIMD-02 CIMD-06 MCP-AS-07 MCP-AS-08] refuses ${given}`, () => {
      assert.throws(() => accepted({ ...good, ...json }), { code: "invalid_client_metadata", refusal });
    });
  }

  for (const { given, json } of [
    { given: "a list", json: [good] },
    { given: "a text", json: url },
    { given: "null", json: null },
  ]) {
    it(`[MCP-AS-08] refuses ${given} as document`, () => {
      assert.throws(() => accepted(json), { code: "invalid_client_metadata", refusal: "metadata.malformed" });
    });
  }

  it("[CIMD-02] does not take a client_id from a prototype", () => {
    const json: unknown = JSON.parse(`{"__proto__":${JSON.stringify(good)}}`);
    assert.throws(() => accepted(json), { refusal: "document.invalid" });
  });

  it("[MCP-AS-20] refuses a document with a dangerous redirect, and leaves an unlisted app scheme out", () => {
    const redirect_uris = [...good.redirect_uris, "cursor://x/y"];
    assert.deepEqual(accepted({ ...good, redirect_uris }).redirectUris, good.redirect_uris);
    assert.throws(() => accepted({ ...good, redirect_uris: [...redirect_uris, "http://evil.example/"] }), {
      code: "invalid_redirect_uri",
    });
  });
});
