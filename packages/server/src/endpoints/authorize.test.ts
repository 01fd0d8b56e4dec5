import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { ABrowser } from "../testing/a-browser.ts";
import { authorizationUrl, login, pkce } from "../testing/a-login.ts";
import { type AServer, aServer, callback } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

type Asked = Readonly<Record<string, string | readonly string[] | undefined>>;

interface Refused {
  readonly given: string;
  readonly asked: Asked;
  readonly error: string;
  readonly refusal: string;
}

const pkceRefusals: readonly Refused[] = [
  {
    given: "no challenge",
    asked: { code_challenge: undefined },
    error: "invalid_request",
    refusal: "pkce.missing",
  },
  {
    given: "an empty challenge",
    asked: { code_challenge: "" },
    error: "invalid_request",
    refusal: "pkce.missing",
  },
  {
    given: "no method",
    asked: { code_challenge_method: undefined },
    error: "invalid_request",
    refusal: "pkce.method",
  },
  {
    given: "the method plain",
    asked: { code_challenge_method: "plain" },
    error: "invalid_request",
    refusal: "pkce.method",
  },
  {
    given: "the method s256",
    asked: { code_challenge_method: "s256" },
    error: "invalid_request",
    refusal: "pkce.method",
  },
  {
    given: "a short challenge",
    asked: { code_challenge: "abc" },
    error: "invalid_request",
    refusal: "pkce.malformed",
  },
  {
    given: "neither challenge nor method",
    asked: { code_challenge: undefined, code_challenge_method: undefined },
    error: "invalid_request",
    refusal: "pkce.missing",
  },
  {
    given: "a nonce in place of a challenge",
    asked: { code_challenge: undefined, code_challenge_method: undefined, scope: "openid", nonce: "n-1" },
    error: "invalid_request",
    refusal: "pkce.missing",
  },
];

const responseTypes: readonly Refused[] = [
  "token",
  "id_token",
  "code token",
  "code id_token",
  "none",
  "CODE",
].map((response_type) => ({
  given: `response_type ${response_type}`,
  asked: { response_type },
  error: "unsupported_response_type",
  refusal: "response-type.unsupported",
}));

const repeated: readonly Refused[] = [
  "response_type",
  "code_challenge",
  "code_challenge_method",
  "scope",
  "nonce",
  "max_age",
  "login_hint",
  "x-extension",
  "__proto__",
].map((name) => ({
  given: `${name} twice`,
  asked: { [name]: ["openid", "openid"] },
  error: "invalid_request",
  refusal: "parameter.repeated",
}));

const others: readonly Refused[] = [
  {
    given: "no response_type",
    asked: { response_type: undefined },
    error: "invalid_request",
    refusal: "parameter.missing",
  },
  {
    given: "an empty response_type",
    asked: { response_type: "" },
    error: "invalid_request",
    refusal: "parameter.missing",
  },
  {
    given: "response_mode fragment",
    asked: { response_mode: "fragment" },
    error: "invalid_request",
    refusal: "response-mode.unsupported",
  },
  {
    given: "response_mode form_post",
    asked: { response_mode: "form_post" },
    error: "invalid_request",
    refusal: "response-mode.unsupported",
  },
  {
    given: "a request object",
    asked: { request: "e30.e30." },
    error: "request_not_supported",
    refusal: "request-object.unsupported",
  },
  {
    given: "a request URI",
    asked: { request_uri: "https://evil.com/r" },
    error: "request_uri_not_supported",
    refusal: "request-object.unsupported",
  },
  {
    given: "a scope with a quote",
    asked: { scope: 'tools:use"' },
    error: "invalid_scope",
    refusal: "scope.malformed",
  },
  {
    given: "an unknown scope",
    asked: { scope: "tools:use tools:own" },
    error: "invalid_scope",
    refusal: "scope.unknown",
  },
  {
    given: "a scope of another resource",
    asked: { scope: "inference:read" },
    error: "invalid_scope",
    refusal: "scope.unknown",
  },
  {
    given: "prompt none beside login",
    asked: { prompt: "none login" },
    error: "invalid_request",
    refusal: "parameter.malformed",
  },
  {
    given: "an unknown prompt",
    asked: { prompt: "create" },
    error: "invalid_request",
    refusal: "parameter.malformed",
  },
  {
    given: "a negative max_age",
    asked: { max_age: "-1" },
    error: "invalid_request",
    refusal: "parameter.malformed",
  },
];

describe("a refused authorization request of a person who is signed in", () => {
  let server: AServer;
  let browser: ABrowser;
  let clientId: string;
  before(async () => {
    server = await aServer();
    const client = await server.client();
    clientId = client.id;
    ({ browser } = await login(server, client));
  });
  after(() => server.close());

  async function refused({ asked, error, refusal }: Refused): Promise<void> {
    const url = authorizationUrl(
      server,
      { id: clientId },
      {
        code_challenge: pkce().challenge,
        state: "s t+a&t=e%20\u2713",
        ...asked,
      },
    );
    const visit = await browser.open(url);
    const answer = new URL(visit.url);
    assert.equal(`${answer.origin}${answer.pathname}`, callback, visit.body);
    assert.equal(answer.searchParams.get("error"), error);
    assert.equal(server.audit.lastRefusal, refusal);
    assert.deepEqual(answer.searchParams.getAll("state"), ["s t+a&t=e%20\u2713"]);
    assert.deepEqual(answer.searchParams.getAll("iss"), [server.issuer]);
    assert.equal(answer.searchParams.has("code"), false);
    assert.equal(answer.hash, "");
  }

  for (const row of pkceRefusals) {
    spec(
      ["O21-AS-20", "O21-AS-21", "O21-AS-23", "O21-AS-44", "BCP-02", "BBA-01", "CL-02", "MCP-AS-16"],
      `refuses ${row.given} with ${row.error}, state and iss`,
      () => refused(row),
    );
  }
  for (const row of responseTypes) {
    spec(["O21-AS-43", "BCP-04", "BCP-12", "BBA-04"], `refuses ${row.given}`, () => refused(row));
  }
  for (const row of repeated) spec("O21-AS-14", `refuses ${row.given}`, () => refused(row));
  for (const row of others) it(`refuses ${row.given} with ${row.error}`, () => refused(row));

  spec(["BCP-02", "P-1"], "excepts no confidential client from PKCE", async () => {
    const confidential = await server.client({ authMethods: ["client_secret_basic"] });
    const url = authorizationUrl(server, confidential, { scope: "openid", nonce: "n-1" });
    const answer = new URL((await browser.open(url)).url);
    assert.deepEqual(
      [answer.searchParams.get("error"), server.audit.lastRefusal],
      ["invalid_request", "pkce.missing"],
    );
  });

  it("refuses a client that is not registered for the grant", async () => {
    const machine = await server.client({ grantTypes: ["client_credentials"] });
    const visit = await browser.open(authorizationUrl(server, machine, { code_challenge: pkce().challenge }));
    assert.equal(new URL(visit.url).searchParams.get("error"), "unauthorized_client");
    assert.equal(server.audit.lastRefusal, "client.grant-not-allowed");
  });
});

describe("an accepted authorization request", () => {
  let server: AServer;
  let browser: ABrowser;
  let clientId: string;
  before(async () => {
    server = await aServer();
    const client = await server.client();
    clientId = client.id;
    ({ browser } = await login(server, client));
  });
  after(() => server.close());

  async function accepted(asked: Asked): Promise<URL> {
    const url = authorizationUrl(server, { id: clientId }, { code_challenge: pkce().challenge, ...asked });
    const visit = await browser.open(url);
    assert.ok(new URL(visit.url).searchParams.get("code"), `${visit.url} ${visit.body}`);
    return new URL(visit.url);
  }

  for (const state of [
    "plain",
    "a b+c%20&d=e#f?g",
    "\u00e9\u2713\u{1f511}",
    "<script>'\"",
    "x\r\nSet-Cookie: a=b",
    "null",
    "__proto__",
    "x".repeat(2000),
  ]) {
    spec(
      ["O21-AS-23", "O21-AS-39", "MCP-AS-16", "CL-02", "I2-HEADERS"],
      `echoes state exactly, with iss: ${JSON.stringify(state).slice(0, 40)}`,
      async () => {
        const answer = await accepted({ state });
        assert.deepEqual([...answer.searchParams.keys()], ["code", "state", "iss"]);
        assert.equal(answer.searchParams.get("state"), state);
        assert.equal(answer.searchParams.get("iss"), server.issuer);
        assert.doesNotMatch(answer.href, /[\r\n]/);
      },
    );
  }

  spec("O21-AS-23", "adds no state where none was sent", async () => {
    assert.equal((await accepted({ state: undefined })).searchParams.has("state"), false);
    assert.equal((await accepted({ state: "" })).searchParams.has("state"), false);
  });

  spec("O21-AS-14", "ignores what it does not know and counts empty as absent", async () => {
    await accepted({
      "x-unknown": "1",
      constructor: "1",
      ["__proto__"]: "1",
      display: "popup",
      claims: "{}",
    });
    await accepted({
      nonce: "",
      scope: "",
      prompt: "",
      max_age: "",
      request: "",
      request_uri: "",
      response_mode: "",
    });
  });

  spec("RI-01", "takes resource as often as it comes", async () => {
    const mcp = "https://mcp.example.com/mcp";
    await accepted({ resource: [mcp, mcp] });
  });

  spec("O21-AS-03", "reads a request line of 8,000 octets", async () => {
    const fixed = authorizationUrl(
      server,
      { id: clientId },
      { code_challenge: pkce().challenge, state: "" },
    ).length;
    const state = "s".repeat(8_000 - "GET  HTTP/1.1".length - fixed + server.issuer.length);
    assert.equal((await accepted({ state })).searchParams.get("state"), state);
  });

  it("reads the same request as a form, whatever octets it has", async () => {
    const query = authorizationUrl(
      server,
      { id: clientId },
      { code_challenge: pkce().challenge, state: undefined },
    );
    const response = await server.fetchHere(`${server.issuer}/authorize`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: `${new URL(query).search.slice(1)}&state=\u2713 #\r\n`,
    });
    assert.equal(response.status, 303);
    const location = new URL(response.headers.get("location") ?? "", server.issuer);
    assert.equal(location.searchParams.get("state"), "\u2713 #\r\n");
    assert.equal(new URL((await browser.open(location.href)).url).searchParams.get("state"), "\u2713 #\r\n");
  });

  it("reads no other form of body", async () => {
    const response = await server.fetchHere(`${server.issuer}/authorize`, { method: "POST", body: "{}" });
    assert.deepEqual([response.status, server.audit.lastRefusal], [400, "request.content-type"]);
  });

  spec("O21-AS-14", "sends no CORS header, and no preflight is answered", async () => {
    const url = authorizationUrl(server, { id: clientId }, { code_challenge: pkce().challenge });
    for (const method of ["GET", "HEAD", "POST", "OPTIONS"]) {
      const headers = { origin: "https://evil.com", "access-control-request-method": "GET" };
      const response = await server.fetchHere(url, { method, headers });
      const cors = [...response.headers.keys()].filter((name) => name.startsWith("access-control-"));
      assert.deepEqual(cors, [], method);
      if (method === "OPTIONS") assert.equal(response.status, 405);
    }
  });
});
