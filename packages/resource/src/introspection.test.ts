import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import type { OAuthError } from "@valetkey/protocol/errors";
import { createGuard } from "./guard.ts";
import type { IntrospectionOptions } from "./options.ts";
import { anIssuer, aRequest, type TestIssuer } from "./testing/an-issuer.ts";

describe("introspection by the guard", () => {
  let issuer: TestIssuer;
  let now: number;
  let refusals: OAuthError[];

  beforeEach(async () => {
    issuer = await anIssuer();
    now = Math.floor(Date.now() / 1000);
    refusals = [];
  });
  afterEach(() => issuer.close());

  function aGuard(options: Partial<IntrospectionOptions> = {}) {
    const guard = createGuard({
      issuer: issuer.issuer,
      resource: issuer.resource,
      clock: () => now,
      onRefusal: (error) => refusals.push(error),
      introspection: { clientId: "api: 1", clientSecret: "s+ä%", ...options },
    });
    return async (token: string) => {
      const answer = await guard.guard(aRequest(token));
      return answer instanceof Response ? answer.status : 200;
    };
  }

  it("denies a revoked token at once", async () => {
    const check = aGuard();
    const token = await issuer.token();
    assert.equal(await check(token), 200);
    issuer.revoked.add(token);
    assert.equal(await check(token), 401);
    assert.equal(refusals.at(-1)?.refusal, "token.revoked");
  });

  it("keeps the answer as long as it is told, and no longer", async () => {
    const check = aGuard({ cacheSeconds: 10 });
    const token = await issuer.token();
    assert.equal(await check(token), 200);
    issuer.revoked.add(token);
    now += 9;
    assert.equal(await check(token), 200);
    now += 1;
    assert.equal(await check(token), 401);
    assert.equal(issuer.counts["/introspect"], 2);
  });

  it("does not keep the answer for longer because the clock was set back", async () => {
    const check = aGuard({ cacheSeconds: 10 });
    const token = await issuer.token();
    assert.equal(await check(token), 200);
    issuer.revoked.add(token);
    now -= 4;
    assert.equal(await check(token), 401);
    assert.equal(refusals.at(-1)?.refusal, "token.revoked");
  });

  it("[I4-OPAQUE-GUARD] is what a guard lacks that is given an opaque token of Valetkey's, and the operator is told so", async () => {
    const guard = createGuard({
      issuer: issuer.issuer,
      resource: issuer.resource,
      onRefusal: (error) => refusals.push(error),
    });
    const answer = await guard.guard(aRequest("vka_opaque"));
    assert.ok(answer instanceof Response && answer.status === 401);
    assert.equal(refusals.at(-1)?.refusal, "token.opaque");
  });

  it("comes after the local check, so that junk never reaches the issuer", async () => {
    assert.equal(await aGuard()(await issuer.token({ aud: "https://other.example" })), 401);
    assert.equal(issuer.counts["/introspect"], undefined);
  });

  it("sends the token in the body and the resource's credentials form-encoded", async () => {
    const token = await issuer.token();
    assert.equal(await aGuard()(token), 200);
    const { authorization, body } = issuer.state.lastIntrospection;
    assert.equal(atob(authorization.replace("Basic ", "")), "api%3A+1:s%2B%C3%A4%25");
    assert.equal(body, `token=${token}&token_type_hint=access_token`);
  });

  it("lets nobody in while the issuer does not say", async () => {
    const check = aGuard();
    const token = await issuer.token();
    assert.equal(await check(token), 200);
    issuer.state.introspectionDown = true;
    assert.equal(await check(token), 503);
    assert.equal(refusals.at(-1)?.refusal, "issuer.unreachable");
    issuer.state.introspectionDown = false;
    issuer.state.down = true;
    assert.equal(await check(token), 503);
  });

  for (const body of ['{"active":"true"}', "{}", "[]", "true", "", '{"active":1}']) {
    it(`does not take ${JSON.stringify(body)} for a yes`, async () => {
      issuer.state.instead["/introspect"] = { body };
      assert.equal(await aGuard()(await issuer.token()), 503);
    });
  }

  it("lets nobody in when the issuer has no such endpoint", async () => {
    const document = JSON.stringify({ issuer: issuer.issuer, jwks_uri: `${issuer.issuer}/jwks` });
    issuer.state.instead["/.well-known/oauth-authorization-server"] = { body: document };
    assert.equal(await aGuard()(await issuer.token()), 503);
    assert.equal(await aGuard({ endpoint: `${issuer.issuer}/introspect` })(await issuer.token()), 200);
  });
});
