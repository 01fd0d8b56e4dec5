import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Client } from "../records/client.ts";
import { authorizationUrl, login, pkce, post, redeem } from "../testing/a-login.ts";
import { type AServer, api, aResource, aServer, issuer, mcp } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

type Asked = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The claims of a JWT of ours; who checks signatures is another test's matter. */
function claimsOf(jwt: string): { aud: string; scope?: string } {
  return JSON.parse(Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString("utf8"));
}

async function errorOf(server: AServer, client: Pick<Client, "id">, asked: Asked): Promise<unknown> {
  const { browser } = await login(server, await server.client());
  const visit = await browser.open(
    authorizationUrl(server, client, { code_challenge: pkce().challenge, ...asked }),
  );
  return [new URL(visit.url).searchParams.get("error"), server.audit.lastRefusal];
}

describe("what an authorization request may ask for", () => {
  for (const { given, asked, scope, aud } of [
    { given: "no scope: the resource's default", asked: { scope: undefined }, scope: "tools:use", aud: mcp },
    { given: "an empty scope: the default", asked: { scope: "" }, scope: "tools:use", aud: mcp },
    {
      given: "identity alone and a resource: its default too",
      asked: { scope: "openid email" },
      scope: "tools:use openid email",
      aud: mcp,
    },
    { given: "one scope", asked: { scope: "notes:write" }, scope: "notes:write", aud: mcp },
    { given: "the default of another resource", asked: { resource: api }, scope: "inference:read", aud: api },
    {
      given: "a bare origin with its slash",
      asked: { resource: `${api}/` },
      scope: "inference:read",
      aud: api,
    },
    {
      given: "no resource, a scope that one resource has",
      asked: { resource: undefined, scope: "notes:write" },
      scope: "notes:write",
      aud: mcp,
    },
    {
      given: "an empty resource, a scope that one resource has",
      asked: { resource: "", scope: "notes:write" },
      scope: "notes:write",
      aud: mcp,
    },
    {
      given: "identity alone, no resource: this issuer",
      asked: { resource: undefined, scope: "openid" },
      scope: "openid",
      aud: issuer,
    },
    {
      given: "more than the person's roles allow: the rest",
      asked: { resource: api, scope: "inference:read training:write" },
      scope: "inference:read",
      aud: api,
    },
  ] as const) {
    spec(
      ["O21-AS-02", "MCP-AS-23", "RI-01", "RI-02", "CL-09", "I2-ROLES"],
      `gives for ${given}`,
      async (t) => {
        const server = await aServer();
        t.after(() => server.close());
        const client = await server.client();
        const tokens = await redeem(server, client, await login(server, client, asked));
        assert.equal(tokens.body.scope, scope);
        assert.deepEqual(
          [claimsOf(tokens.body.access_token).aud, claimsOf(tokens.body.access_token).scope],
          [aud, scope],
        );
      },
    );
  }

  for (const { given, asked, error, refusal } of [
    {
      given: "a relative resource",
      asked: { resource: "/mcp" },
      error: "invalid_target",
      refusal: "resource.malformed",
    },
    {
      given: "a resource with a fragment",
      asked: { resource: `${mcp}#x` },
      error: "invalid_target",
      refusal: "resource.malformed",
    },
    {
      given: "an unknown resource",
      asked: { resource: "https://evil.com/mcp" },
      error: "invalid_target",
      refusal: "resource.unknown",
    },
    {
      given: "a resource with a slash that it does not have",
      asked: { resource: `${mcp}/` },
      error: "invalid_target",
      refusal: "resource.unknown",
    },
    {
      given: "a resource in another case",
      asked: { resource: "https://mcp.example.com/MCP" },
      error: "invalid_target",
      refusal: "resource.unknown",
    },
    {
      given: "a known resource beside an unknown one",
      asked: { resource: [mcp, "https://evil.com"] },
      error: "invalid_target",
      refusal: "resource.unknown",
    },
    {
      given: "no resource where several are meant",
      asked: { resource: undefined },
      error: "invalid_target",
      refusal: "resource.ambiguous",
    },
    {
      given: "no resource and an unknown scope",
      asked: { resource: undefined, scope: "x:y" },
      error: "invalid_scope",
      refusal: "scope.unknown",
    },
    {
      given: "only what no role allows",
      asked: { resource: api, scope: "training:write" },
      error: "access_denied",
      refusal: "scope.beyond-role",
    },
    {
      given: "identity and what no role allows",
      asked: { resource: api, scope: "openid training:write" },
      error: "access_denied",
      refusal: "scope.beyond-role",
    },
  ] as const) {
    spec(["RI-01", "RI-02", "I2-ROLES", "O21-AS-02"], `refuses ${given}`, async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      assert.deepEqual(await errorOf(server, await server.client(), asked), [error, refusal]);
    });
  }

  spec("I2-ROLES", "gives a trainer what the role allows", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    await server.person({ email: "tom@example.com", roles: ["trainer"] });
    const client = await server.client();
    const asked = { resource: api, scope: "training:write" };
    const tokens = await redeem(server, client, await login(server, client, asked, "tom@example.com"));
    assert.equal(tokens.body.scope, "training:write");
  });

  it("gives a registered client no more than its ceiling", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const client = await server.client({ scope: ["tools:use"] });
    const more = { scope: "tools:use notes:write" };
    assert.deepEqual(await errorOf(server, client, more), ["invalid_scope", "scope.beyond-client"]);
    const tokens = await redeem(server, client, await login(server, client, { scope: "openid tools:use" }));
    assert.equal(tokens.body.scope, "tools:use openid");
  });

  it("binds a request without resource to the default resource", async (t) => {
    const server = await aServer({ settings: { defaultResource: api } });
    t.after(() => server.close());
    const client = await server.client();
    const tokens = await redeem(server, client, await login(server, client, { resource: undefined }));
    assert.equal(claimsOf(tokens.body.access_token).aud, api);
    assert.match(server.audit.text, /No resource was named; bound to https:\/\/api\.example\.com/);
  });

  it("binds a request without resource to the only one that is registered", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    await server.store.resources.remove(api);
    const client = await server.client();
    const tokens = await redeem(server, client, await login(server, client, { resource: undefined }));
    assert.deepEqual([claimsOf(tokens.body.access_token).aud, tokens.body.scope], [mcp, "tools:use"]);
  });

  spec(["RI-01", "MCP-AS-23"], "takes several resources, one of them a token", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const client = await server.client();
    const code = await login(server, client, { resource: [mcp, api], scope: "tools:use inference:read" });
    const asked = {
      grant_type: "authorization_code",
      client_id: client.id,
      code: code.code,
      code_verifier: code.verifier,
    };
    const both = await post(server, "/token", asked);
    assert.deepEqual([both.body.error, server.audit.lastRefusal], ["invalid_target", "resource.several"]);
    const one = await post(server, "/token", { ...asked, resource: api });
    assert.deepEqual([claimsOf(one.body.access_token).aud, one.body.scope], [api, "inference:read"]);
  });

  spec("O21-AS-22", "a code lives for a minute, and does not contain its challenge", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const client = await server.client();
    const { verifier, challenge } = pkce();
    const code = await login(server, client, { code_challenge: challenge });
    assert.equal(code.code.includes(challenge.slice(0, 8)), false);
    server.clock.advance(60);
    const late = await redeem(server, client, { ...code, verifier });
    assert.deepEqual([late.body.error, server.audit.lastRefusal], ["invalid_grant", "code.expired"]);
  });

  spec(
    ["BCP-13", "O21-AS-22"],
    "a code is worth nothing without its verifier, client and redirect",
    async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      await server.store.resources.add(aResource({ identifier: "https://other.example.com" }));
      const client = await server.client();
      const other = await server.client();
      const code = await login(server, client);
      const form = {
        grant_type: "authorization_code",
        client_id: client.id,
        code: code.code,
        code_verifier: code.verifier,
      };
      for (const [wrong, refusal] of [
        [{ code_verifier: pkce().verifier }, "code.wrong-verifier"],
        [{ client_id: other.id }, "code.other-client"],
        [{ redirect_uri: "https://app.example.com/other" }, "code.other-redirect-uri"],
      ] as const) {
        const answer = await post(server, "/token", { ...form, ...wrong });
        assert.deepEqual([answer.body.error, server.audit.lastRefusal], ["invalid_grant", refusal]);
      }
      assert.equal((await post(server, "/token", form)).status, 200);
    },
  );
});
