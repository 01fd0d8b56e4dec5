import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseClientMetadata } from "./client-metadata.ts";
import { requireRegistrable } from "./client-registration.ts";
import { deviceCodeGrant } from "./device-code.ts";

const web = "https://www.cursor.com/agents/mcp/oauth/callback";
const loopback = "http://localhost:8787/callback";
const app = "cursor://anysphere.cursor-mcp/oauth/callback";
const jwks = { keys: [{ kty: "EC", crv: "P-256", x: "x", y: "y" }] };

function registered(json: Record<string, unknown>, appRedirects: readonly string[] = []) {
  return requireRegistrable(parseClientMetadata({ redirect_uris: [web], ...json }), { appRedirects });
}

describe("dynamic registration", () => {
  for (const { given, redirect_uris, listed, application_type, kept } of [
    {
      given: "a mixed list, its app scheme unlisted",
      redirect_uris: [app, web, loopback],
      kept: [web, loopback],
    },
    {
      given: "a mixed list, its app scheme listed",
      redirect_uris: [app, web],
      listed: [app],
      kept: [app, web],
    },
    { given: "loopback without a stated type", redirect_uris: [loopback], kept: [loopback] },
    {
      given: "loopback of a native client",
      redirect_uris: [loopback],
      application_type: "native",
      kept: [loopback],
    },
    { given: "https of a native client", redirect_uris: [web], application_type: "native", kept: [web] },
    { given: "https of a web client", redirect_uris: [web], application_type: "web", kept: [web] },
    {
      given: "both kinds of a web client",
      redirect_uris: [web, loopback],
      application_type: "web",
      kept: [web],
    },
    { given: "both kinds without a stated type", redirect_uris: [web, loopback], kept: [web, loopback] },
  ]) {
    it(`[CL-04 MCP-AS-25 DCR-02] keeps of ${given} what is acceptable`, () => {
      assert.deepEqual(registered({ redirect_uris, application_type }, listed).redirectUris, kept);
    });
  }

  for (const { given, redirect_uris, application_type } of [
    { given: "a script beside a good URI", redirect_uris: [web, "javascript:alert(1)"] },
    { given: "a document beside a good URI", redirect_uris: [web, "data:text/html,x"] },
    { given: "plain http beside a good URI", redirect_uris: [web, "http://evil.example/cb"] },
    { given: "a fragment beside a good URI", redirect_uris: [web, `${web}#x`] },
    { given: "a wildcard beside a good URI", redirect_uris: [web, "https://*.example.com/cb"] },
    { given: "a user beside a good URI", redirect_uris: [web, "https://u@a.example/cb"] },
    { given: "an unlisted app scheme alone", redirect_uris: [app] },
    { given: "loopback alone for a web client", redirect_uris: [loopback], application_type: "web" },
    { given: "an empty list", redirect_uris: [] },
    { given: "no list", redirect_uris: undefined },
  ]) {
    it(`[DCR-01 DCR-02 MCP-AS-20 MCP-AS-25] refuses ${given}`, () => {
      assert.throws(() => registered({ redirect_uris, application_type }), {
        code: "invalid_redirect_uri",
        refusal: "redirect-uri.forbidden",
      });
    });
  }

  for (const { given, json, methods } of [
    { given: "no method", json: {}, methods: ["none"] },
    { given: "none", json: { token_endpoint_auth_method: "none" }, methods: ["none"] },
    {
      given: "a secret in the body",
      json: { token_endpoint_auth_method: "client_secret_post" },
      methods: ["none"],
    },
    {
      given: "a secret in the header",
      json: { token_endpoint_auth_method: "client_secret_basic" },
      methods: ["none"],
    },
    {
      given: "its own key",
      json: { token_endpoint_auth_method: "private_key_jwt", jwks },
      methods: ["private_key_jwt"],
    },
    {
      given: "its own key at an address",
      json: { token_endpoint_auth_method: "private_key_jwt", jwks_uri: "https://a.example/jwks" },
      methods: ["private_key_jwt"],
    },
    {
      given: "a key that it lacks, or none",
      json: { token_endpoint_auth_methods_supported: ["private_key_jwt", "none"] },
      methods: ["none"],
    },
    {
      given: "a secret or none",
      json: { token_endpoint_auth_methods_supported: ["client_secret_basic", "none"] },
      methods: ["none"],
    },
  ]) {
    it(`[DCR-02 O21-AS-41] makes a client that asks for ${given} authenticate by ${methods}`, () => {
      assert.deepEqual(registered(json).tokenEndpointAuthMethods, methods);
    });
  }

  for (const { given, json, refusal } of [
    {
      given: "private_key_jwt without keys",
      json: { token_endpoint_auth_method: "private_key_jwt" },
      refusal: "metadata.auth-method",
    },
    {
      given: "private_key_jwt with an empty key set",
      json: { token_endpoint_auth_method: "private_key_jwt", jwks: { keys: [] } },
      refusal: "metadata.auth-method",
    },
    {
      given: "a method that does not exist here",
      json: { token_endpoint_auth_method: "tls_client_auth" },
      refusal: "metadata.auth-method",
    },
    {
      given: "machine grants alone",
      json: { grant_types: ["client_credentials"] },
      refusal: "registration.confidential",
    },
    { given: "unknown grants alone", json: { grant_types: ["implicit"] }, refusal: "metadata.malformed" },
    {
      given: "the implicit response alone",
      json: { response_types: ["token"] },
      refusal: "metadata.malformed",
    },
  ]) {
    it(`[DCR-01 O21-AS-43] refuses ${given}`, () => {
      assert.throws(() => registered(json), { code: "invalid_client_metadata", refusal });
    });
  }

  it("[CC-02 O21-AS-27] leaves machine grants out and keeps those of people", () => {
    const grant_types = ["authorization_code", "client_credentials", "refresh_token"];
    assert.deepEqual(registered({ grant_types }).grantTypes, ["authorization_code", "refresh_token"]);
  });

  it("[DCR-01 DEV-01] takes a device that only shows codes, with no redirect, and gives it no response type", () => {
    const grant_types = [deviceCodeGrant, "refresh_token", "client_credentials"];
    for (const redirect_uris of [undefined, [], [web], ["javascript:alert(1)"]]) {
      const read = registered({ redirect_uris, grant_types, response_types: [] });
      assert.deepEqual(read.grantTypes, ["refresh_token", deviceCodeGrant]);
      assert.deepEqual([read.redirectUris, read.responseTypes], [[], []]);
    }
  });

  it("[DCR-01] needs a redirect and the code response where the device grant stands beside authorization_code", () => {
    const grant_types = [deviceCodeGrant, "authorization_code"];
    assert.throws(() => registered({ redirect_uris: [], grant_types }), { code: "invalid_redirect_uri" });
    assert.throws(() => registered({ response_types: [], grant_types }), { code: "invalid_client_metadata" });
  });

  it("[O21-AS-43] leaves every response type but code out", () => {
    assert.deepEqual(registered({ response_types: ["code", "code id_token", "token"] }).responseTypes, [
      "code",
    ]);
  });

  it("leaves post-logout redirects out that could not be redirects", () => {
    const post_logout_redirect_uris = [
      "https://a.example/bye",
      "javascript:alert(1)",
      "http://a.example/bye",
    ];
    assert.deepEqual(registered({ post_logout_redirect_uris }).postLogoutRedirectUris, [
      "https://a.example/bye",
    ]);
  });
});
