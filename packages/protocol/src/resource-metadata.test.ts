import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { resourceMetadata, resourceMetadataUrl } from "./resource-metadata.ts";

const authorizationServers = ["https://issuer.example"];

describe("resourceMetadata", () => {
  it("[PRM-01 MCP-RS-01] repeats the resource as it is and names its authorization servers", () => {
    assert.deepEqual(resourceMetadata({ resource: "https://API.example/mcp/", authorizationServers }), {
      resource: "https://API.example/mcp/",
      authorization_servers: authorizationServers,
      bearer_methods_supported: ["header"],
    });
  });

  it("[MCP-RS-10] never lists offline_access", () => {
    const scopes = (given: string[]) =>
      resourceMetadata({ resource: "https://a.example", authorizationServers, scopes: given })
        .scopes_supported;
    assert.deepEqual(scopes(["a", "offline_access", "b"]), ["a", "b"]);
    assert.equal(scopes(["offline_access"]), undefined);
  });

  it("[MCP-RS-01] is not made without an authorization server", () => {
    assert.throws(
      () => resourceMetadata({ resource: "https://a.example", authorizationServers: [] }),
      TypeError,
    );
  });
});

describe("resourceMetadataUrl", () => {
  for (const [resource, url] of [
    ["https://a.example", "https://a.example/.well-known/oauth-protected-resource"],
    ["https://a.example/", "https://a.example/.well-known/oauth-protected-resource"],
    ["https://a.example/mcp", "https://a.example/.well-known/oauth-protected-resource/mcp"],
    ["https://a.example/mcp/", "https://a.example/.well-known/oauth-protected-resource/mcp/"],
    ["https://a.example:8443/a/b?c=d", "https://a.example:8443/.well-known/oauth-protected-resource/a/b?c=d"],
    ["http://127.0.0.1:3000/mcp", "http://127.0.0.1:3000/.well-known/oauth-protected-resource/mcp"],
  ] as const) {
    it(`[PRM-01 MCP-RS-02] of ${resource} stands between host and path`, () => {
      assert.equal(resourceMetadataUrl(resource), url);
    });
  }

  for (const resource of [
    "",
    "/mcp",
    "urn:x",
    "https://a.example/#",
    "https://a.example/#x",
    "https://u:p@a.example",
    "ftp://a.example",
    "https:a.example",
  ]) {
    it(`refuses ${JSON.stringify(resource)} as a resource`, () => {
      assert.throws(() => resourceMetadataUrl(resource), TypeError);
    });
  }
});
