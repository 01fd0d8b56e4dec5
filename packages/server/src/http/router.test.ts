import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type AServer, aServer } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";
import { mostBodyBytes } from "./fetch.ts";

async function at(server: AServer, path: string, init: RequestInit = {}) {
  const response = await server.fetchHere(`${server.issuer}${path}`, init);
  return { status: response.status, headers: response.headers, body: await response.text() };
}

describe("the table of routes", () => {
  for (const [method, path, allow] of [
    ["POST", "/jwks", "GET, HEAD"],
    ["DELETE", "/authorize", "GET, POST, HEAD"],
    ["GET", "/token", "POST"],
    ["HEAD", "/token", "POST"],
    ["PUT", "/.well-known/openid-configuration", "GET, HEAD"],
    ["OPTIONS", "/sign-in", "GET, POST, HEAD"],
    ["PATCH", "/livez", "GET, HEAD"],
  ] as const) {
    it(`answers ${method} ${path} with 405 and what is allowed`, async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      const answer = await at(server, path, { method });
      assert.deepEqual([answer.status, answer.headers.get("allow")], [405, allow]);
    });
  }

  it("lets a page of another origin read that the method was wrong", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const answer = await at(server, "/token", { headers: { origin: "https://a.example" } });
    assert.deepEqual([answer.status, answer.headers.get("access-control-allow-origin")], [405, "*"]);
  });

  for (const path of ["/", "/jwks", "/style.css", "/.well-known/openid-configuration", "/livez"]) {
    it(`answers HEAD ${path} as GET, without the body`, async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      const [head, get] = [await at(server, path, { method: "HEAD" }), await at(server, path)];
      assert.deepEqual([head.status, [...head.headers], head.body], [get.status, [...get.headers], ""]);
      assert.notEqual(get.body, "");
    });
  }

  for (const path of [
    "/nothing",
    "/authorize/",
    "/Authorize",
    "/token/x",
    "/%61uthorize",
    "//authorize",
    "/__proto__",
  ]) {
    spec("CL-10", `knows nothing at ${path}: a page for a person, JSON for a program`, async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      const page = await at(server, path, { headers: { accept: "text/html" } });
      const answer = await at(server, path);
      assert.deepEqual([page.status, answer.status, answer.body], [404, 404, '{"error":"not_found"}']);
      assert.match(page.body, /There is no such page/);
      assert.match(page.headers.get("content-security-policy") ?? "", /frame-ancestors 'none'/);
    });
  }
});

describe("the host of a request", () => {
  for (const [issuer, host, status] of [
    ["https://auth.example.com", "auth.example.com", 200],
    ["https://auth.example.com", "AUTH.example.com", 200],
    ["https://auth.example.com", "auth.example.com:443", 200],
    ["https://auth.example.com", "auth.example.com:80", 421],
    ["https://auth.example.com", "auth.example.com:8443", 421],
    ["https://auth.example.com", "auth.example.com.", 421],
    ["https://auth.example.com", "evil.com", 421],
    ["https://auth.example.com", "auth.example.com.evil.com", 421],
    ["https://auth.example.com", "evil.com, auth.example.com", 421],
    ["https://auth.example.com", "evil@auth.example.com", 421],
    ["https://auth.example.com:8443", "auth.example.com:8443", 200],
    ["https://auth.example.com:8443", "auth.example.com", 421],
    ["http://localhost:4000", "localhost:4000", 200],
    ["http://localhost:4000", "127.0.0.1:4000", 421],
    ["http://[::1]:4000", "[::1]:4000", 200],
    ["http://[::1]", "[::1]:80", 200],
  ] as const) {
    spec("I2-FORWARDED", `${host} is ${status === 200 ? "" : "not "}${issuer}`, async (t) => {
      const server = await aServer({ issuer });
      t.after(() => server.close());
      const answer = await at(server, "/.well-known/openid-configuration", { headers: { host } });
      assert.equal(answer.status, status);
      if (status === 200) assert.equal(JSON.parse(answer.body).issuer, issuer);
      else {
        assert.equal(answer.body.includes("evil"), false);
        assert.equal(server.audit.lastRefusal, "request.host");
      }
    });
  }

  spec(["I2-FORWARDED", "P-3"], "is told to the operator when it is foreign, cut to size", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    await at(server, "/token", { headers: { host: `127.0.0.1:8080${"x".repeat(5_000)}` } });
    const step = server.audit.steps.at(-1);
    assert.match(step?.says ?? "", /not the issuer's\. \(Host: 127\.0\.0\.1:8080x+\)$/);
    assert.ok((step?.says.length ?? 0) < 400);
  });

  spec("I2-FORWARDED", "is not what a forwarded header says", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const headers = {
      "x-forwarded-host": "evil.com",
      forwarded: "host=evil.com",
      "x-forwarded-proto": "http",
    };
    const answer = await at(server, "/.well-known/openid-configuration", { headers });
    assert.equal(answer.status, 200);
    assert.equal(answer.body.includes("evil"), false);
  });
});

describe("the body of a request", () => {
  for (const [given, size, status] of [
    ["at the cap", mostBodyBytes, 400],
    ["one octet above it", mostBodyBytes + 1, 413],
  ] as const) {
    spec("I2-SIZE", `is ${status === 413 ? "not read" : "read"} ${given}`, async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      for (const path of ["/sign-in", "/token", "/register"]) {
        assert.equal(
          (await at(server, path, { method: "POST", headers, body: "x".repeat(size) })).status,
          status,
        );
      }
    });
  }

  spec("I2-SIZE", "that never ends is given up at the cap", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        sent += 16_384;
        controller.enqueue(new Uint8Array(16_384));
      },
    });
    const init = { method: "POST", body, duplex: "half" } as RequestInit;
    assert.equal((await at(server, "/token", init)).status, 413);
    assert.ok(sent < mostBodyBytes * 3, String(sent));
  });
});
