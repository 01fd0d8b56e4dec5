import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type AServer, aServer, usualSettings } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

/** Every address at which a client may ask for the documents of an issuer. */
const addresses: Readonly<Record<string, readonly string[]>> = {
  "https://auth.example.com": [
    "/.well-known/oauth-authorization-server",
    "/.well-known/openid-configuration",
  ],
  "https://example.com/tenant/a": [
    "/.well-known/oauth-authorization-server/tenant/a",
    "/tenant/a/.well-known/oauth-authorization-server",
    "/.well-known/openid-configuration/tenant/a",
    "/tenant/a/.well-known/openid-configuration",
  ],
  "http://localhost:4000": ["/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"],
};

async function read(server: AServer, path: string, init: RequestInit = {}) {
  const response = await server.fetchHere(new URL(path, server.issuer), { redirect: "manual", ...init });
  const text = await response.text();
  return { response, text, body: text === "" ? {} : JSON.parse(text) };
}

for (const [issuer, paths] of Object.entries(addresses)) {
  describe(`the documents of ${issuer}`, () => {
    for (const path of paths) {
      spec(
        [
          "MCP-AS-02",
          "MCP-AS-03",
          "MCP-AS-04",
          "MCP-AS-17",
          "MCP-AS-27",
          "MD-01",
          "CL-01",
          "CL-10",
          "CL-13",
          "O21-AS-37",
          "O21-AS-43",
          "BCP-02",
          "BCP-10",
        ],
        `say at ${path} what clients need`,
        async (t) => {
          const server = await aServer({ issuer });
          t.after(() => server.close());
          const { response, text, body } = await read(server, path);
          assert.deepEqual([response.status, response.headers.get("location")], [200, null]);
          assert.match(response.headers.get("content-type") ?? "", /^application\/json/);
          assert.equal(body.issuer, issuer);
          assert.ok(text.includes(`"issuer":"${issuer}"`));
          assert.doesNotMatch(text, /null|\[\]/);
          assert.deepEqual(body.code_challenge_methods_supported, ["S256"]);
          assert.deepEqual(body.response_types_supported, ["code"]);
          assert.deepEqual(body.grant_types_supported, [
            "authorization_code",
            "refresh_token",
            "client_credentials",
            "urn:ietf:params:oauth:grant-type:device_code",
            "urn:ietf:params:oauth:grant-type:token-exchange",
          ]);
          assert.equal(body.authorization_response_iss_parameter_supported, true);
          assert.equal(body.client_id_metadata_document_supported, true);
          for (const method of ["none", "private_key_jwt", "client_secret_post"]) {
            assert.ok(body.token_endpoint_auth_methods_supported.includes(method), method);
          }
          assert.ok(body.scopes_supported.includes("offline_access"));
          assert.equal(body.scopes_supported.includes("training:write"), false);
        },
      );

      it(`name at ${path} only endpoints of the issuer, each of which is there`, async (t) => {
        const server = await aServer({ issuer });
        t.after(() => server.close());
        const { body } = await read(server, path);
        const named = Object.entries<string>(body).filter(([name]) => /_endpoint$|_uri$/.test(name));
        assert.ok(named.length >= 8);
        for (const [name, url] of named) {
          assert.ok(url.startsWith(`${issuer}/`), name);
          assert.notEqual((await server.fetchHere(url)).status, 404, name);
        }
      });

      spec("CL-11", `may be read at ${path} by pages of every origin`, async (t) => {
        const server = await aServer({ issuer });
        t.after(() => server.close());
        const headers = {
          origin: "https://inspector.example",
          "access-control-request-method": "GET",
          "access-control-request-headers": "mcp-protocol-version",
        };
        const asked = await read(server, path, { method: "OPTIONS", headers });
        assert.equal(asked.response.status, 204);
        assert.equal(asked.response.headers.get("access-control-allow-origin"), "*");
        const allowed = asked.response.headers.get("access-control-allow-headers") ?? "";
        for (const name of ["MCP-Protocol-Version", "Authorization", "DPoP", "Content-Type"]) {
          assert.ok(allowed.split(", ").includes(name), name);
        }
        const answer = await read(server, path, { headers: { origin: "https://inspector.example" } });
        assert.equal(answer.response.headers.get("access-control-allow-origin"), "*");
        assert.equal(answer.response.headers.get("access-control-allow-credentials"), null);
        const exposed = answer.response.headers.get("access-control-expose-headers") ?? "";
        for (const name of ["WWW-Authenticate", "DPoP-Nonce"])
          assert.ok(exposed.split(", ").includes(name), name);
      });
    }
  });
}

describe("the OpenID document", () => {
  spec("OIDC-01", "lists what OpenID Connect Discovery makes it list", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const { body } = await read(server, "/.well-known/openid-configuration");
    assert.equal(body.jwks_uri, `${server.issuer}/jwks`);
    assert.deepEqual(body.subject_types_supported, ["public"]);
    assert.deepEqual(body.id_token_signing_alg_values_supported, ["ES256"]);
    assert.equal(body.request_uri_parameter_supported, false);
  });
});

describe("discovery", () => {
  for (const path of [
    "/.well-known/oauth-authorization-server/",
    "/.well-known/oauth-authorization-server/tenant",
    "/.well-known/openid-configuration/x",
    "/.well-known/oauth-protected-resource",
    "/.well-known/webfinger",
    "/tenant/.well-known/openid-configuration",
    "//.well-known/openid-configuration",
    "/.well-known/OpenID-Configuration",
  ]) {
    spec("CL-10", `answers 404 in JSON at ${path}`, async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      const { response, body } = await read(server, `${server.issuer}${path}`);
      assert.deepEqual([response.status, body.error], [404, "not_found"]);
    });
  }

  spec("O21-AS-36", "names no registration where it is switched off", async (t) => {
    const registration = { enabled: false, appRedirects: [] };
    const documents = { ...usualSettings("https://auth.example.com").documents, enabled: false };
    const server = await aServer({ settings: { registration, documents } });
    t.after(() => server.close());
    const { body } = await read(server, "/.well-known/oauth-authorization-server");
    assert.equal("registration_endpoint" in body, false);
    assert.equal(body.client_id_metadata_document_supported, false);
  });
});
