import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { createGuard, type DpopOptions, type Guard } from "@valetkey/resource";
import { calculateJwkThumbprint, decodeJwt, EmbeddedJWK, jwtVerify } from "jose";
import { aProofKey } from "../../../resource/src/testing/a-proof.ts";
import { sendGuardAnswer } from "./guard-request.ts";
import { aGateway, rulesOf } from "./testing/a-gateway.ts";

const back = "https://back.example/v1";
const issuer = "https://as.example";
const secrets = { env: { SECRET: "s" }, readFile: () => "" };
const rulesFor = (more = "") =>
  rulesOf(
    `
rules:
  - { methods: [GET], path: /**, scopes: [all] }
  - { methods: [POST], path: /judged, models: [x], scopes: [all] }
  - { methods: [POST], path: /piped, scopes: [all] }
credential: own
credentials:
  own:
    exchange: { client_id: gateway, client_secret_env: SECRET, resource: ${back} }
${more}`,
    secrets,
  );

interface Makings {
  readonly rules?: ReturnType<typeof rulesOf>;
  /** What the issuer wants in proofs. */
  readonly nonce?: string;
  readonly type?: string;
  readonly dpop?: DpopOptions;
}

/** A caller with a key, a gateway, an issuer that exchanges bound tokens, and a server behind with a guard of its own. */
async function aBoundCaller(t: TestContext, { nonce, type = "DPoP", dpop = {}, rules }: Makings = {}) {
  let guard: Guard | undefined;
  const seen: { readonly authorization: string; readonly dpop: unknown }[] = [];
  const asked: (string | null)[] = [];
  const answered = (body: object, init: ResponseInit = {}) => Response.json(body, init);
  const gateway = await aGateway(
    t,
    async (incoming, outgoing) => {
      const { authorization = "", dpop: proof } = incoming.headers;
      seen.push({ authorization, dpop: proof });
      const request = new Request(new URL(incoming.url ?? "", back), {
        method: incoming.method ?? "GET",
        headers: { authorization, ...(typeof proof === "string" && { dpop: proof }) },
      });
      if (incoming.url?.endsWith("/never")) {
        outgoing.writeHead(401, {
          "dpop-nonce": `n-${seen.length}`,
          "www-authenticate": 'DPoP error="use_dpop_nonce"',
        });
        outgoing.end();
        return;
      }
      guard ??= createGuard({
        issuer: decodeJwt(authorization.split(" ")[1] ?? "").iss ?? "",
        resource: back,
        dpop,
      });
      const caller = await guard.guard(request);
      if (caller instanceof Response) await sendGuardAnswer(caller, outgoing);
      else outgoing.setHeader("dpop-nonce", "for-the-gateway").end(caller.actors.join(" "));
    },
    {
      rules: rules ?? rulesFor(),
      exchange: {
        issuer,
        async fetch(url, init) {
          if (!url.endsWith("/token")) return answered({ issuer, token_endpoint: `${issuer}/token` });
          const proof = new Headers(init.headers).get("dpop");
          asked.push(proof);
          if (proof === null) return answered({ error: "invalid_request" }, { status: 400 });
          const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, { typ: "dpop+jwt" });
          assert.deepEqual([payload.htm, payload.htu, payload.ath], ["POST", `${issuer}/token`, undefined]);
          if (payload.nonce !== nonce) {
            const headers = { "dpop-nonce": nonce ?? "" };
            return answered({ error: "use_dpop_nonce" }, { status: 400, headers });
          }
          const jkt = await calculateJwkThumbprint(protectedHeader.jwk ?? {});
          const bound = { aud: back, cnf: { jkt }, act: { sub: "gateway" }, client_id: "gateway" };
          const token = await gateway.token("all", { ...bound, origin_client_id: "client-1" });
          return answered({ access_token: token, token_type: type, expires_in: 300 });
        },
      },
    },
  );
  const key = await aProofKey();
  const own = await gateway.token("all", { cnf: { jkt: key.jkt } });
  const hash = Buffer.from(await crypto.subtle.digest("SHA-256", Buffer.from(own))).toString("base64url");
  /** Calls as a client does, with a proof for this very request. */
  const call = async (path: string, body?: string) => {
    const method = body === undefined ? "GET" : "POST";
    const url = `${gateway.resource}${path}`;
    const claims = { htm: method, htu: url, ath: hash, iat: Math.floor(Date.now() / 1_000) };
    return await fetch(url, {
      method,
      headers: {
        authorization: `DPoP ${own}`,
        dpop: await key.proof(claims),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body }),
    });
  };
  return { ...gateway, call, own, seen, asked };
}

describe("a caller's token that is bound to its key", () => {
  it("is exchanged for one that is bound to the gateway's, which proves it at each request", async (t) => {
    const { call, seen, asked, own } = await aBoundCaller(t);
    for (const path of ["/a", "/b?c=d", "/b?c=d"]) {
      const answer = await call(path);
      assert.deepEqual([answer.status, await answer.text()], [200, "gateway"]);
      assert.equal(answer.headers.get("dpop-nonce"), null);
    }
    assert.equal(asked.length, 1);
    assert.equal(new Set(seen.map(({ authorization }) => authorization)).size, 1);
    assert.equal(new Set(seen.map(({ dpop }) => dpop)).size, 3);
    assert.ok(
      seen.every(({ authorization }) => authorization.startsWith("DPoP ") && !authorization.includes(own)),
    );
  });

  it("is exchanged by an issuer that wants a nonce, once it said which", async (t) => {
    const { call, asked } = await aBoundCaller(t, { nonce: "n-1" });
    assert.equal((await call("/a")).status, 200);
    assert.equal(asked.length, 2);
  });

  it("reaches a server behind that wants nonces: what can be repeated is, for many at once too", async (t) => {
    const { call, seen } = await aBoundCaller(t, { dpop: { nonces: true } });
    const first = await Promise.all([call("/a"), call("/b"), call("/judged", '{"model":"x"}')]);
    assert.deepEqual(
      first.map(({ status }) => status),
      [200, 200, 200],
    );
    const count = seen.length;
    assert.ok(count >= 4 && count <= 6);
  });

  it("reaches it not with a body that went by unread: 502, and the next request passes", async (t) => {
    const { call, seen, refusals } = await aBoundCaller(t, { dpop: { nonces: true } });
    assert.equal((await call("/piped", "{}")).status, 502);
    assert.equal(refusals[0]?.refusal, "upstream.unauthorized");
    assert.equal(seen.length, 1);
    assert.equal((await call("/a")).status, 200);
  });

  it("is repeated once and not for ever at a server behind that is content with no nonce", async (t) => {
    const { call, seen } = await aBoundCaller(t);
    assert.equal((await call("/never")).status, 502);
    assert.equal(seen.length, 2);
  });

  it("is not sent on as a bearer token where the issuer gives one: 502", async (t) => {
    const { call, seen, refusals } = await aBoundCaller(t, { type: "Bearer" });
    assert.equal((await call("/a")).status, 502);
    assert.equal(refusals[0]?.fact, "a token of another type than DPoP");
    assert.deepEqual(seen, []);
  });

  for (const more of ["    header: X-Token\n", "    scheme: Token\n"]) {
    it(`is refused before the issuer is asked where the rules have it sent with ${more.trim()}`, async (t) => {
      const { call, asked, refusals } = await aBoundCaller(t, { rules: rulesFor(more) });
      const answer = await call("/a");
      assert.equal(answer.status, 403);
      assert.match(
        ((await answer.json()) as { error_description: string }).error_description,
        /bound to a key/,
      );
      assert.equal(refusals[0]?.refusal, "upstream.exchange-refused");
      assert.deepEqual(asked, []);
    });
  }
});
