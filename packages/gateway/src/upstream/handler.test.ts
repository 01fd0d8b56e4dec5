import assert from "node:assert/strict";
import type { IncomingMessage, RequestListener } from "node:http";
import { describe, it } from "node:test";
import { aGateway, rulesOf } from "./testing/a-gateway.ts";
import { RawSocket, rawExchange } from "./testing/raw.ts";

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly rawHeaders: string[];
  readonly body: string;
}

function recording(
  seen: Seen[],
  answer: RequestListener = (_in, out) => void out.end("{}"),
): RequestListener {
  return async (incoming, outgoing) => {
    let body = "";
    for await (const chunk of incoming) body += String(chunk);
    const { method = "", url = "", headers, rawHeaders } = incoming;
    seen.push({ method, url, headers, rawHeaders, body });
    answer(incoming, outgoing);
  };
}

describe("the gateway in front of an upstream", () => {
  it("asks for a token, says where to get one, and sends nothing on", async (t) => {
    const seen: Seen[] = [];
    const { resource, origin } = await aGateway(t, recording(seen));
    const answer = await fetch(`${resource}/models`);
    assert.equal(answer.status, 401);
    const challenge = answer.headers.get("www-authenticate") ?? "";
    assert.match(challenge, /resource_metadata="([^"]+)"/);
    assert.match(challenge, /scope="all"/);
    const metadata = await fetch(`${origin}/.well-known/oauth-protected-resource/api`);
    assert.equal(((await metadata.json()) as { resource: string }).resource, resource);
    assert.deepEqual(seen, []);
  });

  it("puts the upstream's path in the place of its own, and keeps method, query and body", async (t) => {
    const seen: Seen[] = [];
    const { resource, token } = await aGateway(t, recording(seen));
    const answer = await fetch(`${resource}/chat/completions?x=1&y=%20`, {
      method: "POST",
      headers: { authorization: `Bearer ${await token()}`, "content-type": "application/json" },
      body: '{"a": 1.0}',
    });
    assert.equal(answer.status, 200);
    assert.deepEqual(
      seen.map(({ method, url, body }) => ({ method, url, body })),
      [{ method: "POST", url: "/v1/chat/completions?x=1&y=%20", body: '{"a": 1.0}' }],
    );
  });

  it("asks for the scopes of all rules that match, those of the body among them", async (t) => {
    const seen: Seen[] = [];
    const { resource, token } = await aGateway(t, recording(seen), {
      rules: rulesOf(`
rules:
  - { methods: [POST], path: /chat/*, scopes: [inference:read] }
  - { methods: [POST], path: /chat/completions, models: [big-*], scopes: [premium] }
`),
    });
    const call = async (scope: string, model: string) =>
      fetch(`${resource}/chat/completions`, {
        method: "POST",
        headers: { authorization: `Bearer ${await token(scope)}`, "content-type": "application/json" },
        body: JSON.stringify({ model }),
      });
    assert.equal((await call("inference:read", "small")).status, 200);
    const refused = await call("inference:read", "BIG-1");
    assert.equal(refused.status, 403);
    assert.match(
      refused.headers.get("www-authenticate") ?? "",
      /insufficient_scope.*scope="inference:read premium"/,
    );
    assert.equal((await call("inference:read premium", "big-1")).status, 200);
    assert.deepEqual(
      seen.map(({ body }) => body),
      ['{"model":"small"}', '{"model":"big-1"}'],
    );
  });

  it("does not go on reading from a client that has its answer", async (t) => {
    const { port, refusals } = await aGateway(t, recording([]));
    const client = new RawSocket(port);
    client.say("POST /api/x HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n");
    const pouring = setInterval(() => client.say("x".repeat(1_000)), 10);
    await client.until(/^HTTP\/1\.1 401 [\s\S]*\r\n\r\n/);
    await client.closed();
    clearInterval(pouring);
    assert.deepEqual(refusals, []);
  });

  for (const { given, status, refusal, path = "/api/x", method = "POST", headers = {}, body = "{}" } of [
    { given: "a path that no rule names", path: "/api/other", status: 403, refusal: "upstream.no-rule" },
    { given: "a path outside of the resource", path: "/apix", status: 404, refusal: "upstream.outside" },
    { given: "the resource's path in capitals", path: "/API/x", status: 404, refusal: "upstream.outside" },
    { given: "a path with two readings", path: "/api//x", status: 400, refusal: "upstream.target" },
    { given: "an unknown method", method: "PROPFIND", status: 405, refusal: "request.method" },
    {
      given: "a form where JSON is taken",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      status: 415,
      refusal: "upstream.body-type",
    },
    {
      given: "another charset where the body is read",
      headers: { "content-type": "application/json; charset=utf-16" },
      status: 415,
      refusal: "upstream.body-type",
    },
    {
      given: "a compressed body where it is read",
      headers: { "content-type": "application/json", "content-encoding": "gzip" },
      status: 415,
      refusal: "upstream.body-type",
    },
    { given: "a body without a type", headers: {}, status: 415, refusal: "upstream.body-type" },
    {
      given: "a body that overrides the method, where it is read",
      headers: { "content-type": "application/json" },
      body: '{"_Method":"DELETE"}',
      status: 400,
      refusal: "upstream.body",
    },
    {
      given: "a name twice in the body",
      headers: { "content-type": "application/json" },
      body: '{"model":"a","model":"b"}',
      status: 400,
      refusal: "upstream.body",
    },
    {
      given: "a body beyond the bound",
      headers: { "content-type": "application/json" },
      body: `{"a":"${"x".repeat(2_000)}"}`,
      status: 413,
      refusal: "request.too-large",
    },
  ]) {
    it(`answers ${status} to ${given}, and sends nothing on`, async (t) => {
      const seen: Seen[] = [];
      const { port, token, refusals } = await aGateway(t, recording(seen), {
        rules: rulesOf(`
rules:
  - { methods: [POST], path: /x, scopes: [all] }
  - { methods: [POST], path: /x, models: [m], scopes: [all] }
limits: { judged_body: 1024 }
`),
      });
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      const { status: found, body: said } = await rawExchange(
        port,
        `${method} ${path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${await token()}\r\n${lines.join("")}Content-Length: ${body.length}\r\n\r\n${body}`,
      );
      assert.equal(found, status);
      assert.equal(refusals.at(-1)?.refusal, refusal);
      assert.deepEqual(Object.keys(JSON.parse(said)), ["error", "error_description"]);
      assert.deepEqual(seen, []);
    });
  }

  for (const { header, line } of [
    {
      header: "a second Content-Type",
      line: "Content-Length: 2\r\nContent-Type: application/json\r\nContent-Type: text/plain\r\n",
    },
    { header: "a second Host", line: "Host: b\r\nContent-Length: 2\r\n" },
    {
      header: "a type that Connection would take away",
      line: "Content-Length: 2\r\nConnection: close, Content-Type\r\n",
    },
    { header: "two lengths", line: "Content-Length: 2\r\nContent-Length: 3\r\n" },
    { header: "a length beside chunks", line: "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n" },
  ]) {
    it(`refuses ${header}`, async (t) => {
      const seen: Seen[] = [];
      const { port, token } = await aGateway(t, recording(seen));
      const text = `POST /api/x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${await token()}\r\n${line}\r\n{}`;
      assert.equal((await rawExchange(port, text)).status, 400);
      assert.deepEqual(seen, []);
    });
  }

  it("passes no cookie, challenge or hop-by-hop header back, and maps places", async (t) => {
    const { resource, token } = await aGateway(t, (incoming, outgoing) => {
      const own = `http://${incoming.headers.host}`;
      outgoing.writeHead(
        307,
        [
          ["Set-Cookie", "a=b"],
          ["WWW-Authenticate", "Basic"],
          ["Alt-Svc", 'h3=":1"'],
          ["Connection", "X-Hop"],
          ["X-Hop", "1"],
          ["Location", `${own}/v1/models?x=1`],
          ["Content-Location", "/v1"],
          ["X-Kept", "1"],
          ["X-Kept", "2"],
        ].flat(),
      );
      outgoing.end();
    });
    const answer = await fetch(`${resource}/models/`, {
      headers: { authorization: `Bearer ${await token()}` },
      redirect: "manual",
    });
    assert.equal(answer.status, 307);
    const {
      date: _date,
      connection: _connection,
      "keep-alive": _alive,
      ...rest
    } = Object.fromEntries(answer.headers);
    assert.deepEqual(rest, {
      location: "/api/models?x=1",
      "content-location": "/api",
      "x-kept": "1, 2",
      "transfer-encoding": "chunked",
    });
  });

  it("answers 502 when the upstream refuses the gateway's credential, so that no client looks for a new token", async (t) => {
    const { resource, token, refusals } = await aGateway(t, (_incoming, outgoing) => {
      outgoing.writeHead(401, { "www-authenticate": "Bearer" }).end("internal words");
    });
    const answer = await fetch(`${resource}/x`, { headers: { authorization: `Bearer ${await token()}` } });
    assert.equal(answer.status, 502);
    assert.deepEqual(await answer.json(), {
      error: "server_error",
      error_description: "The server behind this gateway did not accept the gateway.",
    });
    assert.equal(refusals[0]?.refusal, "upstream.unauthorized");
  });

  it("answers HEAD, 204 and 304 without a body, and keeps the connection", async (t) => {
    const { resource, token } = await aGateway(t, (incoming, outgoing) => {
      const status = Number(incoming.url?.split("/").at(-1));
      outgoing
        .writeHead(status, status === 200 ? { "content-length": 5 } : {})
        .end(status === 200 ? "hello" : "");
    });
    const authorization = `Bearer ${await token()}`;
    const head = await fetch(`${resource}/200`, { method: "HEAD", headers: { authorization } });
    assert.equal(head.headers.get("content-length"), "5");
    for (const status of [204, 304, 200]) {
      const answer = await fetch(`${resource}/${status}`, { headers: { authorization } });
      assert.equal(answer.status, status);
      assert.equal(await answer.text(), status === 200 ? "hello" : "");
    }
  });

  it("lets a page of an allowed origin call, in the place of the upstream's own word on it", async (t) => {
    const { resource, token } = await aGateway(
      t,
      (_incoming, outgoing) => {
        outgoing.writeHead(200, { "access-control-allow-origin": "https://internal.example" }).end("{}");
      },
      { guardOptions: { allowedOrigins: ["https://page.example"] } },
    );
    const from = (origin: string) => ({ authorization: "", origin });
    const preflight = await fetch(`${resource}/x`, {
      method: "OPTIONS",
      headers: { origin: "https://page.example", "access-control-request-method": "POST" },
    });
    assert.equal(preflight.status, 204);
    const authorization = `Bearer ${await token()}`;
    const answer = await fetch(`${resource}/x`, {
      headers: { ...from("https://page.example"), authorization },
    });
    assert.equal(answer.headers.get("access-control-allow-origin"), "https://page.example");
    const foreign = await fetch(`${resource}/x`, {
      headers: { ...from("https://evil.example"), authorization },
    });
    assert.equal(foreign.status, 403);
  });
});
