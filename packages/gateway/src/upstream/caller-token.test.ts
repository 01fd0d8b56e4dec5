import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { describe, it } from "node:test";
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";
import { callerTokens } from "./caller-token.ts";
import { aGateway, openRules, rulesOf } from "./testing/a-gateway.ts";

const secrets = { env: { KEY: "service-secret" }, readFile: () => "" };

describe("what goes upstream in the place of the token", () => {
  it("is nothing unless the rules say so", async (t) => {
    let headers: Record<string, unknown> = {};
    const { resource, token } = await aGateway(t, (incoming, outgoing) => {
      headers = incoming.headers;
      outgoing.end("{}");
    });
    await fetch(`${resource}/x`, { headers: { authorization: `Bearer ${await token()}` } });
    assert.equal(headers.authorization, undefined);
    assert.equal(headers["valetkey-caller"], undefined);
  });

  it("is the credential that the rule names", async (t) => {
    const seen: unknown[] = [];
    const { resource, token } = await aGateway(
      t,
      (incoming, outgoing) => {
        seen.push([incoming.headers.authorization, incoming.headers["x-service"]]);
        outgoing.end("{}");
      },
      {
        rules: rulesOf(
          `
credential: a
credentials: { a: { env: KEY }, b: { env: KEY, header: X-Service } }
rules:
  - { methods: [GET], path: /a, scopes: [all] }
  - { methods: [GET], path: /b, scopes: [all], credential: b }
`,
          secrets,
        ),
      },
    );
    const headers = { authorization: `Bearer ${await token()}`, "x-service": "forged" };
    for (const path of ["a", "b"]) await fetch(`${resource}/${path}`, { headers });
    assert.deepEqual(seen, [
      ["Bearer service-secret", undefined],
      [undefined, "service-secret"],
    ]);
  });

  it("is what another source gives, which may be an exchanged token", async (t) => {
    let authorization: string | undefined;
    const { resource, token } = await aGateway(
      t,
      (incoming, outgoing) => {
        authorization = incoming.headers.authorization;
        outgoing.end("{}");
      },
      {
        credentials: {
          headersFor: async ({ caller }) => ({ authorization: `Bearer for-${caller.subject}` }),
        },
      },
    );
    await fetch(`${resource}/x`, { headers: { authorization: `Bearer ${await token()}` } });
    assert.equal(authorization, "Bearer for-account-1");
  });

  it("names the caller by a short token that the gateway's keys verify, chain of actors and all", async (t) => {
    let signed = "";
    let at = 0;
    const { resource, origin, token } = await aGateway(
      t,
      (incoming, outgoing) => {
        signed = String(incoming.headers["valetkey-caller"]);
        outgoing.end("{}");
      },
      {
        rules: rulesOf(`${openRules}caller_token: { audience: "https://models.internal", lifetime: 20s }\n`),
        clock: () => at,
      },
    );
    at = Math.floor(Date.now() / 1_000);
    const act = { sub: "agent-1", act: { sub: "agent-0" } };
    const bearer = await token("all extra", { act });
    await fetch(`${resource}/x`, {
      headers: { authorization: `Bearer ${bearer}`, "valetkey-caller": "forged", connection: "close" },
    });
    const published = await fetch(`${origin}/.well-known/valetkey-gateway/jwks.json`);
    const jwks = (await published.json()) as JSONWebKeySet;
    const { payload, protectedHeader } = await jwtVerify(signed, createLocalJWKSet(jwks), {
      issuer: resource,
      audience: "https://models.internal",
      typ: "caller+jwt",
      algorithms: ["ES256"],
    });
    assert.ok(protectedHeader.kid);
    const { txn, ...claims } = payload;
    assert.match(String(txn), /^[0-9a-f-]{36}$/);
    assert.deepEqual(claims, {
      iss: resource,
      aud: "https://models.internal",
      sub: "account-1",
      client_id: "client-1",
      act,
      scope: "all extra",
      iat: at,
      exp: at + 20,
    });
    assert.ok(!JSON.stringify(jwks).includes('"d"'));
  });

  it("never outlasts the token that it stands for, nor a minute", () => {
    const tokens = callerTokens("https://gw.example");
    const caller = { subject: "a", clientId: "c", scopes: [], claims: {}, expiresAt: 1_010 };
    const expiry = (lifetime: number, now: number) => {
      const jwt = tokens.issue(caller as never, { audience: "x", lifetime, now });
      return (JSON.parse(Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString()) as { exp: number })
        .exp;
    };
    assert.equal(expiry(30, 1_000), 1_010);
    assert.equal(expiry(3_600, 900), 960);
  });

  it("takes a key on P-256 and no other", () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-384" });
    assert.throws(() => callerTokens("https://gw.example", [privateKey]), TypeError);
    assert.throws(
      () => callerTokens("https://gw.example", [generateKeyPairSync("ed25519").privateKey]),
      TypeError,
    );
  });
});
