import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createGuard } from "./guard.ts";
import { anIssuer, aRequest, type TestIssuer } from "./testing/an-issuer.ts";

describe("origin", () => {
  let issuer: TestIssuer;
  before(async () => {
    issuer = await anIssuer();
  });
  after(() => issuer.close());

  const aGuard = (allowedOrigins?: readonly string[] | "*", resource = issuer.resource) =>
    createGuard({ issuer: issuer.issuer, resource, ...(allowedOrigins && { allowedOrigins }) });

  const loopback = "http://127.0.0.1:8080/mcp";
  for (const { given, allowed, resource, origin, status } of [
    { given: "a named origin", allowed: ["https://app.example"], origin: "https://app.example", status: 200 },
    { given: "the resource's own", allowed: [], origin: "https://api.example", status: 200 },
    { given: "no origin", allowed: [], origin: undefined, status: 200 },
    { given: "a stranger", allowed: ["https://app.example"], origin: "https://evil.example", status: 403 },
    {
      given: "a longer host",
      allowed: ["https://app.example"],
      origin: "https://app.example.evil",
      status: 403,
    },
    { given: "another scheme", allowed: ["https://app.example"], origin: "http://app.example", status: 403 },
    {
      given: "another port",
      allowed: ["https://app.example"],
      origin: "https://app.example:444",
      status: 403,
    },
    { given: "null", allowed: ["https://app.example"], origin: "null", status: 403 },
    { given: "a stranger, all allowed", allowed: "*", origin: "https://evil.example", status: 200 },
    {
      given: "a stranger, origins not judged",
      allowed: undefined,
      origin: "https://evil.example",
      status: 200,
    },
    {
      given: "loopback by name",
      allowed: [],
      resource: loopback,
      origin: "http://localhost:6274",
      status: 200,
    },
    {
      given: "a loopback look-alike",
      allowed: [],
      resource: loopback,
      origin: "http://127.0.0.1.evil.example",
      status: 403,
    },
    {
      given: "a rebound name",
      allowed: [],
      resource: loopback,
      origin: "http://localhost.evil.example",
      status: 403,
    },
    { given: "loopback for a public resource", allowed: [], origin: "http://localhost:3000", status: 403 },
  ] as const) {
    it(`[MCP-RS-12] answers ${status} to ${given}`, async () => {
      const where = resource ?? issuer.resource;
      const headers: Record<string, string> = origin === undefined ? {} : { origin };
      const request = aRequest(await issuer.token({ aud: where }), { headers });
      const answer = await aGuard(allowed, where).guard(request);
      assert.equal(answer instanceof Response ? answer.status : 200, status);
      if (answer instanceof Response) {
        assert.equal(answer.headers.get("access-control-allow-origin"), null);
        assert.equal(answer.headers.get("www-authenticate"), null);
      }
    });
  }

  it("[CL-11] lets a page read the challenge", async () => {
    const answer = await aGuard().guard(
      aRequest(undefined, { headers: { origin: "https://inspector.example" } }),
    );
    assert.ok(answer instanceof Response);
    assert.equal(answer.headers.get("access-control-allow-origin"), "*");
    assert.match(answer.headers.get("access-control-expose-headers") ?? "", /WWW-Authenticate.*DPoP-Nonce/);
  });

  it("[CL-11] names the page's origin, and no other, when origins are judged", async () => {
    const guard = aGuard(["https://app.example"]);
    const request = aRequest(undefined, { headers: { origin: "https://app.example" } });
    const answer = await guard.guard(request);
    assert.ok(answer instanceof Response);
    assert.equal(answer.headers.get("access-control-allow-origin"), "https://app.example");
    assert.equal(answer.headers.get("vary"), "Origin");
    assert.equal(guard.corsHeaders(request)["access-control-allow-origin"], "https://app.example");
    assert.deepEqual(aGuard().corsHeaders(request), {});
  });

  it("[CL-11] answers a preflight, which cannot carry a token, and refuses a stranger's", async () => {
    const guard = aGuard(["https://app.example"]);
    const preflight = (origin: string) =>
      guard.guard(
        aRequest(undefined, {
          method: "OPTIONS",
          headers: { origin, "access-control-request-method": "POST" },
        }),
      );
    const answer = await preflight("https://app.example");
    assert.ok(answer instanceof Response);
    assert.equal(answer.status, 204);
    assert.match(
      answer.headers.get("access-control-allow-headers") ?? "",
      /Authorization.*MCP-Protocol-Version/,
    );
    const other = await preflight("https://evil.example");
    assert.equal(other instanceof Response && other.status, 403);
    const plain = await guard.guard(aRequest(undefined, { method: "OPTIONS" }));
    assert.equal(plain instanceof Response && plain.status, 401);
  });
});
