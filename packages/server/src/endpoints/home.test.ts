import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sqliteStore } from "../adapters/sqlite/store.ts";
import { StoreUnavailable } from "../ports/store.ts";
import { ABrowser } from "../testing/a-browser.ts";
import { type AServer, aServer, callback } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

const demo = {
  mcpUrl: "http://localhost:4001/mcp",
  apiUrl: "http://localhost:4002",
  accounts: [{ email: "demo@example.com", password: "a demonstration password", roles: ["trainer"] }],
};

describe("the home page", () => {
  it("of a development server says what the terminal says", async (t) => {
    const server = await aServer({ issuer: "http://localhost:4000", settings: { demo } });
    t.after(() => server.close());
    const { status, body } = await new ABrowser(server).open("/");
    assert.equal(status, 200);
    for (const text of [
      server.issuer,
      demo.mcpUrl,
      demo.apiUrl,
      "demo@example.com",
      "a demonstration password",
    ]) {
      assert.ok(body.includes(text), text);
    }
  });

  for (const issuer of ["https://auth.example.com", "https://example.com/tenant"]) {
    it(`of a real server at ${issuer} names its documents and nobody`, async (t) => {
      const server = await aServer({ issuer });
      t.after(() => server.close());
      await server.person();
      for (const path of ["", "/"]) {
        const { status, body } = await new ABrowser(server).open(`${issuer}${path}`);
        assert.equal(status, 200);
        assert.doesNotMatch(body, /example\.com\/mcp|ada@|password/);
        assert.match(body, /openid-configuration/);
      }
    });
  }
});

async function statusOf(server: AServer, path: string) {
  const response = await server.fetchHere(`${server.issuer}${path}`, { headers: { host: "10.0.0.7:8080" } });
  return [response.status, await response.json()];
}

describe("the mails of a development server", () => {
  for (const [mail, isLinked] of [
    ["outbox", true],
    ["smtp", false],
  ] as const) {
    it(`are ${isLinked ? "" : "not "}linked from its home page with a mailer of kind ${mail}`, async (t) => {
      const server = await aServer({ issuer: "http://localhost:4000/base", settings: { demo }, mail });
      t.after(() => server.close());
      const { body } = await new ABrowser(server).open("http://localhost:4000/base/");
      assert.equal(body.includes('href="/base/outbox"'), isLinked);
    });
  }
});

describe("health", () => {
  for (const [given, fault] of [
    ["says that it is unavailable", new StoreUnavailable(new Error("down"))],
    ["fails in its own words", new Error("connect ECONNREFUSED 10.0.0.9:5432")],
  ] as const) {
    spec("I2-HEALTH", `lives and is not ready while the store ${given}`, async (t) => {
      const store = await sqliteStore(":memory:");
      let isDown = false;
      const ping = async () => {
        if (isDown) throw fault;
      };
      const server = await aServer({ store: { ...store, ping } });
      t.after(() => server.close());
      assert.deepEqual(await statusOf(server, "/readyz"), [200, { status: "ready" }]);
      isDown = true;
      assert.deepEqual(await statusOf(server, "/livez"), [200, { status: "live" }]);
      const [status, body] = await statusOf(server, "/readyz");
      assert.deepEqual([status, (body as { error: string }).error], [503, "temporarily_unavailable"]);
      assert.doesNotMatch(JSON.stringify(body), /ECONN|10\.0/);
      assert.equal(server.audit.failures.length, 1);
    });
  }
});

describe("a failure in the middle of a request", () => {
  for (const [given, fault, status] of [
    ["the store is away", new StoreUnavailable(new Error("connect 10.0.0.9")), 503],
    ["something breaks", new Error("secret detail"), 500],
  ] as const) {
    it(`is a page for a person and JSON for a program, and says nothing: ${given}`, async (t) => {
      const store = await sqliteStore(":memory:");
      const clients = { ...store.clients, find: () => Promise.reject(fault) };
      const server = await aServer({ store: { ...store, clients } });
      t.after(() => server.close());
      const url = `${server.issuer}/authorize?client_id=x&redirect_uri=${encodeURIComponent(callback)}`;
      for (const [accept, type] of [
        ["text/html", "text/html; charset=utf-8"],
        ["application/json", "application/json"],
      ] as const) {
        const response = await server.fetchHere(url, { headers: { accept } });
        const body = await response.text();
        assert.deepEqual([response.status, response.headers.get("content-type")], [status, type]);
        assert.doesNotMatch(body, /secret|10\.0/);
        assert.equal(response.headers.get("retry-after"), status === 503 ? "2" : null);
      }
      assert.equal(server.audit.steps.at(-1)?.outcome, "failed");
      assert.equal(server.audit.failures.length, 2);
    });
  }
});
