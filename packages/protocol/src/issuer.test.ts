import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type IssuerFault, issuerFault, metadataUrls, wellKnownUrls } from "./issuer.ts";

describe("issuer identifiers", () => {
  for (const issuer of [
    "https://auth.example.com",
    "https://auth.example.com:8443",
    "https://example.com/auth/tenant-a",
    "http://127.0.0.1:9000",
    "http://[::1]:9000",
    "http://localhost:9000/auth",
  ]) {
    it(`[MD-01] takes ${issuer}`, () => assert.equal(issuerFault(issuer, { loopbackHttp: true }), undefined));
  }

  const faults: readonly { issuer: string; fault: IssuerFault }[] = [
    { issuer: "", fault: "malformed" },
    { issuer: "auth.example.com", fault: "malformed" },
    { issuer: "http://auth.example.com", fault: "scheme" },
    { issuer: "http://localhost.evil.com", fault: "scheme" },
    { issuer: "http://127.0.0.1@evil.com", fault: "scheme" },
    { issuer: "ftp://localhost", fault: "scheme" },
    { issuer: "https://user@auth.example.com", fault: "userinfo" },
    { issuer: "https://auth.example.com?x=1", fault: "query" },
    { issuer: "https://auth.example.com/a?", fault: "query" },
    { issuer: "https://auth.example.com/a#", fault: "fragment" },
    { issuer: "https://auth.example.com/", fault: "trailing-slash" },
    { issuer: "https://auth.example.com/a/", fault: "trailing-slash" },
    { issuer: "https://AUTH.example.com", fault: "spelling" },
    { issuer: "HTTPS://auth.example.com", fault: "spelling" },
    { issuer: "https://auth.example.com:443", fault: "spelling" },
    { issuer: "https://auth.example.com/a/../b", fault: "spelling" },
    { issuer: "https://auth.example.com/\u00E9", fault: "spelling" },
    { issuer: " https://auth.example.com", fault: "spelling" },
    { issuer: "https:\\\\auth.example.com", fault: "spelling" },
  ];
  for (const { issuer, fault } of faults) {
    it(`[MD-01 MCP-AS-03] refuses ${JSON.stringify(issuer)}: ${fault}`, () => {
      assert.equal(issuerFault(issuer, { loopbackHttp: true }), fault);
    });
  }

  it("[O21-AS-01 MCP-AS-20] refuses http on loopback where the server is no development server", () => {
    assert.equal(issuerFault("http://127.0.0.1:9000", { loopbackHttp: false }), "scheme");
    assert.equal(issuerFault("https://127.0.0.1:9000", { loopbackHttp: false }), undefined);
  });
});

describe("well-known URLs", () => {
  it("[MCP-AS-02 CL-10] inserts and appends for an issuer with a path", () => {
    assert.deepEqual(wellKnownUrls("https://example.com/auth/tenant-a"), {
      authorizationServer: [
        "https://example.com/.well-known/oauth-authorization-server/auth/tenant-a",
        "https://example.com/auth/tenant-a/.well-known/oauth-authorization-server",
      ],
      openidConfiguration: [
        "https://example.com/.well-known/openid-configuration/auth/tenant-a",
        "https://example.com/auth/tenant-a/.well-known/openid-configuration",
      ],
    });
  });

  it("[MCP-AS-02 CL-10] has one form for an issuer without a path", () => {
    assert.deepEqual(wellKnownUrls("http://127.0.0.1:9000"), {
      authorizationServer: ["http://127.0.0.1:9000/.well-known/oauth-authorization-server"],
      openidConfiguration: ["http://127.0.0.1:9000/.well-known/openid-configuration"],
    });
  });
});

describe("metadataUrls", () => {
  for (const [issuer, ...urls] of [
    [
      "https://as.example",
      "https://as.example/.well-known/oauth-authorization-server",
      "https://as.example/.well-known/openid-configuration",
    ],
    [
      "https://as.example/a",
      "https://as.example/.well-known/oauth-authorization-server/a",
      "https://as.example/a/.well-known/openid-configuration",
    ],
    [
      "https://as.example/a/",
      "https://as.example/.well-known/oauth-authorization-server/a",
      "https://as.example/a/.well-known/openid-configuration",
    ],
  ] as const) {
    it(`inserts the one and appends the other for ${issuer}`, () => {
      assert.deepEqual(metadataUrls(issuer), urls);
    });
  }
});
