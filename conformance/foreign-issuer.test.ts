import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, it } from "node:test";
import type { OAuthError } from "@valetkey/protocol/errors";
import { createGuard, type GuardOptions } from "@valetkey/resource";
import { aProofKey } from "../packages/resource/src/testing/a-proof.ts";
import { type AForeignIssuer, aForeignIssuer, opaque, resourceServer, speaking } from "./a-foreign-issuer.ts";
import { type ForeignKey, foreignKey } from "./oidc-provider.ts";

describe("the guard at oidc-provider", () => {
  let foreign: AForeignIssuer;
  let firstKey: ForeignKey;
  let refusals: OAuthError[] = [];
  /** Seconds by which the guard's clock is ahead of the issuer's. */
  let ahead = 0;

  before(async () => {
    firstKey = foreignKey("first");
    foreign = await aForeignIssuer(firstKey);
  });
  after(() => foreign.close());

  /** Three lines of configuration, the rest is found. */
  function aGuard(resource: string, more: Partial<GuardOptions> = {}) {
    const guard = createGuard({
      issuer: foreign.issuer,
      resource,
      onRefusal: (error) => refusals.push(error),
      ...more,
    });
    return async (
      token: string,
      needed: readonly string[] = [],
      headers: Readonly<Record<string, string>> = {},
    ) => {
      refusals = [];
      const request = new Request(resource, { headers: { authorization: `Bearer ${token}`, ...headers } });
      const answer = await guard.guard(request, needed);
      if (!(answer instanceof Response)) return { status: 200, caller: answer };
      return { status: answer.status, refusal: refusals.at(-1)?.refusal };
    };
  }
  const asking = { introspection: resourceServer };

  it("[MCP-RS-04] takes a machine's token over discovery, and knows it for a machine", async () => {
    const check = aGuard(speaking);
    const { access_token: token } = await foreign.machine(speaking);
    const { caller } = await check(token, ["notes:read"]);
    assert.deepEqual(
      [caller?.subject, caller?.clientId, caller?.isMachine, caller?.scopes],
      ["app", "app", true, ["notes:read"]],
    );
    assert.deepEqual(await check(token, ["notes:write"]), { status: 403, refusal: "token.scope" });
  });

  it("[MCP-RS-04] takes the token of a person who signed in there, and refuses their ID token", async () => {
    const check = aGuard(speaking);
    const tokens = await foreign.person(speaking, "openid notes:read notes:write");
    const { caller } = await check(tokens.access_token, ["notes:write"]);
    assert.deepEqual([caller?.subject, caller?.clientId, caller?.isMachine], ["ada", "app", false]);
    assert.deepEqual(await check(String(tokens.id_token)), { status: 401, refusal: "token.type" });
  });

  it("[MCP-RS-05] refuses its tokens for another resource", async () => {
    const { access_token: token } = await foreign.machine(speaking);
    const other = aGuard("https://other.example/mcp");
    assert.deepEqual(await other(token), { status: 401, refusal: "token.audience" });
  });

  it("takes its opaque tokens by introspection, with whose they are and what they permit", async () => {
    const check = aGuard(opaque, asking);
    const machine = await foreign.machine(opaque);
    const { caller } = await check(machine.access_token, ["notes:read"]);
    assert.deepEqual([caller?.subject, caller?.clientId, caller?.isMachine], ["app", "app", true]);
    assert.deepEqual(await check(machine.access_token, ["notes:write"]), {
      status: 403,
      refusal: "token.scope",
    });
    const person = await foreign.person(opaque, "openid notes:read");
    assert.equal((await check(person.access_token)).caller?.subject, "ada");
  });

  it("refuses what the issuer calls active but is no access token of this resource's", async () => {
    const check = aGuard(opaque, asking);
    const offline = await foreign.person(opaque, "openid offline_access notes:read");
    assert.ok(offline.refresh_token);
    assert.deepEqual(await check(offline.refresh_token), { status: 401, refusal: "token.type" });
    const userinfo = await foreign.person(undefined, "openid");
    assert.deepEqual(await check(userinfo.access_token), { status: 401, refusal: "token.audience" });
    const elsewhere = aGuard("https://other.example/mcp", asking);
    assert.deepEqual(await elsewhere(offline.access_token), { status: 401, refusal: "token.audience" });
    assert.deepEqual(await check("never-issued"), { status: 401, refusal: "token.revoked" });
  });

  it("refuses an opaque token that was revoked there, at once or after the seconds that it was told", async () => {
    const now = Math.floor(Date.now() / 1000);
    const clock = () => now + ahead;
    const atOnce = aGuard(opaque, asking);
    const cached = aGuard(opaque, { clock, introspection: { ...resourceServer, cacheSeconds: 30 } });
    const { access_token: token } = await foreign.machine(opaque);
    assert.deepEqual([(await atOnce(token)).status, (await cached(token)).status], [200, 200]);
    await foreign.revoke(token);
    assert.deepEqual(await atOnce(token), { status: 401, refusal: "token.revoked" });
    assert.equal((await cached(token)).status, 200);
    ahead = 30;
    assert.deepEqual(await cached(token), { status: 401, refusal: "token.revoked" });
    ahead = 0;
  });

  for (const [format, resource, more] of [
    ["signed", speaking, {}],
    ["opaque", opaque, asking],
  ] as const) {
    it(`[DP-02] takes its ${format} tokens that are bound to a key with a proof, once, and never without`, async () => {
      const key = await aProofKey();
      const iat = () => Math.floor(Date.now() / 1000);
      const tokens = await foreign.machine(resource, "notes:read", {
        DPoP: await key.proof({ htm: "POST", htu: foreign.tokenUrl, iat: iat() }),
      });
      assert.equal(tokens.token_type, "DPoP");
      const token = tokens.access_token;
      const check = aGuard(resource, more);
      const ath = createHash("sha256").update(token).digest("base64url");
      const dpop = await key.proof({ htm: "GET", htu: resource, iat: iat(), ath });
      const bound = { authorization: `DPoP ${token}` };
      assert.equal((await check(token, [], { ...bound, dpop })).status, 200);
      assert.deepEqual(await check(token, [], { ...bound, dpop }), { status: 401, refusal: "dpop.replayed" });
      assert.deepEqual(await check(token, [], bound), { status: 401, refusal: "dpop.missing" });
      assert.deepEqual(await check(token), { status: 401, refusal: "token.bound" });
      const thief = await (await aProofKey()).proof({ htm: "GET", htu: resource, iat: iat(), ath });
      assert.deepEqual(await check(token, [], { ...bound, dpop: thief }), {
        status: 401,
        refusal: "dpop.other-key",
      });
    });
  }

  it("lets nobody in by introspection while the issuer does not speak of such a token", async () => {
    // oidc-provider says nothing of signed tokens at its introspection endpoint: 400.
    const { access_token: token } = await foreign.machine(speaking);
    assert.deepEqual(await aGuard(speaking, asking)(token), { status: 503, refusal: "issuer.unreachable" });
  });

  it("follows a rotation of keys there: the new at once, the old until it is withdrawn", async () => {
    const now = Math.floor(Date.now() / 1000);
    const check = aGuard(speaking, { clock: () => now + ahead, keysMaxAge: 60 });
    const token = async () => (await foreign.machine(speaking)).access_token;
    const old = await token();
    assert.equal((await check(old)).status, 200);
    const next = foreignKey("next");
    foreign.restart(next, firstKey);
    const young = await token();
    ahead = 31;
    assert.deepEqual([(await check(young)).status, (await check(old)).status], [200, 200]);
    foreign.restart(next);
    ahead = 92;
    assert.deepEqual(await check(old), { status: 401, refusal: "token.key-unknown" });
    assert.equal((await check(young)).status, 200);
    ahead = 0;
  });
});
