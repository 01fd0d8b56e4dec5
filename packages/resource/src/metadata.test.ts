import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createGuard } from "./guard.ts";

const guard = createGuard({
  issuer: "https://issuer.example",
  resource: "https://api.example/v1/mcp",
  scopes: ["notes:read", "offline_access"],
  resourceName: "Notes",
  resourceDocumentation: "https://api.example/docs",
});
const at = (path: string, init?: RequestInit) =>
  guard.metadata(new Request(`https://api.example${path}`, init));

describe("resource metadata", () => {
  for (const path of [
    "/.well-known/oauth-protected-resource/v1/mcp",
    "/.well-known/oauth-protected-resource",
    "/.well-known/oauth-protected-resource?x=1",
  ]) {
    it(`[MCP-RS-01 MCP-RS-02 MCP-RS-10 PRM-01] stands at ${path}, open to every page`, async () => {
      const response = at(path);
      assert.equal(response?.status, 200);
      assert.equal(response.headers.get("content-type"), "application/json");
      assert.equal(response.headers.get("access-control-allow-origin"), "*");
      assert.deepEqual(await response.json(), {
        resource: "https://api.example/v1/mcp",
        authorization_servers: ["https://issuer.example"],
        scopes_supported: ["notes:read"],
        bearer_methods_supported: ["header"],
        dpop_signing_alg_values_supported: ["ES256", "EdDSA", "Ed25519", "RS256", "PS256"],
        resource_name: "Notes",
        resource_documentation: "https://api.example/docs",
      });
    });
  }

  for (const path of [
    "/v1/mcp",
    "/.well-known/oauth-protected-resource/other",
    "/.well-known/oauth-protected-resource/",
  ]) {
    it(`leaves ${path} to others`, () => {
      assert.equal(at(path), undefined);
    });
  }

  it("[CL-11] answers the preflight of a browser client", () => {
    const headers = {
      "access-control-request-method": "GET",
      "access-control-request-headers": "mcp-protocol-version",
    };
    const response = at("/.well-known/oauth-protected-resource", { method: "OPTIONS", headers });
    assert.equal(response?.status, 204);
    for (const name of ["MCP-Protocol-Version", "Authorization", "DPoP"]) {
      assert.match(response.headers.get("access-control-allow-headers") ?? "", new RegExp(`\\b${name}\\b`));
    }
  });

  it("answers HEAD without a body and refuses to be written", async () => {
    const head = at("/.well-known/oauth-protected-resource", { method: "HEAD" });
    assert.equal(head?.status, 200);
    assert.equal(await head.text(), "");
    assert.equal(at("/.well-known/oauth-protected-resource", { method: "POST" })?.status, 405);
  });
});
