import assert from "node:assert/strict";
import { createHmac, createPublicKey } from "node:crypto";
import { after, before, describe, it } from "node:test";
import type { OAuthError } from "@valetkey/protocol/errors";
import type { Refusal } from "@valetkey/protocol/refusals";
import { createGuard, type Guard } from "./guard.ts";
import { countWebVerifications, type Engine, engines, runOn } from "./testing/an-engine.ts";
import {
  aKey,
  anIssuer,
  aRequest,
  type Claims,
  type SigningKey,
  signed,
  type TestIssuer,
} from "./testing/an-issuer.ts";

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token put together by hand, for headers that no library would sign. */
function byHand(header: Claims, claims: Claims, signature: (input: string) => string = () => "") {
  const input = `${part(header)}.${part(claims)}`;
  return `${input}.${signature(input)}`;
}

const hmac = (secret: string | Buffer) => (input: string) =>
  createHmac("sha256", secret).update(input).digest("base64url");

for (const engine of engines)
  describe(`guard under attack, signatures checked by ${engine}`, () => attack(engine));

function attack(engine: Engine): void {
  let issuer: TestIssuer;
  let foreign: TestIssuer;
  let guard: Guard;
  let thief: SigningKey;
  let refusals: OAuthError[] = [];

  let webVerifications: ReturnType<typeof countWebVerifications>;

  before(async () => {
    runOn(engine);
    webVerifications = countWebVerifications();
    issuer = await anIssuer();
    foreign = await anIssuer();
    thief = await aKey("first");
    guard = createGuard({
      issuer: issuer.issuer,
      resource: issuer.resource,
      onRefusal: (error) => refusals.push(error),
    });
  });
  after(async () => {
    webVerifications.stop();
    runOn("node:crypto");
    await issuer.close();
    await foreign.close();
  });

  const now = () => Math.floor(Date.now() / 1000);
  const pem = () =>
    createPublicKey({ key: issuer.key.jwk as never, format: "jwk" }).export({ type: "spki", format: "pem" });
  const head = { alg: "ES256", kid: "first", typ: "at+jwt" };

  const attacks: [given: string, refusal: Refusal, token: () => string | Promise<string>][] = [
    ["alg none", "token.algorithm", () => byHand({ ...head, alg: "none" }, issuer.claims())],
    ["alg None in mixed case", "token.algorithm", () => byHand({ ...head, alg: "nOnE" }, issuer.claims())],
    ["no alg at all", "token.algorithm", () => byHand({ kid: "first", typ: "at+jwt" }, issuer.claims())],
    ["alg as a list", "token.algorithm", () => byHand({ ...head, alg: ["ES256"] }, issuer.claims())],
    [
      "HS256 signed with the public key as PEM",
      "token.algorithm",
      () => byHand({ ...head, alg: "HS256" }, issuer.claims(), hmac(pem())),
    ],
    [
      "HS256 signed with the public key as JWK",
      "token.algorithm",
      () => byHand({ ...head, alg: "HS256" }, issuer.claims(), hmac(JSON.stringify(issuer.key.jwk))),
    ],
    [
      "HS256 signed with nothing",
      "token.algorithm",
      () => byHand({ ...head, alg: "HS256" }, issuer.claims(), hmac("")),
    ],
    [
      "an algorithm that is not the key's own",
      "token.key-unknown",
      () => signed(issuer.claims(), { ...thief, alg: "ES256" }, { alg: "ES256", kid: "first-rsa" }),
    ],
    [
      "RS256 named for an elliptic key",
      "token.key-unknown",
      async () => byHand({ ...head, alg: "RS256" }, issuer.claims(), () => "AAAA"),
    ],
    [
      "a signature of a stranger under a known key id",
      "token.signature",
      () => signed(issuer.claims(), thief),
    ],
    [
      "the stranger's key in jwk",
      "token.signature",
      () => signed(issuer.claims(), thief, { jwk: thief.jwk }),
    ],
    [
      "the stranger's key in jwk and no key id",
      "token.signature",
      () => signed(issuer.claims(), thief, { jwk: thief.jwk, kid: undefined }),
    ],
    [
      "the stranger's keys under jku",
      "token.key-unknown",
      () => signed(issuer.claims(), thief, { jku: `${foreign.issuer}/jwks`, kid: "other" }),
    ],
    [
      "the stranger's certificate in x5c",
      "token.signature",
      () => signed(issuer.claims(), thief, { x5c: ["MIIB"] }),
    ],
    [
      "the stranger's certificate under x5u",
      "token.signature",
      () => signed(issuer.claims(), thief, { x5u: `${foreign.issuer}/x5u` }),
    ],
    [
      "a key id that is a path",
      "token.key-unknown",
      () => signed(issuer.claims(), thief, { kid: "../../dev/null" }),
    ],
    [
      "a key id that is a statement",
      "token.key-unknown",
      () => signed(issuer.claims(), thief, { kid: "' OR '1'='1" }),
    ],
    [
      "a key id that is a member of every object",
      "token.key-unknown",
      () => signed(issuer.claims(), thief, { kid: "__proto__" }),
    ],
    [
      "a key id that is no text",
      "token.malformed",
      () => byHand({ ...head, kid: 1 }, issuer.claims(), () => "AAAA"),
    ],
    ["a foreign issuer", "token.issuer", () => foreign.token({ aud: issuer.resource })],
    ["a foreign issuer that names ours", "token.signature", () => foreign.token({ iss: issuer.issuer })],
    ["an issuer with one slash more", "token.issuer", () => issuer.token({ iss: `${issuer.issuer}/` })],
    ["no issuer", "token.issuer", () => issuer.token({ iss: undefined })],
    ["a foreign audience", "token.audience", () => issuer.token({ aud: "https://other.example/mcp" })],
    ["an audience above ours", "token.audience", () => issuer.token({ aud: "https://api.example" })],
    ["an audience below ours", "token.audience", () => issuer.token({ aud: "https://api.example/mcp/" })],
    ["an audience in another case", "token.audience", () => issuer.token({ aud: "https://API.example/mcp" })],
    ["no audience", "token.audience", () => issuer.token({ aud: undefined })],
    ["an empty list of audiences", "token.audience", () => issuer.token({ aud: [] })],
    [
      "an audience inside a list inside",
      "token.audience",
      () => issuer.token({ aud: [["https://api.example/mcp"]] }),
    ],
    ["an ID token", "token.type", () => issuer.token({}, { typ: "JWT" })],
    ["a token without a type", "token.type", () => issuer.token({}, { typ: undefined })],
    ["a logout token", "token.type", () => issuer.token({}, { typ: "logout+jwt" })],
    ["an expired token", "token.expired", () => issuer.token({ exp: now() - 6 })],
    ["a token without an end", "token.claims", () => issuer.token({ exp: undefined })],
    [
      "an end that is text",
      "token.claims",
      () => byHand(head, issuer.claims({ exp: "9999999999" }), () => "AAAA"),
    ],
    [
      "an end beyond numbers",
      "token.claims",
      () =>
        `${part(head)}.${Buffer.from(JSON.stringify(issuer.claims({ exp: 7 })).replace('"exp":7', '"exp":1e999')).toString("base64url")}.AAAA`,
    ],
    ["a token not yet valid", "token.early", () => issuer.token({ nbf: now() + 60 })],
    ["a token issued in the future", "token.early", () => issuer.token({ iat: now() + 60 })],
    [
      "a token without a time of issue",
      "token.claims",
      () => byHand(head, issuer.claims({ iat: undefined }), () => "AAAA"),
    ],
    ["no subject", "token.claims", () => issuer.token({ sub: undefined })],
    ["an empty subject", "token.claims", () => issuer.token({ sub: "" })],
    ["a subject that is no text", "token.claims", () => issuer.token({ sub: { admin: true } })],
    ["no client", "token.claims", () => issuer.token({ client_id: undefined })],
    ["scopes in a list", "token.claims", () => issuer.token({ scope: ["notes:read"] })],
    [
      "an unknown critical extension",
      "token.critical",
      () => byHand({ ...head, crit: ["exp"], exp: 1 }, issuer.claims()),
    ],
    [
      "an unencoded payload",
      "token.critical",
      () => byHand({ ...head, crit: ["b64"], b64: false }, issuer.claims()),
    ],
    ["a token bound to a key, sent plainly", "token.bound", () => issuer.token({ cnf: { jkt: "x" } })],
    ["an oversized token", "token.malformed", () => issuer.token({ groups: "x".repeat(20_000) })],
    ["a truncated signature", "token.signature", async () => (await issuer.token()).slice(0, -3)],
    ["no signature", "token.signature", async () => (await issuer.token()).replace(/[^.]*$/, "")],
    [
      "a signature of zeros",
      "token.signature",
      async () => (await issuer.token()).replace(/[^.]*$/, Buffer.alloc(64).toString("base64url")),
    ],
    ["a signature spelled with padding", "token.signature", async () => `${await issuer.token()}==`],
    [
      "a signature spelled with bits behind its last byte",
      "token.signature",
      async () => (await issuer.token()).replace(/.$/, (last) => String.fromCharCode(last.charCodeAt(0) + 1)),
    ],
    [
      "a signature spelled in plain base64",
      "token.signature",
      async () => {
        for (;;) {
          const token = await issuer.token();
          const [tail = ""] = /[^.]*$/.exec(token) ?? [];
          if (tail.includes("-")) return token.slice(0, -tail.length) + tail.replace("-", "+");
        }
      },
    ],
    ["two parts", "token.malformed", async () => (await issuer.token()).replace(/\.[^.]*$/, "")],
    ["four parts", "token.malformed", async () => `${await issuer.token()}.AAAA`],
    ["five parts, as if encrypted", "token.malformed", async () => `${await issuer.token()}.AAAA.AAAA`],
    ["a header that is no JSON", "token.malformed", () => "bm8.bm8.bm8"],
    ["a header that is null", "token.malformed", () => `${part(null)}.${part({})}.AAAA`],
    ["claims in a list", "token.malformed", () => `${part(head)}.${part([issuer.claims()])}.AAAA`],
    [
      "claims that are no UTF-8",
      "token.malformed",
      () =>
        `${part(head)}.${Buffer.concat([Buffer.from('{"iss":"'), Buffer.of(0xff), Buffer.from('"}')]).toString("base64url")}.AAAA`,
    ],
    [
      "claims in plain base64",
      "token.malformed",
      () => `${part(head)}.${part(issuer.claims({ iss: ">>>>>>" })).replaceAll("-", "+")}.AAAA`,
    ],
    ["a word", "token.malformed", () => "opaque"],
    [
      "claims changed after signing",
      "token.signature",
      async () => {
        const [header, , signature] = (await issuer.token()).split(".");
        return `${header}.${part(issuer.claims({ sub: "admin" }))}.${signature}`;
      },
    ],
    [
      "a prototype in the claims",
      "token.signature",
      () =>
        `${part(head)}.${Buffer.from(`{"__proto__":{"scope":"admin"},${JSON.stringify(issuer.claims()).slice(1)}`).toString("base64url")}.AAAA`,
    ],
  ];

  for (const [given, refusal, token] of attacks) {
    it(`[AT-02 MCP-RS-04 MCP-RS-05 MCP-RS-07 O21-RS-06] answers invalid_token to ${given}`, async () => {
      refusals = [];
      const response = await guard.guard(aRequest(await token()));
      assert.ok(response instanceof Response, "the guard let the request through");
      assert.equal(response.status, 401);
      assert.match(response.headers.get("www-authenticate") ?? "", /^Bearer error="invalid_token", /);
      assert.deepEqual(await response.json(), {
        error: "invalid_token",
        error_description: "The access token is invalid or expired.",
      });
      assert.deepEqual(
        refusals.map((one) => one.refusal),
        [refusal],
      );
    });
  }

  it("asks nobody but the issuer, whatever the tokens name", () => {
    assert.deepEqual(foreign.counts, {});
  });

  it("lets a good token through after all that, checked by this engine", async () => {
    const before = webVerifications.count;
    assert.ok(!((await guard.guard(aRequest(await issuer.token()))) instanceof Response));
    assert.equal(webVerifications.count - before, engine === "WebCrypto" ? 1 : 0);
  });

  it("keeps scope names of a token out of the header", async () => {
    const token = await issuer.token({ scope: 'x"\r\nSet-Cookie:\u0020a=b' });
    const response = await guard.guard(aRequest(token), ["notes:read"]);
    assert.ok(response instanceof Response);
    assert.equal(response.headers.get("set-cookie"), null);
    assert.match(response.headers.get("www-authenticate") ?? "", /scope="notes:read"/);
  });
}
