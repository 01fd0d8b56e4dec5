import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { readBearerChallenge } from "@valetkey/protocol/challenge";
import type { OAuthError } from "@valetkey/protocol/errors";
import type { Caller } from "./caller.ts";
import { createGuard, type Guard } from "./guard.ts";
import type { GuardOptions } from "./options.ts";
import { anIssuer, aRequest, type TestIssuer } from "./testing/an-issuer.ts";

const documentUrl = "https://api.example/.well-known/oauth-protected-resource/mcp";

describe("guard", () => {
  let issuer: TestIssuer;
  let guard: Guard;
  let refusals: OAuthError[] = [];

  const aGuard = (options: Partial<GuardOptions> = {}) =>
    createGuard({
      issuer: issuer.issuer,
      resource: issuer.resource,
      scopes: ["notes:read", "notes:write"],
      challengeScopes: ["notes:read"],
      onRefusal: (error) => refusals.push(error),
      ...options,
    });

  before(async () => {
    issuer = await anIssuer();
    guard = aGuard();
  });
  after(() => issuer.close());

  async function refused(request: Request, needed: readonly string[] = [], by = guard) {
    refusals = [];
    const response = await by.guard(request, needed);
    assert.ok(response instanceof Response, "the guard let the request through");
    const challenge = readBearerChallenge(response.headers.get("www-authenticate") ?? "");
    return {
      response,
      body: (await response.json()) as Record<string, string>,
      attributes: Object.fromEntries(challenge?.attributes ?? []),
      repeated: challenge?.repeated,
      refusal: refusals.at(-1)?.refusal,
    };
  }

  async function admitted(token: string, needed: readonly string[] = [], by = guard): Promise<Caller> {
    const caller = await by.guard(aRequest(token), needed);
    assert.ok(!(caller instanceof Response), "the guard refused the request");
    return caller;
  }

  it("[AT-02 O21-RS-01 O21-RS-02] tells who calls, from a good token", async () => {
    const token = await issuer.token({ scope: "notes:read notes:write", roles: ["trainer"] });
    const caller = await admitted(token, ["notes:read"]);
    assert.equal(caller.subject, "account-1");
    assert.equal(caller.clientId, "client-1");
    assert.deepEqual(caller.scopes, ["notes:read", "notes:write"]);
    assert.equal(caller.token, token);
    assert.deepEqual(caller.roles, ["trainer"]);
    assert.equal(caller.isMachine, false);
    assert.equal(caller.expiresAt, caller.claims.exp);
    assert.equal(caller.has("notes:write"), true);
    assert.equal(caller.has("notes:delete"), false);
  });

  it("knows a machine by its subject", async () => {
    assert.equal((await admitted(await issuer.token({ sub: "client-1" }))).isMachine, true);
  });

  it("[TX-01] tells who acts for the subject, newest first, and nobody for a token that was never exchanged", async () => {
    assert.deepEqual((await admitted(await issuer.token({}))).actors, []);
    const act = { sub: "api-server", act: { sub: "front-server" } };
    const caller = await admitted(await issuer.token({ client_id: "api-server", act }));
    assert.deepEqual([caller.actors, caller.clientId], [["api-server", "front-server"], "api-server"]);
  });

  it("[TX-01] knows a machine by its subject where another acts for it, and a person as well", async () => {
    const act = { sub: "server" };
    const machine = { sub: "job", client_id: "server", origin_client_id: "job", act };
    assert.equal((await admitted(await issuer.token(machine))).isMachine, true);
    const person = { sub: "acc_1", client_id: "server", origin_client_id: "app", act };
    assert.equal((await admitted(await issuer.token(person))).isMachine, false);
  });

  it("[TX-01] refuses a token whose chain of actors cannot be read", async () => {
    const { response, refusal } = await refused(aRequest(await issuer.token({ act: { act: { sub: "a" } } })));
    assert.deepEqual([response.status, refusal], [401, "token.claims"]);
  });

  for (const scheme of ["bearer", "BEARER", "BeArEr", "Bearer  "]) {
    it(`[O21-RS-02] takes the scheme spelled ${JSON.stringify(scheme)}`, async () => {
      const token = await issuer.token();
      const headers = { authorization: `${scheme} ${token}` };
      assert.ok(!((await guard.guard(aRequest(undefined, { headers }))) instanceof Response));
    });
  }

  for (const [given, headers] of [
    ["no Authorization header", {}],
    ["an empty Authorization header", { authorization: "" }],
    ["another scheme", { authorization: "Basic YTpi" }],
    ["a scheme that only begins alike", { authorization: "BearerToken abc" }],
  ] as const) {
    it(`[MCP-RS-02 MCP-RS-03 MCP-RS-07 O21-RS-05 CL-15] asks for a token without naming an error when given ${given}`, async () => {
      const { response, body, attributes, repeated, refusal } = await refused(
        aRequest(undefined, { headers }),
      );
      assert.equal(response.status, 401);
      assert.deepEqual(attributes, { scope: "notes:read", resource_metadata: documentUrl });
      assert.deepEqual(repeated, []);
      assert.deepEqual(Object.keys(body), ["error_description"]);
      assert.equal(refusal, "token.missing");
      assert.equal(response.headers.get("cache-control"), "no-store");
      assert.equal(response.headers.get("content-type"), "application/json");
    });
  }

  it("[MCP-RS-03 MCP-RS-15] asks for the operation's own scopes when it names some", async () => {
    const { attributes } = await refused(aRequest(), ["notes:write"]);
    assert.equal(attributes.scope, "notes:write");
  });

  it("[MCP-RS-10] never asks for offline_access", async () => {
    const by = aGuard({
      scopes: ["notes:read", "offline_access"],
      challengeScopes: ["offline_access", "notes:read"],
    });
    assert.equal((await refused(aRequest(), [], by)).attributes.scope, "notes:read");
    assert.throws(() => aGuard({ requiredScopes: ["offline_access"] }), TypeError);
  });

  for (const [given, authorization] of [
    ["no token after the scheme", "Bearer"],
    ["two words", "Bearer one two"],
    ["a character that no token has", 'Bearer abc"def'],
    ["a padding in the middle", "Bearer ab=cd"],
  ] as const) {
    it(`[MCP-RS-07] answers 400 to ${given}`, async () => {
      const { response, body, attributes, refusal } = await refused(
        aRequest(undefined, { headers: { authorization } }),
      );
      assert.equal(response.status, 400);
      assert.equal(body.error, "invalid_request");
      assert.equal(attributes.error, "invalid_request");
      assert.equal(refusal, "token.malformed");
    });
  }

  it("[MCP-RS-11 O21-RS-03] ignores a good token in the query: 401 without an error code", async () => {
    const url = `https://api.example/mcp?access_token=${await issuer.token()}`;
    const { response, attributes } = await refused(aRequest(undefined, {}, url));
    assert.equal(response.status, 401);
    assert.equal(attributes.error, undefined);
    assert.ok(!((await guard.guard(aRequest(await issuer.token(), {}, url))) instanceof Response));
  });

  it("[O21-RS-04] refuses a header and a form that both carry a token", async () => {
    const body = `x=1&access_token=${await issuer.token()}`;
    const headers = {
      "content-type": "application/x-www-form-urlencoded; charset=utf-8",
      "content-length": String(body.length),
    };
    const request = aRequest(await issuer.token(), { method: "POST", body, headers });
    const { response, refusal } = await refused(request);
    assert.equal(response.status, 400);
    assert.equal(refusal, "token.two-carriers");
  });

  it("leaves the body of a form for the handler", async () => {
    const headers = { "content-type": "application/x-www-form-urlencoded", "content-length": "3" };
    const request = aRequest(await issuer.token(), { method: "POST", body: "x=1", headers });
    assert.ok(!((await guard.guard(request)) instanceof Response));
    assert.equal(await request.text(), "x=1");
  });

  it("does not look for a form in a body that was read before", async () => {
    const headers = { "content-type": "application/x-www-form-urlencoded", "content-length": "3" };
    const request = aRequest(await issuer.token(), { method: "POST", body: "x=1", headers });
    await request.text();
    assert.ok(!((await guard.guard(request)) instanceof Response));
  });

  for (const second of ["Bearer", "Basic"]) {
    it(`[O21-RS-04] refuses two Authorization headers, the other one ${second}`, async () => {
      for (const order of [0, 1]) {
        const headers = new Headers();
        const both = [`Bearer ${await issuer.token()}`, `${second} YWJj`];
        headers.append("authorization", both[order] ?? "");
        headers.append("authorization", both[1 - order] ?? "");
        const { response, refusal } = await refused(aRequest(undefined, { headers }));
        assert.equal(response.status, 400);
        assert.equal(refusal, "token.two-carriers");
      }
    });
  }

  it("[MCP-RS-08 O21-RS-06 CL-15] answers 403 with every scope that the operation needs", async () => {
    const by = aGuard({ requiredScopes: ["notes:read"] });
    const needed = ["notes:write", "notes:delete"];
    const { response, body, attributes, refusal } = await refused(aRequest(await issuer.token()), needed, by);
    assert.equal(response.status, 403);
    assert.equal(body.error, "insufficient_scope");
    assert.equal(attributes.error, "insufficient_scope");
    assert.equal(attributes.scope, "notes:read notes:write notes:delete");
    assert.equal(attributes.resource_metadata, documentUrl);
    assert.equal(refusal, "token.scope");
  });

  it("names the operation and what it lacked to the operator only", async () => {
    const request = aRequest(await issuer.token());
    const response = await guard.guard(request, { scopes: ["notes:write"], operation: "save" });
    assert.ok(response instanceof Response);
    assert.equal(refusals.at(-1)?.fact, "client-1 lacks notes:write for save");
    assert.doesNotMatch(await response.text(), /client-1|save/);
  });

  it("[MCP-RS-09] lets a broader scope stand for the narrower, chains followed, never the other way", async () => {
    const by = aGuard({
      scopeHierarchy: { "notes:*": ["notes:write"], "notes:write": ["notes:read", "notes:*"] },
    });
    const caller = await admitted(await issuer.token({ scope: "notes:*" }), ["notes:read"], by);
    assert.deepEqual(caller.scopes, ["notes:*"]);
    const { response } = await refused(aRequest(await issuer.token()), ["notes:write"], by);
    assert.equal(response.status, 403);
  });

  it("[MCP-RS-04] asks for required scopes of every request", async () => {
    const by = aGuard({ requiredScopes: ["notes:write"] });
    assert.equal((await refused(aRequest(await issuer.token()), [], by)).response.status, 403);
  });

  it("judges a caller that is already known", async () => {
    const request = aRequest(await issuer.token());
    const caller = await guard.guard(request);
    assert.ok(!(caller instanceof Response));
    assert.equal(guard.authorize(caller, request, ["notes:read"]), caller);
    const response = guard.authorize(caller, request, ["notes:write"]);
    assert.ok(response instanceof Response);
    assert.equal(response.status, 403);
  });

  it("[MCP-RS-05] takes the resource with and without the slash after a bare origin, and nothing else", async () => {
    const by = aGuard({ resource: "https://api.example" });
    await admitted(await issuer.token({ aud: "https://api.example/" }), [], by);
    await admitted(await issuer.token({ aud: ["https://other.example", "https://api.example"] }), [], by);
    const { refusal } = await refused(
      aRequest(await issuer.token({ aud: "https://api.example/mcp" })),
      [],
      by,
    );
    assert.equal(refusal, "token.audience");
  });

  it("[O21-RS-07] takes long tokens", async () => {
    await admitted(await issuer.token({ groups: "x".repeat(8_000) }));
  });

  for (const bad of ['a"b', "a b", "a\r\nSet-Cookie: x=1", "a\\b", "ä", ""]) {
    it(`lets nobody pass, and writes no header, for a needed scope spelled ${JSON.stringify(bad)}`, async () => {
      await assert.rejects(async () => guard.guard(aRequest(await issuer.token()), [bad]), TypeError);
      assert.throws(() => aGuard({ scopes: [bad] }), TypeError);
      assert.throws(() => aGuard({ challengeScopes: [bad] }), TypeError);
    });
  }

  for (const bad of ["notes:write", { scopes: "notes:write" }, 5, null] as unknown[]) {
    it(`lets nobody pass where ${JSON.stringify(bad)} stands for the list of needed scopes`, async () => {
      const needed = bad as readonly string[];
      await assert.rejects(async () => guard.guard(aRequest(await issuer.token()), needed), TypeError);
    });
  }

  for (const [given, options] of [
    ["an issuer in the clear", { issuer: "http://issuer.example" }],
    ["a resource in the clear", { resource: "http://api.example" }],
    ["a resource with a fragment", { resource: "https://api.example/#x" }],
    ["clocks that may differ by more than five minutes", { clockTolerance: 301 }],
    ["clocks that may differ by less than nothing", { clockTolerance: -1 }],
    ["keys in the clear", { jwksUri: "http://issuer.example/jwks" }],
    ["an issuer that is no URL", { issuer: "issuer" }],
  ] as const) {
    it(`refuses to be made with ${given}`, () => {
      assert.throws(() => aGuard(options), TypeError);
    });
  }
});
