import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { describe, it, type TestContext } from "node:test";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { anIssuer } from "../../../resource/src/testing/an-issuer.ts";
import { protectUpstream } from "./protect-upstream.ts";
import { openRules, rulesOf, served } from "./testing/a-gateway.ts";

const pem = () =>
  generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" });
const resource = "http://localhost:9/v1";
const rulesWith = (keys: string, source = "key_env: KEYS") =>
  rulesOf(`${openRules}caller_token: { audience: "https://models.internal", ${source} }\n`, {
    env: { KEYS: keys },
    readFile: () => keys,
  });

/** Gateways of one name, as behind a balancer, before a server that remembers who it was told called. */
async function aFleet(t: TestContext) {
  const issuer = await anIssuer();
  t.after(() => issuer.close());
  let told = "";
  const behind = await served((incoming, outgoing) => {
    told = String(incoming.headers["valetkey-caller"]);
    outgoing.end();
  }, t);
  const authorization = `Bearer ${await issuer.token({ aud: resource, scope: "all" })}`;
  return async (keys: string, source?: string) => {
    const rules = rulesWith(keys, source);
    const gateway = await protectUpstream({
      issuer: issuer.issuer,
      upstream: behind.origin,
      resource,
      rules,
    });
    t.after(() => gateway.close(0));
    const origin = `http://127.0.0.1:${gateway.port}`;
    const jwks = `${origin}/.well-known/valetkey-gateway/jwks.json`;
    return {
      ...gateway,
      jwks: async () => (await (await fetch(jwks)).json()) as { keys: Record<string, unknown>[] },
      /** Who called, as a request through this one says. */
      async tell() {
        assert.equal((await fetch(`${origin}/v1/x`, { headers: { authorization } })).status, 200);
        return told;
      },
      verify: async (token: string) =>
        (await jwtVerify(token, createRemoteJWKSet(new URL(jwks)), { issuer: resource, typ: "caller+jwt" }))
          .payload.sub,
    };
  };
}

describe("the keys of caller tokens", () => {
  it("are the same at every gateway that is given them, and after a restart", async (t) => {
    const start = await aFleet(t);
    const keys = pem().toString();
    const one = await start(keys);
    const two = await start(keys, "key_file: /keys.pem");
    assert.equal(await two.verify(await one.tell()), "account-1");
    assert.equal(await one.verify(await two.tell()), "account-1");
    const before = await one.tell();
    await one.close(0);
    // As a file of variables has it, on one line.
    const again = await start(keys.trim().replaceAll("\n", "\\n"));
    assert.equal(await again.verify(before), "account-1");
    assert.doesNotMatch(JSON.stringify(await again.jwks()), /"d"/);
  });

  it("are each process's own where the rules name none, whatever rules come", async (t) => {
    const start = await aFleet(t);
    const [one, two] = [await start("", ""), await start("", "")];
    const token = await one.tell();
    await assert.rejects(two.verify(token), { code: "ERR_JWKS_NO_MATCHING_KEY" });
    one.replace(rulesWith("", "lifetime: 10s"));
    assert.equal(await one.verify(token), "account-1");
  });

  it("change without a refused token: published first, then signed with, then taken away", async (t) => {
    const start = await aFleet(t);
    const [old, young] = [pem().toString(), pem().toString()];
    const [one, two] = [await start(old), await start(old)];
    const everyoneKnows = async () => {
      for (const signs of [one, two])
        for (const reads of [one, two]) assert.equal(await reads.verify(await signs.tell()), "account-1");
    };
    for (const keys of [old + young, young + old, young]) {
      one.replace(rulesWith(keys));
      // The other gateway has not heard of it yet.
      await everyoneKnows();
      two.replace(rulesWith(keys));
      await everyoneKnows();
    }
    assert.equal((await one.jwks()).keys.length, 1);
  });
});
