import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ABrowser } from "../testing/a-browser.ts";
import { authorizationUrl, pkce, post } from "../testing/a-login.ts";
import { claimsOf } from "../testing/a-program.ts";
import { type AServer, aServer, callback, mcp, password, usualSettings } from "../testing/a-server.ts";
import type { AnswerBody } from "../testing/answer-body.ts";
import { spec } from "../testing/spec.ts";

const day = 86_400;

async function send(server: AServer, body: unknown, type = "application/json") {
  const response = await server.fetchHere(`${server.issuer}/register`, {
    method: "POST",
    body: new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body)),
    headers: type === "" ? {} : { "content-type": type },
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as AnswerBody };
}

/** From registration to a refreshed token, by the redirect given. */
async function walk(server: AServer, clientId: string, redirect: string): Promise<void> {
  const person = await server.person();
  const { verifier, challenge } = pkce();
  const asked = { code_challenge: challenge, redirect_uri: redirect };
  const start = authorizationUrl(server, { id: clientId }, asked);
  const answer = await new ABrowser(server).approve(start, { email: person.email, password });
  assert.ok(answer.href.startsWith(redirect));
  const code = answer.searchParams.get("code") ?? "";
  const grant = { grant_type: "authorization_code", code, code_verifier: verifier, redirect_uri: redirect };
  const tokens = await post(server, "/token", { client_id: clientId, ...grant });
  assert.equal(tokens.status, 200, server.audit.lastRefusal);
  assert.deepEqual([claimsOf(tokens.body.access_token).aud, tokens.body.scope], [mcp, "tools:use"]);
  const again = {
    grant_type: "refresh_token",
    refresh_token: tokens.body.refresh_token,
    client_id: clientId,
  };
  assert.equal((await post(server, "/token", again)).status, 200);
}

const usual = {
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  token_endpoint_auth_method: "none",
};

/** Registrations as clients send them: standards.md section 4. */
const sent = [
  {
    client: "Claude Code",
    body: {
      client_name: "Claude Code (tools)",
      redirect_uris: ["http://localhost:53682/callback"],
      ...usual,
    },
    redirect: "http://localhost:53682/callback",
    registered: ["http://localhost:53682/callback"],
  },
  {
    client: "Claude Code on its next port",
    body: {
      client_name: "Claude Code (tools)",
      redirect_uris: ["http://localhost:53682/callback"],
      ...usual,
    },
    redirect: "http://localhost:61000/callback",
    registered: ["http://localhost:53682/callback"],
  },
  {
    client: "Cursor with its mixed list",
    body: {
      client_name: "Cursor",
      redirect_uris: [
        "cursor://anysphere.cursor-mcp/oauth/callback",
        "cursor://anysphere.cursor-retrieval/oauth/callback",
        "https://www.cursor.com/agents/mcp/oauth/callback",
        "http://localhost:8787/callback",
      ],
      ...usual,
    },
    redirect: "http://localhost:8787/callback",
    registered: [
      "cursor://anysphere.cursor-mcp/oauth/callback",
      "https://www.cursor.com/agents/mcp/oauth/callback",
      "http://localhost:8787/callback",
    ],
  },
  {
    client: "VS Code",
    body: {
      client_name: "Visual Studio Code",
      client_uri: "https://code.visualstudio.com",
      grant_types: ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"],
      response_types: ["code"],
      redirect_uris: [
        "https://insiders.vscode.dev/redirect",
        "https://vscode.dev/redirect",
        "http://127.0.0.1/",
        "http://127.0.0.1:33418/",
      ],
      token_endpoint_auth_method: "none",
      application_type: "native",
    },
    redirect: "http://127.0.0.1:33418/",
    registered: [
      "https://insiders.vscode.dev/redirect",
      "https://vscode.dev/redirect",
      "http://127.0.0.1/",
      "http://127.0.0.1:33418/",
    ],
  },
  {
    client: "mcp-remote",
    body: {
      client_name: "MCP CLI Proxy",
      client_uri: "https://github.com/modelcontextprotocol/mcp-cli",
      software_id: "2e6dc280-f3c3-4e01-99a7-8181dbd1d23d",
      software_version: "1.0.0",
      redirect_uris: ["http://localhost:3334/oauth/callback"],
      ...usual,
    },
    redirect: "http://localhost:3334/oauth/callback",
    registered: ["http://localhost:3334/oauth/callback"],
  },
  {
    client: "Gemini CLI",
    body: {
      client_name: "Gemini CLI MCP Client",
      redirect_uris: ["http://localhost:7777/oauth/callback"],
      ...usual,
      scope: "",
      code_challenge_method: ["S256"],
    },
    redirect: "http://localhost:7777/oauth/callback",
    registered: ["http://localhost:7777/oauth/callback"],
  },
] as const;

describe("registration", () => {
  for (const { client, body, redirect, registered } of sent) {
    spec(
      ["MCP-AS-15", "MCP-AS-25", "DCR-01", "CL-04", "CL-05", "CIMD-09"],
      `takes ${client}, which then logs in`,
      async () => {
        const server = await aServer();
        const answer = await send(server, body);
        assert.equal(answer.status, 201, server.audit.lastRefusal);
        assert.equal(answer.headers.get("cache-control"), "no-store");
        assert.deepEqual(answer.body.redirect_uris, registered);
        assert.deepEqual(answer.body.grant_types, body.grant_types);
        assert.deepEqual(answer.body.response_types, ["code"]);
        assert.equal(answer.body.token_endpoint_auth_method, "none");
        assert.equal(answer.body.client_id_issued_at, server.clock.now());
        assert.equal(answer.body.client_name, body.client_name);
        assert.equal("client_secret" in answer.body, false);
        assert.equal(JSON.stringify(answer.body).includes("null"), false);
        await walk(server, answer.body.client_id, redirect);
        await server.close();
      },
    );
  }

  spec(["DCR-02", "O21-AS-41"], "gives no secret to a client that asks for one, and says so", async () => {
    for (const method of ["client_secret_basic", "client_secret_post"]) {
      const server = await aServer();
      const answer = await send(server, { redirect_uris: [callback], token_endpoint_auth_method: method });
      assert.deepEqual([answer.status, answer.body.token_endpoint_auth_method], [201, "none"]);
      assert.equal("client_secret" in answer.body || "client_secret_expires_at" in answer.body, false);
      await server.close();
    }
  });

  for (const { given, body, error = "invalid_client_metadata", refusal } of [
    { given: "no redirect", body: {}, error: "invalid_redirect_uri", refusal: "redirect-uri.forbidden" },
    {
      given: "plain http elsewhere",
      body: { redirect_uris: ["http://app.example.com/cb"] },
      error: "invalid_redirect_uri",
      refusal: "redirect-uri.forbidden",
    },
    {
      given: "one script among good redirects",
      body: { redirect_uris: [callback, "javascript:alert(1)"] },
      error: "invalid_redirect_uri",
      refusal: "redirect-uri.forbidden",
    },
    {
      given: "a fragment",
      body: { redirect_uris: [`${callback}#x`] },
      error: "invalid_redirect_uri",
      refusal: "redirect-uri.forbidden",
    },
    {
      given: "only an app scheme that nobody listed",
      body: { redirect_uris: ["evil://cb"] },
      error: "invalid_redirect_uri",
      refusal: "redirect-uri.forbidden",
    },
    {
      given: "a web client on loopback",
      body: { redirect_uris: ["http://localhost:1/cb"], application_type: "web" },
      error: "invalid_redirect_uri",
      refusal: "redirect-uri.forbidden",
    },
    {
      given: "a machine's grant alone",
      body: { redirect_uris: [callback], grant_types: ["client_credentials"] },
      refusal: "registration.confidential",
    },
    {
      given: "the implicit response",
      body: { redirect_uris: [callback], response_types: ["token"] },
      refusal: "metadata.malformed",
    },
    {
      given: "a private key",
      body: { redirect_uris: [callback], jwks: { keys: [{ kty: "EC", d: "d" }] } },
      refusal: "metadata.secret",
    },
    {
      given: "assertions without keys",
      body: { redirect_uris: [callback], token_endpoint_auth_method: "private_key_jwt" },
      refusal: "metadata.auth-method",
    },
    { given: "a list", body: [], refusal: "metadata.malformed" },
    { given: "null", body: "null", refusal: "metadata.malformed" },
    { given: "no JSON", body: "redirect_uris=x", refusal: "metadata.malformed" },
    { given: "nothing", body: "", refusal: "metadata.malformed" },
  ]) {
    spec(["DCR-01", "O21-AS-06"], `is refused with ${given}`, async () => {
      const server = await aServer();
      const answer = await send(server, body);
      assert.deepEqual([answer.status, answer.body.error, server.audit.lastRefusal], [400, error, refusal]);
      assert.deepEqual(await server.store.clients.list(), []);
      await server.close();
    });
  }

  for (const type of ["application/x-www-form-urlencoded", "text/plain", "application/json-patch+json", ""]) {
    spec("CL-14", `takes JSON only, not ${type || "an unnamed type"}`, async () => {
      const server = await aServer();
      const answer = await send(server, { redirect_uris: [callback] }, type);
      assert.deepEqual([answer.status, server.audit.lastRefusal], [400, "request.content-type"]);
      await server.close();
    });
  }

  spec("CL-14", "takes JSON with a charset", async () => {
    const server = await aServer();
    const answer = await send(server, { redirect_uris: [callback] }, "Application/JSON; charset=utf-8");
    assert.equal(answer.status, 201);
    await server.close();
  });

  spec("O21-AS-39", "keeps of a key what a key is made of, however deep the rest is nested", async () => {
    const server = await aServer();
    const deep = `${"[".repeat(25_000)}${"]".repeat(25_000)}`;
    const key = '{"kty":"EC","crv":"P-256","x":"x","y":"y","key_ops":["verify"]';
    const answer = await send(
      server,
      `{"redirect_uris":["${callback}"],"jwks":{"keys":[${key},"z":${deep}}]}}`,
    );
    assert.equal(answer.status, 201);
    assert.deepEqual(answer.body.jwks, { keys: [JSON.parse(`${key}}`)] });
    assert.deepEqual(server.audit.failures, []);
    await server.close();
  });

  for (const body of [
    `{"__proto__":{"redirect_uris":["${callback}"],"polluted":true}}`,
    `{"constructor":{"prototype":{"polluted":true}},"redirect_uris":["${callback}"]}`,
    `{"redirect_uris":["${callback}"],"__proto__":{"token_endpoint_auth_method":"client_secret_basic","jwks":{}}}`,
    `{"redirect_uris":["${callback}"],"jwks":{"keys":[],"__proto__":{"polluted":true}},"toString":"x","hasOwnProperty":"x"}`,
  ]) {
    spec("I2-POLLUTION", `pollutes nothing by ${body.slice(0, 60)}`, async () => {
      const server = await aServer();
      const answer = await send(server, body);
      assert.ok([201, 400].includes(answer.status));
      if (answer.status === 201) assert.equal(answer.body.token_endpoint_auth_method, "none");
      assert.equal(({} as Record<string, unknown>).polluted, undefined);
      assert.deepEqual(server.audit.failures, []);
      await server.close();
    });
  }

  spec(["I2-LIMITS", "DCR-02"], "is limited by address: 429 with Retry-After, and others go on", async () => {
    const server = await aServer({ limits: { registration: { limit: 3, window: 60 } } });
    for (let n = 0; n < 3; n++) assert.equal((await send(server, { redirect_uris: [callback] })).status, 201);
    const stopped = await send(server, { redirect_uris: [callback] });
    assert.deepEqual([stopped.status, server.audit.lastRefusal], [429, "request.rate"]);
    const wait = Number(stopped.headers.get("retry-after"));
    assert.ok(wait > 0);
    const body = JSON.stringify({ redirect_uris: [callback] });
    const init = { method: "POST", body, headers: { "content-type": "application/json" } };
    const elsewhere = new Request(`${server.issuer}/register`, init);
    assert.equal((await server.fetch(elsewhere, { address: "198.51.100.7" })).status, 201);
    server.clock.advance(wait);
    assert.equal((await send(server, { redirect_uris: [callback] })).status, 201);
    await server.close();
  });

  spec("I2-LIMITS", "is limited as much when many come side by side", async () => {
    const server = await aServer({ limits: { registration: { limit: 3, window: 60 } } });
    const all = Array.from({ length: 40 }, () => send(server, { redirect_uris: [callback] }));
    const statuses = (await Promise.all(all)).map(({ status }) => status);
    assert.equal(statuses.filter((status) => status === 201).length, 3);
    assert.equal((await server.store.clients.list()).length, 3);
    await server.close();
  });

  it("can be switched off", async () => {
    const usual = usualSettings("https://auth.example.com");
    const server = await aServer({ settings: { registration: { ...usual.registration, enabled: false } } });
    const answer = await send(server, { redirect_uris: [callback] });
    assert.deepEqual([answer.status, server.audit.lastRefusal], [400, "registration.disabled"]);
    assert.deepEqual(await server.store.clients.list(), []);
    await server.close();
  });
});

describe("self-registered clients", () => {
  spec(["DCR-02", "CL-14"], "are collected when nobody ever authorized them, and no others", async () => {
    const server = await aServer();
    const used = (await send(server, { redirect_uris: [callback], grant_types: usual.grant_types })).body;
    const begun = (await send(server, { redirect_uris: [callback] })).body;
    const unused = (await send(server, { redirect_uris: [callback] })).body;
    const registered = await server.client();
    await walk(server, used.client_id, callback);
    await new ABrowser(server).open(
      authorizationUrl(server, { id: begun.client_id }, { code_challenge: pkce().challenge }),
    );
    server.clock.advance(400 * day);
    const young = (await send(server, { redirect_uris: [callback] })).body;
    const now = server.clock.now();
    while ((await server.store.collect(now, { unused: now - 30 * day, events: 0 }, 100)) >= 100);
    const left = (await server.store.clients.list()).map(({ id }) => id).sort();
    assert.deepEqual(left, [used.client_id, registered.id, young.client_id].sort());
    const answer = await post(server, "/token", {
      grant_type: "refresh_token",
      client_id: unused.client_id,
      refresh_token: "x",
    });
    assert.deepEqual([answer.status, answer.body.error], [401, "invalid_client"]);
    await walkAgain(server, used.client_id);
    await server.close();
  });
});

async function walkAgain(server: AServer, clientId: string): Promise<void> {
  const { challenge } = pkce();
  const start = authorizationUrl(server, { id: clientId }, { code_challenge: challenge });
  const answer = await new ABrowser(server).approve(start, { email: "ada@example.com", password });
  assert.ok(answer.searchParams.get("code"));
}
