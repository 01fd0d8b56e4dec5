import assert from "node:assert/strict";
import type { KeyObject } from "node:crypto";
import { describe, it } from "node:test";
import { type JWTHeaderParameters, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import type { Client } from "../../records/client.ts";
import { post, type TokenAnswer } from "../../testing/a-login.ts";
import { AnOutside, faces, refusedFetch } from "../../testing/a-program.ts";
import { type AServer, api, aServer, clientKeyPair } from "../../testing/a-server.ts";
import { spec } from "../../testing/spec.ts";

const own = clientKeyPair();
const job: Partial<Client> = {
  id: "job-1",
  authMethods: ["private_key_jwt"],
  grantTypes: ["client_credentials"],
  scope: ["inference:read"],
  jwks: { keys: [own.jwk] },
};

type Header = Partial<Omit<JWTHeaderParameters, "typ">> & { readonly typ?: unknown };

interface Written {
  readonly claims?: Record<string, unknown>;
  readonly header?: Header;
  readonly key?: KeyObject | Uint8Array;
}

let serial = 0;

/** A good assertion of job-1, but for what the case changes; undefined leaves a claim out. */
async function assertion(server: AServer, { claims = {}, header = {}, key = own.privateKey }: Written = {}) {
  const now = server.clock.now();
  const all = {
    iss: "job-1",
    sub: "job-1",
    aud: server.issuer,
    iat: now,
    exp: now + 60,
    jti: `jti-${serial++}`,
  };
  const payload = JSON.parse(JSON.stringify({ ...all, ...claims })) as JWTPayload;
  const protectedHeader = { alg: "ES256", kid: "key-1", ...header } as JWTHeaderParameters;
  return await new SignJWT(payload).setProtectedHeader(protectedHeader).sign(key, { crit: { x: true } });
}

function ask(
  server: AServer,
  client_assertion: string,
  more: Record<string, string> = {},
): Promise<TokenAnswer> {
  return post(server, "/token", {
    grant_type: "client_credentials",
    resource: api,
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion,
    ...more,
  });
}

const now = 1_800_000_000;
const issuer = "https://auth.example.com";

describe("a client assertion", () => {
  for (const { given, claims, header } of [
    { given: "the issuer as aud" },
    { given: "the issuer as the one element of aud", claims: { aud: [issuer] } },
    { given: "no iat", claims: { iat: undefined } },
    { given: "typ client-authentication+jwt", header: { typ: "client-authentication+jwt" } },
    { given: "typ JWT", header: { typ: "JWT" } },
    { given: "a fraction in exp", claims: { exp: now + 60.5 } },
    { given: "an hour to live", claims: { exp: now + 3_600 } },
    { given: "a clock that runs behind a little", claims: { exp: now - 59 } },
    { given: "a clock that runs ahead a little", claims: { iat: now + 60, nbf: now + 60 } },
    { given: "no kid, where the client has one key", header: { kid: undefined } },
  ] as readonly ({ given: string } & Written)[]) {
    spec(
      ["O21-AS-12", "JWTC-02", "JWTC-03", "BCP-09", "CC-01"],
      `proves its client with ${given}`,
      async () => {
        const server = await aServer({ now });
        await server.client(job);
        const answer = await ask(
          server,
          await assertion(server, { ...(claims && { claims }), ...(header && { header }) }),
        );
        assert.equal(answer.status, 200, server.audit.lastRefusal);
        await server.close();
      },
    );
  }

  for (const { given, claims, header, key, refusal } of [
    { given: "the token endpoint as aud", claims: { aud: `${issuer}/token` }, refusal: "assertion.audience" },
    { given: "the issuer with a slash", claims: { aud: `${issuer}/` }, refusal: "assertion.audience" },
    { given: "the issuer in capitals", claims: { aud: issuer.toUpperCase() }, refusal: "assertion.audience" },
    {
      given: "issuer and token endpoint",
      claims: { aud: [issuer, `${issuer}/token`] },
      refusal: "assertion.audience",
    },
    { given: "the issuer twice", claims: { aud: [issuer, issuer] }, refusal: "assertion.audience" },
    { given: "an empty aud", claims: { aud: [] }, refusal: "assertion.audience" },
    { given: "no aud", claims: { aud: undefined }, refusal: "assertion.audience" },
    {
      given: "an aud that is no text",
      claims: { aud: [{ toString: 1, valueOf: 1 }] },
      refusal: "assertion.audience",
    },
    { given: "an aud with the issuer nested", claims: { aud: [[issuer]] }, refusal: "assertion.audience" },
    { given: "another iss", claims: { iss: "job-2" }, refusal: "assertion.claims" },
    { given: "no iss", claims: { iss: undefined }, refusal: "assertion.claims" },
    { given: "no exp", claims: { exp: undefined }, refusal: "assertion.claims" },
    { given: "an exp that is past", claims: { exp: now - 60 }, refusal: "assertion.claims" },
    { given: "an exp beyond the longest life", claims: { exp: now + 3_601 }, refusal: "assertion.claims" },
    { given: "an exp in milliseconds", claims: { exp: now * 1_000 }, refusal: "assertion.claims" },
    { given: "an exp that is a text", claims: { exp: "never" }, refusal: "assertion.claims" },
    { given: "an iat to come", claims: { iat: now + 61 }, refusal: "assertion.claims" },
    { given: "an nbf to come", claims: { nbf: now + 61 }, refusal: "assertion.claims" },
    { given: "no jti", claims: { jti: undefined }, refusal: "assertion.claims" },
    { given: "an empty jti", claims: { jti: "" }, refusal: "assertion.claims" },
    { given: "a jti that is a number", claims: { jti: 7 }, refusal: "assertion.claims" },
    { given: "a jti without end", claims: { jti: "a".repeat(256) }, refusal: "assertion.claims" },
    { given: "the type of an access token", header: { typ: "at+jwt" }, refusal: "assertion.malformed" },
    { given: "a type that is a number", header: { typ: 7 }, refusal: "assertion.malformed" },
    {
      given: "HS256 with the public key as secret",
      header: { alg: "HS256" },
      key: Buffer.from(JSON.stringify(own.jwk)),
      refusal: "assertion.algorithm",
    },
    { given: "somebody else's key under our kid", key: clientKeyPair().privateKey, refusal: "assertion.key" },
    { given: "an unknown kid", header: { kid: "key-2" }, refusal: "assertion.key" },
    {
      given: "somebody else's key in the header",
      header: { kid: "k", jwk: clientKeyPair("k").jwk },
      key: clientKeyPair("k").privateKey,
      refusal: "assertion.key",
    },
    {
      given: "an extension that nobody knows",
      header: { crit: ["x"], x: 1 },
      refusal: "assertion.key",
    },
  ] as readonly ({ given: string; refusal: string } & Written)[]) {
    spec(["O21-AS-12", "JWTC-02"], `is refused with ${given}`, async () => {
      const server = await aServer({ now });
      await server.client(job);
      await server.client({ ...job, id: "job-2" });
      const written = { ...(claims && { claims }), ...(header && { header }), ...(key && { key }) };
      const answer = await ask(server, await assertion(server, written));
      assert.deepEqual(faces(server, answer), [401, "invalid_client", refusal]);
      assert.equal(answer.body.error_description, "Client authentication failed.");
      assert.deepEqual(server.audit.failures, []);
      await server.close();
    });
  }

  for (const { given, text, more = {}, refusal = "assertion.malformed" } of [
    { given: "no JWT", text: "nope" },
    {
      given: "no signature",
      text: new UnsecuredJWT({ iss: "job-1", sub: "job-1" }).encode(),
      refusal: "assertion.algorithm",
    },
    { given: "no sub", text: new UnsecuredJWT({ iss: "job-1" }).encode() },
    { given: "a sub that is a number", text: new UnsecuredJWT({ sub: 7 as unknown as string }).encode() },
    {
      given: "an unknown client",
      text: new UnsecuredJWT({ sub: "job-9" }).encode(),
      refusal: "client.unknown",
    },
    { given: "five parts", text: "a.b.c.d.e" },
    {
      given: "another type of assertion",
      text: new UnsecuredJWT({ sub: "job-1" }).encode(),
      more: { client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:saml2-bearer" },
    },
    {
      given: "no type of assertion",
      text: new UnsecuredJWT({ sub: "job-1" }).encode(),
      more: { client_assertion_type: "" },
    },
  ]) {
    spec("O21-AS-12", `is refused: ${given}`, async () => {
      const server = await aServer({ now });
      await server.client(job);
      assert.deepEqual(faces(server, await ask(server, text, more)), [401, "invalid_client", refusal]);
      await server.close();
    });
  }

  spec("O21-AS-12", "is good once, of fifty at once too, and for each client by itself", async () => {
    const server = await aServer({ now });
    await server.client(job);
    const jwt = await assertion(server, { claims: { jti: "same" } });
    const all = await Promise.all(Array.from({ length: 50 }, () => ask(server, jwt)));
    assert.equal(all.filter(({ status }) => status === 200).length, 1);
    assert.deepEqual(faces(server, await ask(server, jwt)), [401, "invalid_client", "assertion.replayed"]);
    const other = clientKeyPair();
    await server.client({ ...job, id: "job-2", jwks: { keys: [other.jwk] } });
    const claims = { jti: "same", iss: "job-2", sub: "job-2" };
    const theirs = await assertion(server, { claims, key: other.privateKey });
    assert.equal((await ask(server, theirs)).status, 200);
    await server.close();
  });

  it("that was refused does not spend its jti", async () => {
    const server = await aServer({ now });
    await server.client(job);
    const claims = { jti: "same" };
    assert.equal(
      (await ask(server, await assertion(server, { claims: { ...claims, aud: "x" } }))).status,
      401,
    );
    assert.equal((await ask(server, await assertion(server, { claims }))).status, 200);
    await server.close();
  });

  spec("CIMD-07", "is required of a client that is registered for nothing else", async () => {
    const server = await aServer({ now });
    const client = await server.client(job);
    for (const more of [{ client_id: client.id }, { client_id: client.id, client_secret: client.secret }]) {
      const answer = await post(server, "/token", {
        grant_type: "client_credentials",
        resource: api,
        ...more,
      });
      assert.deepEqual([answer.status, answer.body.error], [401, "invalid_client"]);
    }
    await server.close();
  });

  spec("O21-AS-13", "beside the name of another client is refused", async () => {
    const server = await aServer({ now });
    await server.client(job);
    const answer = await ask(server, await assertion(server), { client_id: "job-2" });
    assert.deepEqual(faces(server, answer), [400, "invalid_request", "client.two-methods"]);
    await server.close();
  });

  for (const { given, jwk } of [
    {
      given: "coordinates that are no point",
      jwk: { kty: "EC", crv: "P-256", x: "AA", y: "AA", kid: "key-1" },
    },
    { given: "no type", jwk: { kid: "key-1" } },
    { given: "an RSA key of 16 bits", jwk: { kty: "RSA", n: "AQAB", e: "AQAB", kid: "key-1" } },
  ]) {
    it(`is refused, and the server does not stumble, over a key with ${given}`, async () => {
      const server = await aServer({ now });
      await server.client({ ...job, jwks: { keys: [jwk] } });
      for (const header of [{}, { alg: "RS256" }]) {
        const jwt = `${Buffer.from(JSON.stringify({ alg: "ES256", kid: "key-1", ...header })).toString("base64url")}.${
          (await assertion(server)).split(".")[1]
        }.${"A".repeat(86)}`;
        assert.deepEqual(faces(server, await ask(server, jwt)), [401, "invalid_client", "assertion.key"]);
      }
      assert.deepEqual(server.audit.failures, []);
      await server.close();
    });
  }
});

describe("keys behind a jwks_uri", () => {
  const uri = "https://job.example.com/jwks.json";
  const remote: Partial<Client> = { ...job, jwks: null, jwksUri: uri };

  spec(
    ["O21-AS-12", "BCP-09"],
    "are fetched once for many at once, kept, and fetched anew for an unknown kid",
    async () => {
      const outbound = new AnOutside();
      outbound.says(uri, { keys: [own.jwk] }, { freshFor: 600 });
      const server = await aServer({ now, outbound });
      await server.client(remote);
      const jwts = await Promise.all(Array.from({ length: 20 }, () => assertion(server)));
      const all = await Promise.all(jwts.map((jwt) => ask(server, jwt)));
      assert.deepEqual([...new Set(all.map(({ status }) => status))], [200]);
      assert.equal(outbound.calls.length, 1);

      const rotated = clientKeyPair("key-2");
      outbound.says(uri, { keys: [own.jwk, rotated.jwk] }, { freshFor: 600 });
      server.clock.advance(31);
      const written = { header: { kid: "key-2" }, key: rotated.privateKey };
      assert.equal((await ask(server, await assertion(server, written))).status, 200);
      assert.equal(outbound.calls.length, 2);
      await server.close();
    },
  );

  it("are not fetched again by a storm of unknown kids", async () => {
    const outbound = new AnOutside();
    outbound.says(uri, { keys: [own.jwk] }, { freshFor: 600 });
    const server = await aServer({ now, outbound });
    await server.client(remote);
    for (let turn = 0; turn < 20; turn++) {
      const answer = await ask(server, await assertion(server, { header: { kid: `k-${turn}` } }));
      assert.deepEqual(faces(server, answer), [401, "invalid_client", "assertion.key"]);
    }
    assert.equal(outbound.calls.length, 1);
    await server.close();
  });

  for (const { given, set } of [
    { given: "nothing", set: undefined },
    { given: "no set", set: { key: own.jwk } },
    { given: "a set that is no list", set: { keys: {} } },
    { given: "a set of words", set: { keys: ["x"] } },
    { given: "an empty set", set: { keys: [] } },
  ]) {
    it(`refuse the client while they are ${given}, and let it in when they are there`, async () => {
      const outbound = new AnOutside();
      if (set) outbound.says(uri, set);
      else outbound.answers.set(uri, refusedFetch("timeout"));
      const server = await aServer({ now, outbound });
      await server.client(remote);
      assert.deepEqual(faces(server, await ask(server, await assertion(server))), [
        401,
        "invalid_client",
        "assertion.key",
      ]);
      outbound.says(uri, { keys: [own.jwk] });
      server.clock.advance(31);
      assert.equal((await ask(server, await assertion(server))).status, 200);
      await server.close();
    });
  }
});
