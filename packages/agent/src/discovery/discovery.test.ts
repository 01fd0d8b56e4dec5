import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { AnIssuer, json } from "../testing/an-issuer.ts";
import { discover } from "./place.ts";

const outbound = { fetch, timeout: 1, userAgent: "test" };
const wellKnown = "/.well-known/oauth-protected-resource";

describe("discovery", () => {
  let issuer: AnIssuer;
  before(async () => {
    issuer = await AnIssuer.open();
  });
  after(() => issuer.close());
  beforeEach(() => {
    issuer.metadata = {};
    issuer.resourceMetadata = {};
    issuer.instead.clear();
    issuer.requests.length = 0;
  });

  it("[MCP-C-01] follows the challenge to the resource's metadata, and that to the issuer", async () => {
    const place = await discover(outbound, issuer.resource);
    assert.deepEqual(issuer.requests, [
      "GET /mcp",
      `GET ${wellKnown}/mcp`,
      "GET /.well-known/oauth-authorization-server",
    ]);
    assert.deepEqual([place.resource, place.issuer.issuer], [issuer.resource, issuer.origin]);
    assert.deepEqual(place.scopes, ["notes:read"]);
  });

  it("[MCP-C-01] looks at the well-known places where no challenge names one: the path's, then the root's", async () => {
    issuer.instead.set("/mcp", (_, response) => {
      json(response, 405, {});
      return true;
    });
    issuer.instead.set(`${wellKnown}/mcp`, (_, response) => {
      json(response, 404, {});
      return true;
    });
    issuer.instead.set(wellKnown, (_, response) => {
      json(response, 200, { resource: issuer.resource, authorization_servers: [issuer.origin] });
      return true;
    });
    const place = await discover(outbound, issuer.resource);
    assert.deepEqual(issuer.requests.slice(0, 3), ["GET /mcp", `GET ${wellKnown}/mcp`, `GET ${wellKnown}`]);
    assert.equal(place.scopes, undefined);
  });

  it("[MCP-C-13] takes the challenge's scope before the metadata's", async () => {
    issuer.instead.set("/mcp", (_, response) => {
      const place = `${issuer.origin}${wellKnown}/mcp`;
      response.setHeader("www-authenticate", `Bearer scope="notes:write a:b", resource_metadata="${place}"`);
      json(response, 401, {});
      return true;
    });
    assert.deepEqual((await discover(outbound, issuer.resource)).scopes, ["notes:write", "a:b"]);
  });

  for (const { path, order } of [
    {
      path: "",
      order: ["/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"],
    },
    {
      path: "/tenant",
      order: [
        "/.well-known/oauth-authorization-server/tenant",
        "/.well-known/openid-configuration/tenant",
        "/tenant/.well-known/openid-configuration",
      ],
    },
  ]) {
    it(`[MCP-C-02] looks for the metadata of an issuer ${path === "" ? "without" : "with"} a path in order`, async () => {
      for (const place of order) {
        issuer.instead.set(place, (_, response) => {
          json(response, 404, {});
          return true;
        });
      }
      await assert.rejects(discover(outbound, issuer.resource, `${issuer.origin}${path}`), {
        code: "issuer-unknown",
      });
      assert.deepEqual(
        issuer.requests,
        order.map((place) => `GET ${place}`),
      );
    });
  }

  describe("does not believe", () => {
    const hostile: readonly {
      readonly given: string;
      readonly metadata?: Readonly<Record<string, unknown>>;
      readonly resourceMetadata?: Readonly<Record<string, unknown>>;
      readonly code: string;
    }[] = [
      {
        given: "metadata of another issuer",
        metadata: { issuer: "https://honest.example" },
        code: "issuer-differs",
      },
      { given: "an issuer with a slash more", metadata: { issuer: "SELF/" }, code: "issuer-differs" },
      { given: "metadata without issuer", metadata: { issuer: undefined }, code: "issuer-differs" },
      {
        given: "a token endpoint without TLS",
        metadata: { token_endpoint: "http://evil.example/token" },
        code: "address-unsafe",
      },
      {
        given: "an authorization endpoint that is a script",
        metadata: { authorization_endpoint: "javascript:alert(1)" },
        code: "address-unsafe",
      },
      {
        given: "an address that would fill the screen",
        metadata: { authorization_endpoint: `SELF/${"a".repeat(2_000)}` },
        code: "address-unsafe",
      },
      {
        given: "an endpoint with a password",
        metadata: { token_endpoint: "https://honest.example@evil.example/token" },
        code: "address-unsafe",
      },
      {
        given: "an endpoint in a file",
        metadata: { registration_endpoint: "file:///etc/passwd" },
        code: "address-unsafe",
      },
      {
        given: "metadata without token endpoint",
        metadata: { token_endpoint: undefined },
        code: "issuer-unfit",
      },
      { given: "a list that is none", metadata: { scopes_supported: "all" }, code: "answer-malformed" },
      {
        given: "a sign-in page elsewhere, with answers that do not say who gives them",
        metadata: {
          authorization_endpoint: "https://honest.example/authorize",
          authorization_response_iss_parameter_supported: undefined,
        },
        code: "issuer-unknown",
      },
      {
        given: "[PRM-02] metadata of another resource",
        resourceMetadata: { resource: "https://bank.example/api" },
        code: "resource-differs",
      },
      {
        given: "metadata of the path above",
        resourceMetadata: { resource: "SELF" },
        code: "resource-differs",
      },
      {
        given: "a resource without an issuer",
        resourceMetadata: { authorization_servers: [] },
        code: "issuer-unknown",
      },
      {
        given: "an issuer without TLS",
        resourceMetadata: { authorization_servers: ["http://issuer.example"] },
        code: "address-unsafe",
      },
      {
        given: "an issuer with a query",
        resourceMetadata: { authorization_servers: ["SELF?a=b"] },
        code: "address-unsafe",
      },
      {
        given: "an issuer that is no address",
        resourceMetadata: { authorization_servers: ["issuer"] },
        code: "address-unsafe",
      },
    ];
    for (const { given, metadata = {}, resourceMetadata = {}, code } of hostile) {
      const name = /^(?:\[(.*?)\] )?(.*)$/.exec(given);
      it(`${name?.[1] ? `[${name[1]}] ` : ""}${name?.[2]}`, async () => {
        const own = (members: Readonly<Record<string, unknown>>) =>
          Object.fromEntries(
            Object.entries(members).map(([key, value]) => [
              key,
              value === undefined
                ? undefined
                : JSON.parse(JSON.stringify(value).replace("SELF", issuer.origin)),
            ]),
          );
        issuer.metadata = own(metadata);
        issuer.resourceMetadata = own(resourceMetadata);
        await assert.rejects(discover(outbound, issuer.resource), { code });
      });
    }
  });

  it("lets an issuer that the caller names have its sign-in elsewhere", async () => {
    issuer.metadata = {
      authorization_endpoint: "https://sign-in.example/authorize",
      authorization_response_iss_parameter_supported: undefined,
    };
    const place = await discover(outbound, issuer.resource, issuer.origin);
    assert.equal(place.issuer.authorizationEndpoint?.origin, "https://sign-in.example");
  });

  describe("is not led astray by", () => {
    it("[MCP-C-18] a redirect", async () => {
      issuer.instead.set("/.well-known/oauth-authorization-server", (_, response) => {
        response.writeHead(302, { location: `${issuer.origin}/elsewhere` }).end();
        return true;
      });
      await assert.rejects(discover(outbound, issuer.resource), { code: "issuer-unknown" });
      assert.equal(issuer.count("GET /elsewhere"), 0);
    });

    it("an answer without end", async () => {
      issuer.instead.set("/.well-known/oauth-authorization-server", (_, response) => {
        response.writeHead(200, { "content-type": "application/json" });
        const more = setInterval(() => response.write('{"a":'.repeat(20_000)), 1);
        response.once("close", () => clearInterval(more));
        return true;
      });
      await assert.rejects(discover(outbound, issuer.resource), { code: "answer-malformed" });
    });

    it("silence", async () => {
      issuer.instead.set("/.well-known/oauth-authorization-server", () => true);
      await assert.rejects(discover(outbound, issuer.resource), {
        code: "unreachable",
        message: /does not answer in time/,
      });
    });

    it("a challenge that names metadata without TLS", async () => {
      issuer.instead.set("/mcp", (_, response) => {
        response.setHeader("www-authenticate", 'Bearer resource_metadata="http://evil.example/metadata"');
        json(response, 401, {});
        return true;
      });
      await assert.rejects(discover(outbound, issuer.resource), { code: "address-unsafe" });
    });
  });

  for (const { given, target } of [
    { given: "plain http to another machine", target: "http://notes.example/mcp" },
    { given: "a password in the address", target: "https://ada:secret@notes.example/mcp" },
    { given: "a fragment", target: "https://notes.example/mcp#x" },
    { given: "a file", target: "file:///etc/passwd" },
    { given: "no address at all", target: "notes" },
    { given: "a host that only looks like this machine", target: "http://localhost.evil.example/mcp" },
  ]) {
    it(`refuses ${given}, and asks nobody`, async () => {
      const nobody = { fetch: () => assert.fail("somebody was asked"), timeout: 1, userAgent: "test" };
      await assert.rejects(discover(nobody, target), { code: "address-unsafe" });
    });
  }

  it("an https resource cannot lead to http on this machine", async () => {
    const answers = async (input: string | URL | Request) =>
      String(input).includes("oauth-protected-resource")
        ? Response.json({ resource: "https://notes.example/mcp", authorization_servers: [issuer.origin] })
        : new Response(null, { status: 405 });
    await assert.rejects(
      discover({ fetch: answers, timeout: 1, userAgent: "test" }, "https://notes.example/mcp"),
      {
        code: "address-unsafe",
      },
    );
    assert.deepEqual(issuer.requests, []);
  });
});
