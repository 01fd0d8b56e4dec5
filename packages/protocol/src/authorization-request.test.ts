import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readAuthorizationRequest } from "./authorization-request.ts";
import { Parameters } from "./parameters.ts";

const challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const good = { response_type: "code", code_challenge: challenge, code_challenge_method: "S256" };

function parsed(change: Record<string, string | undefined>, more = "") {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...good, ...change })) {
    if (value !== undefined) form.append(name, value);
  }
  return readAuthorizationRequest(Parameters.parse(`${form}${more}`, { repeatable: ["resource"] }));
}

describe("authorization requests", () => {
  it("reads the least that a client sends", () => {
    assert.deepEqual(parsed({}), {
      codeChallenge: challenge,
      scopes: undefined,
      resources: [],
      state: undefined,
      nonce: undefined,
      prompt: [],
      maxAge: undefined,
      uiLocales: [],
      loginHint: undefined,
      idTokenHint: undefined,
      acrValues: [],
      dpopKey: undefined,
    });
  });

  it("[O21-AS-14] reads everything that it knows, and ignores what it does not know", () => {
    const read = parsed(
      {
        scope: "openid notes:read",
        state: 'a+b/c=%25 \u00E9"<',
        nonce: "n-1",
        prompt: "consent login",
        max_age: "0",
        ui_locales: "de-CH en",
        login_hint: "ada@example.com",
        id_token_hint: "a.b.c",
        acr_values: "1 2",
        dpop_jkt: "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I",
        response_mode: "query",
        unknown: "x",
        claims: "{}",
      },
      "&resource=https%3A%2F%2Fa.example&resource=https%3A%2F%2Fb.example&resource=https%3A%2F%2Fa.example",
    );
    assert.deepEqual(read, {
      codeChallenge: challenge,
      scopes: ["openid", "notes:read"],
      resources: ["https://a.example", "https://b.example"],
      state: 'a+b/c=%25 \u00E9"<',
      nonce: "n-1",
      prompt: ["login", "consent"],
      maxAge: 0,
      uiLocales: ["de-CH", "en"],
      loginHint: "ada@example.com",
      idTokenHint: "a.b.c",
      acrValues: ["1", "2"],
      dpopKey: "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I",
    });
  });

  for (const prompt of [
    "none",
    "login",
    "consent",
    "select_account",
    "login consent select_account",
    "create",
  ]) {
    it(`[OIDC-01] takes prompt=${prompt}`, () => {
      assert.equal(parsed({ prompt }).prompt.length, prompt.split(" ").length);
    });
  }

  for (const { row, given, change, code, refusal } of [
    {
      row: "O21-AS-43",
      given: "no response type",
      change: { response_type: undefined },
      code: "invalid_request",
      refusal: "parameter.missing",
    },
    {
      row: "O21-AS-43",
      given: "an empty response type",
      change: { response_type: "" },
      code: "invalid_request",
      refusal: "parameter.missing",
    },
    {
      row: "O21-AS-43",
      given: "the implicit response",
      change: { response_type: "token" },
      code: "unsupported_response_type",
      refusal: "response-type.unsupported",
    },
    {
      row: "BCP-04",
      given: "a hybrid response",
      change: { response_type: "code id_token" },
      code: "unsupported_response_type",
      refusal: "response-type.unsupported",
    },
    {
      row: "O21-AS-43",
      given: "code in another case",
      change: { response_type: "Code" },
      code: "unsupported_response_type",
      refusal: "response-type.unsupported",
    },
    {
      row: "BBA-04",
      given: "a fragment answer",
      change: { response_mode: "fragment" },
      code: "invalid_request",
      refusal: "response-mode.unsupported",
    },
    {
      row: "BCP-18",
      given: "a message answer",
      change: { response_mode: "web_message" },
      code: "invalid_request",
      refusal: "response-mode.unsupported",
    },
    {
      row: "OIDC-01",
      given: "a request object",
      change: { request: "a.b.c" },
      code: "request_not_supported",
      refusal: "request-object.unsupported",
    },
    {
      row: "OIDC-01",
      given: "a request object elsewhere",
      change: { request_uri: "https://evil.example/" },
      code: "request_uri_not_supported",
      refusal: "request-object.unsupported",
    },
    {
      row: "O21-AS-20",
      given: "no challenge",
      change: { code_challenge: undefined },
      code: "invalid_request",
      refusal: "pkce.missing",
    },
    {
      row: "O21-AS-20",
      given: "no method",
      change: { code_challenge_method: undefined },
      code: "invalid_request",
      refusal: "pkce.method",
    },
    {
      row: "O21-AS-21",
      given: "plain",
      change: { code_challenge_method: "plain" },
      code: "invalid_request",
      refusal: "pkce.method",
    },
    {
      row: "O21-AS-20",
      given: "a short challenge",
      change: { code_challenge: "short" },
      code: "invalid_request",
      refusal: "pkce.malformed",
    },
    {
      row: "O21-AS-02",
      given: "a scope with a quote",
      change: { scope: 'a"' },
      code: "invalid_scope",
      refusal: "scope.malformed",
    },
    {
      row: "RI-01",
      given: "a resource with a fragment",
      change: { resource: "https://a.example/#x" },
      code: "invalid_target",
      refusal: "resource.malformed",
    },
    {
      row: "RI-01",
      given: "a relative resource",
      change: { resource: "/mcp" },
      code: "invalid_target",
      refusal: "resource.malformed",
    },
    {
      row: "OIDC-01",
      given: "prompt none beside another",
      change: { prompt: "none login" },
      code: "invalid_request",
      refusal: "parameter.malformed",
    },
    {
      row: "OIDC-01",
      given: "an unknown prompt",
      change: { prompt: "login register" },
      code: "invalid_request",
      refusal: "parameter.malformed",
    },
    {
      row: "OIDC-01",
      given: "a negative max_age",
      change: { max_age: "-1" },
      code: "invalid_request",
      refusal: "parameter.malformed",
    },
    {
      row: "OIDC-01",
      given: "a max_age with a fraction",
      change: { max_age: "1.5" },
      code: "invalid_request",
      refusal: "parameter.malformed",
    },
    {
      row: "OIDC-01",
      given: "a hexadecimal max_age",
      change: { max_age: "0x10" },
      code: "invalid_request",
      refusal: "parameter.malformed",
    },
    {
      row: "OIDC-01",
      given: "a max_age without end",
      change: { max_age: "9".repeat(400) },
      code: "invalid_request",
      refusal: "parameter.malformed",
    },
  ]) {
    it(`[${row}] refuses ${given}`, () => assert.throws(() => parsed(change), { code, refusal }));
  }

  it("[RI-01] refuses a malformed resource behind a good one", () => {
    assert.throws(() => parsed({ resource: "https://a.example" }, "&resource=nothing"), {
      code: "invalid_target",
    });
  });

  it("[O21-AS-23] refuses a state that it could not echo as it came", () => {
    assert.throws(() => parsed({}, "&state=%FF"), {
      code: "invalid_request",
      refusal: "parameter.malformed",
    });
  });
});
