import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isLight, wholeRequest } from "./judged-request.ts";
import { type NodeRequest, requestOf } from "./node-request.ts";

const resource = "https://api.example/mcp";
const shown = (incoming: Partial<NodeRequest>) => requestOf({ rawHeaders: [], ...incoming }, resource);

describe("a request of Node's as the guard reads it", () => {
  it("finds headers in any case, and joins those that came twice, as Headers does", () => {
    const rawHeaders = [
      ...["Host", "x", "AUTHORIZATION", "Bearer a", "Origin", "https://a.example"],
      ...["authorization", "Bearer b", "DPoP", "one", "dpop", "two", "X-Empty", "", ":path", "/x"],
    ];
    const request = shown({ rawHeaders });
    assert.ok(isLight(request));
    for (const name of ["authorization", "origin", "dpop", "x-empty", "content-type", "auth", "orig1n"]) {
      assert.equal(request.headers.get(name), request.whole.headers.get(name), name);
      assert.equal(request.headers.has(name), request.whole.headers.has(name), name);
    }
    assert.equal(request.headers.get("authorization"), "Bearer a, Bearer b");
  });

  it("passes over a name without a value behind it", () => {
    assert.equal(shown({ rawHeaders: ["Authorization"] }).headers.get("authorization"), null);
  });

  for (const [target, url] of [
    ["/mcp?a=1", "https://api.example/mcp?a=1"],
    ["//evil.example/mcp", "https://api.example//evil.example/mcp"],
    ["http://evil.example/mcp?a=1", "https://api.example/mcp?a=1"],
    ["http://user:secret@evil.example/", "https://api.example/"],
    ["http://[/mcp", "https://api.example/"],
    ["javascript:alert(1)", "https://api.example/"],
    ["mcp", "https://api.example/"],
    ["*", "https://api.example/"],
    ["", "https://api.example/"],
  ] as const) {
    it(`stands at the resource's own host when it asks for ${JSON.stringify(target)}`, () => {
      const request = shown({ url: target });
      assert.equal(request.url, url);
      assert.equal(wholeRequest(request).url, url);
    });
  }

  it("has the path that was asked for before a router cut it", () => {
    assert.equal(shown({ url: "/", originalUrl: "/mcp/" }).url, "https://api.example/mcp/");
  });

  it("is a whole request for who wants one, made once", () => {
    const request = shown({ method: "DELETE", url: "/mcp", rawHeaders: ["Authorization", "Bearer a"] });
    const whole = wholeRequest(request);
    assert.ok(whole instanceof Request);
    assert.deepEqual([whole.method, whole.headers.get("authorization")], ["DELETE", "Bearer a"]);
    assert.equal(wholeRequest(request), whole);
    assert.equal(wholeRequest(whole), whole);
  });

  for (const method of ["CONNECT", "TRACE", "TRACK", "trace"]) {
    it(`is a whole one for ${method} too, for which there is none: GET stands in`, () => {
      const request = shown({ method });
      assert.deepEqual([request.method, wholeRequest(request).method], [method, "GET"]);
      assert.equal(wholeRequest(shown({ method, body: { access_token: "x" } })).method, "GET");
    });
  }

  it("shows the token of a form that was parsed before, and nothing else of it", async () => {
    const rawHeaders = ["Content-Type", "application/x-www-form-urlencoded", "Content-Length", "99"];
    const request = wholeRequest(
      shown({ method: "POST", rawHeaders, body: { access_token: "secret", a: "b" } }),
    );
    assert.equal(request.headers.get("content-length"), "14");
    assert.equal(await request.text(), "access_token=x");
    for (const body of [undefined, "access_token=x", null, [], { a: "b" }]) {
      assert.ok(isLight(shown({ method: "POST", rawHeaders, body })));
    }
  });
});
