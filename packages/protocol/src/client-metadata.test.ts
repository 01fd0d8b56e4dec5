import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseClientMetadata } from "./client-metadata.ts";

describe("client metadata", () => {
  it("reads every member that it knows", () => {
    const read = parseClientMetadata({
      client_name: " Notes ",
      redirect_uris: ["https://a.example/cb", "https://a.example/cb"],
      post_logout_redirect_uris: ["https://a.example/bye"],
      grant_types: ["refresh_token", "authorization_code"],
      response_types: ["code"],
      token_endpoint_auth_method: "none",
      application_type: "native",
      scope: "b a b",
      jwks: { keys: [{ kty: "EC", crv: "P-256", x: "x", y: "y", kid: "1" }] },
      logo_uri: "https://a.example/logo.png",
      client_uri: "http://a.example/",
      tos_uri: "https://a.example/tos",
      policy_uri: "https://a.example/policy",
      software_id: "notes",
      software_version: "1",
      contacts: ["dev@a.example"],
      dpop_bound_access_tokens: true,
    });
    assert.deepEqual(read, {
      clientName: "Notes",
      redirectUris: ["https://a.example/cb"],
      postLogoutRedirectUris: ["https://a.example/bye"],
      grantTypes: ["authorization_code", "refresh_token"],
      responseTypes: ["code"],
      tokenEndpointAuthMethods: ["none"],
      applicationType: "native",
      scope: ["b", "a"],
      jwks: { keys: [{ kty: "EC", crv: "P-256", x: "x", y: "y", kid: "1" }] },
      jwksUri: undefined,
      logoUri: "https://a.example/logo.png",
      clientUri: "http://a.example/",
      tosUri: "https://a.example/tos",
      policyUri: "https://a.example/policy",
      softwareId: "notes",
      softwareVersion: "1",
      contacts: ["dev@a.example"],
      dpopBound: true,
    });
  });

  it("takes an empty object, with the defaults of RFC 7591 §2 for grants and responses", () => {
    const read = parseClientMetadata({});
    assert.deepEqual(read.grantTypes, ["authorization_code"]);
    assert.deepEqual(read.responseTypes, ["code"]);
    assert.deepEqual(read.tokenEndpointAuthMethods, []);
    assert.deepEqual(read.redirectUris, []);
    assert.equal(read.dpopBound, false);
  });

  it("counts null and the empty text as absent", () => {
    const given = {
      client_name: null,
      client_uri: "",
      logo_uri: null,
      scope: "",
      redirect_uris: null,
      jwks: null,
    };
    assert.deepEqual(parseClientMetadata(given), parseClientMetadata({}));
  });

  it("[CL-03 CIMD-13 EMA-30] ignores unknown members, grant types and application types", () => {
    const read = parseClientMetadata({
      grant_types: [
        "authorization_code",
        "urn:ietf:params:oauth:grant-type:jwt-bearer",
        "urn:openid:params:grant-type:ciba",
        "password",
        "implicit",
      ],
      application_type: "browser",
      authorization_grant_profiles_supported: ["urn:ietf:params:oauth:grant-profile:id-jag"],
      lovable_extra: { deep: true },
    });
    assert.deepEqual(read.grantTypes, ["authorization_code"]);
    assert.equal(read.applicationType, undefined);
  });

  for (const { given, methods } of [
    { given: { token_endpoint_auth_method: "none" }, methods: ["none"] },
    {
      given: { token_endpoint_auth_methods_supported: ["none", "private_key_jwt"] },
      methods: ["none", "private_key_jwt"],
    },
    {
      given: {
        token_endpoint_auth_method: "private_key_jwt",
        token_endpoint_auth_methods_supported: ["none", "private_key_jwt"],
      },
      methods: ["private_key_jwt", "none"],
    },
  ]) {
    it(`[CL-03 SEP-3149] joins the singular and plural methods to ${methods}`, () => {
      assert.deepEqual(parseClientMetadata(given).tokenEndpointAuthMethods, methods);
    });
  }

  it("is not moved by names that mean something to JavaScript", () => {
    const json: unknown = JSON.parse(
      '{"__proto__":{"client_name":"evil","redirect_uris":["https://evil.example/"]},"constructor":{"prototype":{"scope":"x"}},"toString":1}',
    );
    assert.deepEqual(parseClientMetadata(json), parseClientMetadata({}));
    assert.equal(Object.hasOwn(Object.prototype, "client_name"), false);
  });

  it("sees nothing that a polluted prototype adds", () => {
    const inherited: unknown = Object.create({ client_name: "evil", token_endpoint_auth_method: "none" });
    assert.deepEqual(parseClientMetadata(inherited), parseClientMetadata({}));
  });

  const key = { kty: "EC", crv: "P-256", x: "x", y: "y" };
  for (const { given, json, member } of [
    { given: "a list", json: [], member: "JSON object" },
    { given: "a text", json: "x", member: "JSON object" },
    { given: "null", json: null, member: "JSON object" },
    { given: "a name that is a number", json: { client_name: 1 }, member: "client_name" },
    { given: "a name with a line break", json: { client_name: "a\nb" }, member: "client_name" },
    { given: "a name that turns the text", json: { client_name: "a\u202Eb" }, member: "client_name" },
    { given: "a name without end", json: { client_name: "a".repeat(201) }, member: "client_name" },
    { given: "redirects as a text", json: { redirect_uris: "https://a.example/" }, member: "redirect_uris" },
    { given: "a redirect that is an object", json: { redirect_uris: [{}] }, member: "redirect_uris" },
    {
      given: "a redirect without end",
      json: { redirect_uris: [`https://a.example/${"a".repeat(2_000)}`] },
      member: "redirect_uris",
    },
    {
      given: "redirects without end",
      json: { redirect_uris: Array.from({ length: 101 }, (_, n) => `https://a.example/${n}`) },
      member: "redirect_uris",
    },
    { given: "grant types as a text", json: { grant_types: "authorization_code" }, member: "grant_types" },
    { given: "a grant type that is a number", json: { grant_types: [1] }, member: "grant_types" },
    { given: "response types as an object", json: { response_types: {} }, member: "response_types" },
    {
      given: "a method that is a list",
      json: { token_endpoint_auth_method: ["none"] },
      member: "token_endpoint_auth_method",
    },
    {
      given: "methods that are a text",
      json: { token_endpoint_auth_methods_supported: "none" },
      member: "token_endpoint_auth_methods_supported",
    },
    { given: "a scope that is a list", json: { scope: ["a"] }, member: "scope" },
    { given: "a scope with a quote", json: { scope: 'a"b' }, member: "scope" },
    {
      given: "an application type that is a flag",
      json: { application_type: true },
      member: "application_type",
    },
    { given: "a logo that is a script", json: { logo_uri: "javascript:alert(1)" }, member: "logo_uri" },
    { given: "a policy that is a document", json: { policy_uri: "data:text/html,x" }, member: "policy_uri" },
    { given: "terms that are no URL", json: { tos_uri: "tos" }, member: "tos_uri" },
    { given: "a home page with a user", json: { client_uri: "https://u@a.example/" }, member: "client_uri" },
    {
      given: "a home page with a line break",
      json: { client_uri: "https://a.example/\n" },
      member: "client_uri",
    },
    {
      given: "keys at a plain http address",
      json: { jwks_uri: "http://a.example/jwks" },
      member: "jwks_uri",
    },
    {
      given: "keys twice",
      json: { jwks: { keys: [key] }, jwks_uri: "https://a.example/jwks" },
      member: "jwks_uri",
    },
    { given: "keys that are a list", json: { jwks: [key] }, member: "jwks" },
    { given: "a key set without keys", json: { jwks: {} }, member: "jwks" },
    { given: "a key that is a text", json: { jwks: { keys: ["x"] } }, member: "jwks" },
    { given: "a key without a type", json: { jwks: { keys: [{}] } }, member: "jwks" },
    {
      given: "keys without end",
      json: { jwks: { keys: Array.from({ length: 21 }, () => key) } },
      member: "jwks",
    },
    { given: "contacts that are a text", json: { contacts: "dev@a.example" }, member: "contacts" },
    {
      given: "bound tokens as a text",
      json: { dpop_bound_access_tokens: "true" },
      member: "dpop_bound_access_tokens",
    },
    { given: "a software id that is a number", json: { software_id: 7 }, member: "software_id" },
  ]) {
    it(`[DCR-01 CIMD-08] refuses ${given}, and names the member`, () => {
      assert.throws(
        () => parseClientMetadata(json),
        (thrown: { code: string; refusal: string; message: string }) => {
          assert.equal(thrown.code, "invalid_client_metadata");
          assert.equal(thrown.refusal, "metadata.malformed");
          assert.match(thrown.message, new RegExp(`\\b${member}\\b`));
          return true;
        },
      );
    });
  }

  for (const { given, secret } of [
    { given: "a private EC key", secret: { ...key, d: "d" } },
    { given: "a private RSA key", secret: { kty: "RSA", n: "n", e: "AQAB", p: "p" } },
    { given: "a symmetric key", secret: { kty: "oct" } },
    { given: "a symmetric key that claims to be EC", secret: { ...key, k: "k" } },
  ]) {
    it(`[CIMD-06] refuses ${given} among the keys`, () => {
      assert.throws(() => parseClientMetadata({ jwks: { keys: [key, secret] } }), {
        code: "invalid_client_metadata",
        refusal: "metadata.secret",
      });
    });
  }
});
