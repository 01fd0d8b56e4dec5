import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { anIssuer, type TestIssuer } from "../../resource/src/testing/an-issuer.ts";
import { aGateway as aStdioGateway, until } from "./testing/a-gateway.ts";
import { protectUpstream } from "./upstream/protect-upstream.ts";
import { openRules, rulesOf, served } from "./upstream/testing/a-gateway.ts";

const revocations = { clientId: "gateway", clientSecret: "secret", staleAfter: 2 };

interface Followed {
  readonly issuer: TestIssuer;
  readonly token: (jti: string) => Promise<string>;
  readonly call: (token: string) => Promise<Response>;
  readonly close: () => Promise<void>;
}

async function upstream(t: TestContext): Promise<Followed> {
  const issuer = await anIssuer();
  t.after(() => issuer.close());
  const behind = await served((_incoming, outgoing) => void outgoing.end("ok"), t);
  const rules = rulesOf(openRules);
  const guard = { revocations };
  const gateway = await protectUpstream({ issuer: issuer.issuer, upstream: behind.origin, rules, guard });
  t.after(() => gateway.close(0));
  return {
    issuer,
    close: () => gateway.close(0),
    token: (jti) => issuer.token({ aud: gateway.resource, scope: "all", jti }),
    call: (token) => fetch(`${gateway.resource}/x`, { headers: { authorization: `Bearer ${token}` } }),
  };
}

async function program(t: TestContext): Promise<Followed> {
  const { issuer, token, post, close } = await aStdioGateway({ guard: { revocations } });
  t.after(async () => {
    await close();
    await issuer.close();
  });
  return {
    issuer,
    close,
    token: (jti) => token("mcp:read", { jti }),
    call: (bearer) => post(bearer, { jsonrpc: "2.0", id: 1, method: "ping" }),
  };
}

/** An issuer that tells of what ended when it is asked, a fifth of a second later. */
function telling({ state }: TestIssuer) {
  const events: { kind: string; id: string; at: number }[] = [];
  let asked = 0;
  const now = () => Math.floor(Date.now() / 1_000);
  state.feed = async (form) => {
    asked++;
    const begun = performance.now();
    const from = Number(form.get("after") ?? 0);
    if (Number(form.get("wait")) > 0) await pause(200);
    const waited = Math.floor(performance.now() - begun) / 1_000;
    const since = form.has("after") ? {} : { since: now() - 700 };
    const page = { events: events.slice(from), next: String(events.length), more: false, at: now() };
    return { ...page, ...since, token_lifetime: 600, waited };
  };
  return { end: (id: string) => void events.push({ kind: "token", id, at: now() }), asked: () => asked };
}

for (const [name, begin] of Object.entries({ upstream, program })) {
  describe(`a gateway that follows the revocation feed, before ${name === "upstream" ? "an upstream" : "a program"}`, () => {
    it("[I4-FEED-GUARD] refuses a token that was revoked, and no other", async (t) => {
      const { issuer, token, call } = await begin(t);
      const { end } = telling(issuer);
      const [ended, other] = [await token("ended"), await token("other")];
      assert.notEqual((await call(ended)).status, 401);
      end("ended");
      await until(async () => (await call(ended)).status === 401);
      assert.notEqual((await call(other)).status, 401);
    });

    it("[I4-FEED-STALE] lets nobody in once the issuer has told nothing for too long", async (t) => {
      const { issuer, token, call } = await begin(t);
      telling(issuer);
      const known = await token("known");
      assert.notEqual((await call(known)).status, 503);
      issuer.state.down = true;
      await until(async () => (await call(known)).status === 503);
      issuer.state.down = false;
      await until(async () => (await call(known)).status !== 503);
    });

    it("asks no more once it is closed", async (t) => {
      const { issuer, token, call, close } = await begin(t);
      const { asked } = telling(issuer);
      await call(await token("known"));
      await until(() => asked() > 1);
      await close();
      const then = asked();
      await pause(1_000);
      assert.ok(asked() <= then + 1);
    });
  });
}
