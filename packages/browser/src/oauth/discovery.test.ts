import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import { discover } from "./discovery.ts";

describe("discovery", () => {
  const documents = new Map<string, (issuer: string) => object>();
  const asked: string[] = [];
  /** A place that sends whoever asks elsewhere. */
  let from = "";
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    asked.push(path);
    if (path === from) return response.writeHead(302, { location: "/elsewhere" }).end();
    const document = documents.get(path);
    if (!document) return response.writeHead(404).end("<h1>Not here</h1>");
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(document(origin)));
  });
  let origin = "";
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());

  function publish(path: string, more: object | ((issuer: string) => object) = {}, issuerPath = ""): void {
    documents.clear();
    asked.length = 0;
    documents.set(path, (origin) => ({
      issuer: origin + issuerPath,
      authorization_endpoint: `${origin}/authorize`,
      token_endpoint: `${origin}/token`,
      code_challenge_methods_supported: ["S256"],
      ...(typeof more === "function" ? more(origin) : more),
    }));
  }

  for (const { at, issuerPath } of [
    { at: "/.well-known/oauth-authorization-server", issuerPath: "" },
    { at: "/.well-known/openid-configuration", issuerPath: "" },
    { at: "/.well-known/oauth-authorization-server/tenant", issuerPath: "/tenant" },
    { at: "/tenant/.well-known/openid-configuration", issuerPath: "/tenant" },
    { at: "/.well-known/openid-configuration", issuerPath: "/" },
    { at: "/tenant/.well-known/openid-configuration", issuerPath: "/tenant/" },
  ]) {
    it(`finds the document of an issuer with the path ${JSON.stringify(issuerPath)} at ${at}`, async () => {
      publish(at, {}, issuerPath);
      assert.equal((await discover(origin + issuerPath)).token_endpoint, `${origin}/token`);
      assert.equal(asked.at(-1), at);
    });
  }

  const usual = "/.well-known/oauth-authorization-server";
  for (const { given, more } of [
    { given: "another issuer's name", more: { issuer: "https://evil.example" } },
    { given: "the name in another spelling", more: (origin: string) => ({ issuer: `${origin}/` }) },
    { given: "no token endpoint", more: { token_endpoint: undefined } },
    { given: "no authorization endpoint", more: { authorization_endpoint: undefined } },
    { given: "a token endpoint in the clear", more: { token_endpoint: "http://login.example/token" } },
    { given: "a sign-out by script", more: { end_session_endpoint: "javascript:alert(1)" } },
    { given: "a revocation endpoint that is no URL", more: { revocation_endpoint: "nowhere" } },
    { given: "challenge methods without S256", more: { code_challenge_methods_supported: ["plain"] } },
    { given: "no challenge methods", more: { code_challenge_methods_supported: undefined } },
  ]) {
    it(`refuses a document with ${given}`, async () => {
      publish(usual, more);
      await assert.rejects(discover(origin), { code: "issuer" });
    });
  }

  it("follows no redirect to a document", async () => {
    publish("/elsewhere");
    from = usual;
    await assert.rejects(discover(origin), { code: "unreachable" });
    assert.ok(!asked.includes("/elsewhere"));
    from = "";
  });

  it("takes no document of plain http from another machine", async () => {
    await assert.rejects(discover("http://login.example"), { code: "issuer" });
  });

  it("says that an issuer cannot be reached when nothing is there", async () => {
    documents.clear();
    await assert.rejects(discover(origin), { code: "unreachable" });
  });
});
