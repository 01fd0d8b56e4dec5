import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { authorizationServerMetadata, openidConfiguration, type ServerFacts } from "./server-metadata.ts";

const facts: ServerFacts = {
  issuer: "https://example.com/auth",
  scopesSupported: ["openid", "email", "offline_access", "notes:read"],
  registrationEnabled: true,
  documentsEnabled: true,
  devicesEnabled: true,
  signUpOpen: false,
  contexts: ["aal1", "aal2"],
  idTokenSigningAlgorithms: ["ES256"],
};
const off: ServerFacts = {
  ...facts,
  scopesSupported: [],
  registrationEnabled: false,
  documentsEnabled: false,
  devicesEnabled: false,
  signUpOpen: false,
  contexts: ["aal1"],
};

const makers = { authorizationServerMetadata, openidConfiguration };

for (const [name, make] of Object.entries(makers)) {
  describe(name, () => {
    const document: Readonly<Record<string, unknown>> = { ...make(facts) };

    for (const [member, value] of Object.entries({
      issuer: "https://example.com/auth",
      authorization_endpoint: "https://example.com/auth/authorize",
      token_endpoint: "https://example.com/auth/token",
      device_authorization_endpoint: "https://example.com/auth/device_authorization",
      introspection_endpoint: "https://example.com/auth/introspect",
      revocation_endpoint: "https://example.com/auth/revoke",
      valetkey_revocation_feed_endpoint: "https://example.com/auth/revocations",
      registration_endpoint: "https://example.com/auth/register",
      userinfo_endpoint: "https://example.com/auth/userinfo",
      jwks_uri: "https://example.com/auth/jwks",
      end_session_endpoint: "https://example.com/auth/end-session",
      scopes_supported: facts.scopesSupported,
      response_types_supported: ["code"],
      response_modes_supported: ["query"],
      grant_types_supported: [
        "authorization_code",
        "refresh_token",
        "client_credentials",
        "urn:ietf:params:oauth:grant-type:device_code",
        "urn:ietf:params:oauth:grant-type:token-exchange",
      ],
      code_challenge_methods_supported: ["S256"],
      token_endpoint_auth_methods_supported: [
        "none",
        "client_secret_basic",
        "client_secret_post",
        "private_key_jwt",
      ],
      token_endpoint_auth_signing_alg_values_supported: ["ES256", "PS256", "RS256", "EdDSA"],
      introspection_endpoint_auth_methods_supported: [
        "client_secret_basic",
        "client_secret_post",
        "private_key_jwt",
      ],
      revocation_endpoint_auth_methods_supported: [
        "none",
        "client_secret_basic",
        "client_secret_post",
        "private_key_jwt",
      ],
      authorization_response_iss_parameter_supported: true,
      client_id_metadata_document_supported: true,
    })) {
      it(`[MCP-AS-02 MCP-AS-03 MCP-AS-04 MCP-AS-05 MCP-AS-17 CL-01 CL-02 CL-13 O21-AS-37 CC-01] states ${member}`, () => {
        assert.deepEqual(document[member], value);
      });
    }

    it("[O21-AS-43 BCP-08] names neither the implicit nor the password grant", () => {
      assert.doesNotMatch(JSON.stringify(document), /implicit|password|"token"|id_token token/);
    });

    it("[O21-AS-21] names no plain challenge and no symmetric or unsigned algorithm", () => {
      assert.doesNotMatch(JSON.stringify(document), /plain|HS256|client_secret_jwt/);
      assert.ok(!(document.token_endpoint_auth_signing_alg_values_supported as string[]).includes("none"));
    });

    for (const { when, given } of [
      { when: "everything is on", given: facts },
      { when: "everything is off", given: off },
    ]) {
      it(`[MD-01 CL-10 O21-AS-17] has no null and no empty list when ${when}`, () => {
        for (const [member, value] of Object.entries(make(given))) {
          assert.ok(value !== null && value !== undefined && value !== "", member);
          if (Array.isArray(value)) assert.ok(value.length > 0, member);
        }
      });
    }

    it("leaves out what is switched off, and says no to metadata documents", () => {
      const less = make(off);
      assert.equal("registration_endpoint" in less, false);
      assert.equal("device_authorization_endpoint" in less, false);
      assert.equal(
        less.grant_types_supported.some((type) => type.endsWith("device_code")),
        false,
      );
      assert.equal("scopes_supported" in less, false);
      assert.equal(less.client_id_metadata_document_supported, false);
    });

    it("survives JSON unchanged", () => assert.deepEqual(JSON.parse(JSON.stringify(document)), document));
  });
}

describe("what only the OpenID document states", () => {
  const document = openidConfiguration(facts);
  it("[OIDC-01] names how ID tokens are signed and for whom subjects are", () => {
    assert.deepEqual(document.id_token_signing_alg_values_supported, ["ES256"]);
    assert.deepEqual(document.subject_types_supported, ["public"]);
  });
  it("[OIDC-01 CL-16] names the claims and prompts", () => {
    for (const claim of ["sub", "auth_time", "amr", "nonce", "sid", "email", "email_verified"]) {
      assert.ok(document.claims_supported.includes(claim), claim);
    }
    const usual = ["none", "login", "consent", "select_account"];
    assert.deepEqual(document.prompt_values_supported, usual);
    const open = openidConfiguration({ ...facts, signUpOpen: true });
    assert.deepEqual(open.prompt_values_supported, [...usual, "create"]);
  });
  it("[OIDC-01] says that request objects are not read: silence would mean that request_uri is", () => {
    assert.equal(document.request_uri_parameter_supported, false);
    assert.equal(document.request_parameter_supported, false);
  });
});
