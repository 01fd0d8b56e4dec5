import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { createLocalJWKSet, exportJWK, generateKeyPair, type JWK, jwtVerify } from "jose";
import { exchangeToken } from "./exchange.ts";
import { createMachine, type MachineOptions } from "./machine.ts";
import { AnIssuer, json } from "./testing/an-issuer.ts";

const start = 1_800_000_000;
const client = { id: "nightly", secret: "p@ss word:+%" };

describe("a machine", () => {
  let issuer: AnIssuer;
  let now = start;
  before(async () => {
    issuer = await AnIssuer.open();
  });
  after(() => issuer.close());
  beforeEach(() => {
    now = start;
    issuer.metadata = {};
    issuer.instead.clear();
    issuer.forms.length = 0;
    issuer.headers.length = 0;
    issuer.requests.length = 0;
  });
  const aMachine = (options: Partial<MachineOptions> = {}) =>
    createMachine({ resource: issuer.resource, issuer: issuer.origin, client, now: () => now, ...options });

  it("calls the resource with a token of its own, asked for once", async () => {
    const machine = aMachine({ scopes: ["training:write"] });
    const answers = await Promise.all([1, 2, 3].map(() => machine.fetch(issuer.resource)));
    assert.deepEqual(await answers[0]?.json(), { scopes: ["training:write"] });
    assert.equal(issuer.forms.length, 1);
    const [form] = issuer.forms;
    assert.deepEqual(
      ["grant_type", "resource", "scope", "client_secret"].map((name) => form?.get(name)),
      ["client_credentials", issuer.resource, "training:write", null],
    );
    assert.equal((await machine.token()).scopes?.join(), "training:write");
  });

  it("sends its secret in the form of RFC 6749 §2.3.1, or in the body where that is all the issuer takes", async () => {
    await aMachine().token();
    const header = issuer.headers.at(-1)?.authorization ?? "";
    assert.equal(
      Buffer.from(header.slice("Basic ".length), "base64").toString(),
      "nightly:p%40ss+word%3A%2B%25",
    );
    issuer.metadata = { token_endpoint_auth_methods_supported: ["client_secret_post"] };
    await aMachine().token();
    assert.equal(issuer.forms.at(-1)?.get("client_secret"), client.secret);
    assert.equal(issuer.headers.at(-1)?.authorization, undefined);
  });

  it("[JWTC-01 JWTC-03] proves itself by a key: an assertion for the issuer alone, new each time, for a minute", async () => {
    const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
    const key: JWK = { ...(await exportJWK(privateKey)), kid: "k1", alg: "ES256" };
    const machine = aMachine({ client: { id: "nightly", key }, now: () => Math.floor(Date.now() / 1000) });
    await machine.token();
    await machine.token({ scopes: ["other"] });
    const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: "k1", alg: "ES256" }] });
    const ids = new Set<unknown>();
    for (const form of issuer.forms) {
      const { payload, protectedHeader } = await jwtVerify(form.get("client_assertion") ?? "", keys);
      assert.equal(protectedHeader.typ, "client-authentication+jwt");
      assert.deepEqual([payload.iss, payload.sub, payload.aud], ["nightly", "nightly", issuer.origin]);
      assert.equal((payload.exp ?? 0) - (payload.iat ?? 0), 60);
      ids.add(payload.jti);
    }
    assert.equal(ids.size, 2);
    const shown = JSON.stringify(issuer.forms.map((form) => [...form]));
    assert.ok(!shown.includes(String(key.d)), "the private key stays here");
  });

  it("asks anew before the end, and at a 401", async () => {
    const machine = aMachine();
    await machine.token();
    now += 540;
    await machine.token();
    assert.equal(issuer.forms.length, 2);
    issuer.forgetTokens();
    assert.equal((await machine.fetch(issuer.resource)).status, 200);
    assert.equal(issuer.forms.length, 3);
  });

  it("goes on with what it holds while the issuer is away", async () => {
    const machine = aMachine();
    const { accessToken } = await machine.token();
    issuer.instead.set("/token", (_, response) => {
      json(response, 503, {});
      return true;
    });
    now += 599;
    assert.equal((await machine.token()).accessToken, accessToken);
    await assert.rejects(machine.token({ refused: accessToken }), { code: "unreachable" });
    now += 1;
    await assert.rejects(machine.token(), { code: "unreachable" });
  });

  it("binds its tokens to a key where that is wanted", async () => {
    const machine = aMachine({ dpop: true });
    assert.equal((await machine.token()).tokenType, "DPoP");
    assert.equal((await machine.fetch(issuer.resource)).status, 200);
  });

  it("[MCP-C-14] gives up where the resource wants more: nobody could be asked", async () => {
    const machine = aMachine({ scopes: ["a"] });
    await assert.rejects(machine.fetch(issuer.resource, { headers: { "x-needs": "b" } }), {
      code: "scope-needed",
      facts: { address: issuer.resource, scopes: ["a", "b"] },
    });
  });

  it("is told of fewer scopes and of more than it asked for", async () => {
    issuer.scopesOf = () => ["a"];
    await assert.rejects(aMachine({ scopes: ["a", "b"] }).token(), { code: "scope-needed" });
    issuer.scopesOf = () => ["a", "admin"];
    await assert.rejects(aMachine({ scopes: ["a"] }).token(), { code: "scope-widened", message: /admin/ });
    issuer.scopesOf = (asked) => asked?.split(" ") ?? ["notes:read"];
  });

  it("is not made for a resource that its token could not be sent to", () => {
    assert.throws(() => aMachine({ resource: "http://models.example" }), { code: "address-unsafe" });
  });

  it("needs a secret or a key, and a key that can sign", async () => {
    assert.throws(() => aMachine({ client: { id: "nightly" } }), { code: "client-needed" });
    for (const key of [{ kty: "EC" }, { kty: "EC", alg: "ES256", d: "x" }]) {
      await assert.rejects(aMachine({ client: { id: "nightly", key } }).token(), { code: "client-refused" });
    }
  });

  for (const { given, status, answer, code } of [
    { given: "a wrong secret", status: 401, answer: { error: "invalid_client" }, code: "client-refused" },
    {
      given: "a grant that it may not use",
      status: 400,
      answer: { error: "unauthorized_client" },
      code: "client-refused",
    },
    {
      given: "an unknown resource",
      status: 400,
      answer: { error: "invalid_target" },
      code: "request-refused",
    },
    { given: "too many requests", status: 429, answer: {}, code: "unreachable" },
    { given: "a broken issuer", status: 500, answer: { error: "server_error" }, code: "unreachable" },
    { given: "a redirect to another host", status: 307, answer: {}, code: "answer-malformed" },
  ]) {
    it(`tells of ${given}, and says nothing of the secret`, async () => {
      issuer.instead.set("/token", (_, response) => {
        if (status === 307) response.setHeader("location", `${issuer.origin}/elsewhere`);
        json(response, status, answer);
        return true;
      });
      await assert.rejects(aMachine().token(), (thrown: Error & { code?: string }) => {
        assert.equal(thrown.code, code);
        assert.ok(!JSON.stringify([thrown.message, thrown.stack, thrown]).includes("p@ss"));
        return true;
      });
      assert.equal(issuer.count("POST /elsewhere"), 0);
    });
  }

  it("asks for the issuer's metadata again after a failure", async () => {
    const machine = aMachine();
    issuer.instead.set("/.well-known/oauth-authorization-server", (_, response) => {
      json(response, 503, {});
      return true;
    });
    await assert.rejects(machine.token(), { code: "unreachable" });
    issuer.instead.clear();
    assert.ok(await machine.token());
  });
});

describe("exchanging a token", () => {
  let issuer: AnIssuer;
  before(async () => {
    issuer = await AnIssuer.open();
  });
  after(() => issuer.close());
  const type = "urn:ietf:params:oauth:token-type:access_token";
  let given: Record<string, unknown>;
  beforeEach(() => {
    issuer.forms.length = 0;
    given = { access_token: "exchanged", token_type: "Bearer", issued_token_type: type, expires_in: 300 };
    issuer.instead.set("/token", (_, response) => {
      json(response, 200, given);
      return true;
    });
  });
  const exchange = (more: Partial<Parameters<typeof exchangeToken>[0]> = {}) =>
    exchangeToken({
      issuer: issuer.origin,
      client,
      subjectToken: "of-the-person",
      resource: "https://models.example",
      now: () => start,
      ...more,
    });

  it("names the person's token, the actor's where there is one, the resource and the scopes", async () => {
    given.scope = "inference:read";
    const token = await exchange({ scopes: ["inference:read"], actorToken: "of-the-agent" });
    assert.deepEqual(token, {
      accessToken: "exchanged",
      tokenType: "Bearer",
      expiresAt: start + 300,
      scopes: ["inference:read"],
    });
    assert.deepEqual(Object.fromEntries(issuer.forms[0] ?? []), {
      grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
      subject_token: "of-the-person",
      subject_token_type: type,
      actor_token: "of-the-agent",
      actor_token_type: type,
      requested_token_type: type,
      resource: "https://models.example",
      scope: "inference:read",
    });
  });

  it("refuses to ask for more than the subject token allows, before anybody is asked", async () => {
    await assert.rejects(exchange({ scopes: ["a", "b"], subjectScopes: ["a"] }), { code: "scope-widened" });
    assert.equal(issuer.forms.length, 0);
  });

  for (const { given: what, answer, options, code } of [
    {
      given: "more scopes than were asked for",
      answer: { scope: "a b" },
      options: { scopes: ["a"] },
      code: "scope-widened",
    },
    {
      given: "more scopes than the person's token has",
      answer: { scope: "a b" },
      options: { subjectScopes: ["a"] },
      code: "scope-widened",
    },
    {
      given: "fewer scopes than were asked for",
      answer: { scope: "a" },
      options: { scopes: ["a", "b"] },
      code: "scope-needed",
    },
    {
      given: "something else than an access token",
      answer: { issued_token_type: "urn:ietf:params:oauth:token-type:id_token" },
      options: {},
      code: "answer-malformed",
    },
    {
      given: "no word of what it is",
      answer: { issued_token_type: undefined },
      options: {},
      code: "answer-malformed",
    },
  ]) {
    it(`does not use an answer with ${what}`, async () => {
      Object.assign(given, answer);
      await assert.rejects(exchange(options), { code });
    });
  }

  it("needs a client that can prove itself", async () => {
    await assert.rejects(exchange({ client: { id: "anybody" } }), { code: "client-needed" });
  });
});
