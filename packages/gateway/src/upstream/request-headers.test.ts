import assert from "node:assert/strict";
import type { IncomingMessage, RequestListener } from "node:http";
import { describe, it } from "node:test";
import { aGateway, openRules, rulesOf } from "./testing/a-gateway.ts";
import { rawExchange } from "./testing/raw.ts";

type Seen = Pick<IncomingMessage, "headers" | "rawHeaders">;

function recording(seen: Seen[]): RequestListener {
  return (incoming, outgoing) => {
    seen.push(incoming);
    outgoing.end("{}");
  };
}

describe("the headers that go upstream", () => {
  it("sends neither the token nor what else would speak for the client", async (t) => {
    const seen: Seen[] = [];
    const { port, token } = await aGateway(t, recording(seen), {
      rules: rulesOf(`${openRules}pass_headers: [X-Kept]\ndrop_headers: [OpenAI-Organization]\n`),
    });
    const bearer = await token();
    const { status } = await rawExchange(
      port,
      [
        "GET /api/x HTTP/1.1",
        "Host: elsewhere",
        `Authorization: Bearer ${bearer}`,
        "Connection: close, X-Hop",
        "X-Hop: 1",
        "Keep-Alive: timeout=5",
        "Proxy-Authorization: Basic x",
        "Proxy-Connection: keep-alive",
        "TE: trailers",
        "Trailer: X-T",
        "Cookie: a=b",
        "DPoP: x",
        "X-Api-Key: x",
        "Forwarded: for=1.1.1.1",
        "X-Forwarded-For: 1.1.1.1",
        "X-Forwarded-User: root",
        "X_Forwarded_For: 1.1.1.1",
        "X.Forwarded.For: 1.1.1.1",
        "X-Real-IP: 1.1.1.1",
        "X-Original-URL: /admin",
        "X-Rewrite-URL: /admin",
        "X-HTTP-Method-Override: DELETE",
        "X-Method-Override: DELETE",
        "Valetkey-Caller: forged",
        "Valetkey_Caller: forged",
        "OpenAI-Organization: a",
        "Origin: https://page.example",
        "Accept-Encoding: gzip",
        "X-Kept: 1",
        "Accept: text/plain",
        "",
        "",
      ].join("\r\n"),
    );
    assert.equal(status, 200);
    const [{ headers, rawHeaders } = { headers: {}, rawHeaders: [] }] = seen;
    const { host, connection, ...rest } = headers;
    assert.match(host ?? "", /^127\.0\.0\.1:\d+$/);
    assert.equal(connection, "keep-alive");
    assert.deepEqual(rest, {
      "x-kept": "1",
      accept: "text/plain",
      via: "1.1 valetkey",
      "accept-encoding": "identity",
    });
    assert.ok(!rawHeaders.join("\n").includes(bearer));
  });

  it("passes what tells how to answer, and no other header than the rules name", async (t) => {
    const seen: Seen[] = [];
    const { port, token } = await aGateway(t, recording(seen));
    const pass = [
      ...[
        "Accept: a/b",
        "Accept-Language: de",
        "Cache-Control: no-cache",
        "If-None-Match: x",
        "Range: bytes=0-1",
      ],
      ...["User-Agent: a", "Idempotency-Key: 1", "Last-Event-ID: 1", "X-Request-Id: 1", "Traceparent: 00-1"],
      ...[
        "OpenAI-Beta: a",
        "OpenAI-Project: p",
        "X-Stainless-Lang: js",
        "Anthropic-Version: 1",
        "Anthropic-Beta: b",
      ],
      ...["Mcp-Protocol-Version: 2025-11-25", "Mcp-Session-Id: 1", "Prefer: wait=1"],
    ];
    const stay = [
      ...[
        "Proxy",
        "X-Auth-Token",
        "X-Access-Token",
        "X-Id-Token",
        "X-Api-Token",
        "Private-Token",
        "X-Vault-Token",
      ],
      ...[
        "Ocp-Apim-Subscription-Key",
        "X-Amz-Security-Token",
        "X-WebAuth-User",
        "Remote-Groups",
        "Remote-Email",
      ],
      ...[
        "X-User",
        "X-Authenticated-User",
        "X-Ms-Client-Principal",
        "X-Ms-Client-Principal-Id",
        "X-Amzn-Oidc-Data",
      ],
      ...["X-Goog-Authenticated-User-Email", "X-Goog-Iap-Jwt-Assertion", "Cf-Access-Jwt-Assertion"],
      ...[
        "Tailscale-User-Login",
        "X-Pomerium-Claim-Email",
        "X-Client-Cert",
        "X-Envoy-Original-Path",
        "X-Url",
      ],
      ...[
        "Request-Uri",
        "X-Host",
        "X-Forward-For",
        "Front-End-Https",
        "X-Stainless",
        "X-Anything",
        "Baggage",
      ],
    ].map((name) => `${name}: forged`);
    const lines = [
      "GET /api/x HTTP/1.1",
      "Host: a",
      `Authorization: Bearer ${await token()}`,
      ...pass,
      ...stay,
    ];
    const { status } = await rawExchange(port, [...lines, "Connection: close", "", ""].join("\r\n"));
    assert.equal(status, 200);
    const names = Object.keys(seen[0]?.headers ?? {});
    const expected = pass.map((line) => line.split(":", 1)[0]?.toLowerCase());
    assert.deepEqual(names.sort(), [...expected, "host", "connection", "via", "accept-encoding"].sort());
  });

  for (const { where, path, header } of [
    { where: "the query", path: "/api/x?key=TOKEN", header: "X-A: b" },
    { where: "the query, percent-encoded", path: "/api/x?key=ENCODED", header: "X-A: b" },
    { where: "a header", path: "/api/x", header: "User-Agent: TOKEN" },
    { where: "a subprotocol", path: "/api/x", header: "Sec-WebSocket-Protocol: a, key.TOKEN" },
  ]) {
    it(`refuses to carry the token on in ${where}`, async (t) => {
      const seen: Seen[] = [];
      const { port, token, refusals } = await aGateway(t, recording(seen));
      const bearer = await token();
      const text = `GET ${path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${bearer}\r\n${header}\r\n\r\n`;
      const encoded = bearer.replace(/[._-]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
      const { status } = await rawExchange(
        port,
        text.replaceAll("TOKEN", bearer).replaceAll("ENCODED", encoded),
      );
      assert.equal(status, 400);
      assert.equal(refusals[0]?.refusal, "upstream.header");
      assert.deepEqual(seen, []);
    });
  }
});
