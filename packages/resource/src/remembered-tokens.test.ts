import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { digest, webDigest } from "./digest.ts";
import { createGuard } from "./guard.ts";
import { RememberedTokens } from "./remembered-tokens.ts";
import { anIssuer, aRequest } from "./testing/an-issuer.ts";

const token = () => ({ claims: {} as never, rights: {} as never, key: {} as never, askedAt: undefined });

describe("remembered tokens", () => {
  it("stay within their bound; the longest unused goes first", () => {
    const tokens = new RememberedTokens(3);
    for (const name of ["a", "b", "c"]) tokens.keep(name, token());
    tokens.get("a");
    tokens.keep("d", token());
    assert.equal(tokens.count, 3);
    assert.equal(tokens.get("b"), undefined);
    assert.ok(tokens.get("a") && tokens.get("c") && tokens.get("d"));
  });

  it("are none with a bound of zero", () => {
    const tokens = new RememberedTokens(0);
    tokens.keep("a", token());
    assert.equal(tokens.count, 0);
  });

  it("are named by the same digest in every runtime", async () => {
    assert.equal(digest("abc"), "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
    assert.equal(await webDigest("abc"), "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
  });

  it("hand every request the same claims, which none can change for the next", async (t) => {
    const issuer = await anIssuer();
    t.after(() => issuer.close());
    const guard = createGuard({ issuer: issuer.issuer, resource: issuer.resource });
    const text = await issuer.token({ roles: ["reader"], deep: [{ rights: ["read"] }], scope: "notes:read" });
    const callers = [];
    for (let turn = 0; turn < 2; turn++) callers.push(await guard.guard(aRequest(text)));
    const [first, second] = callers;
    assert.ok(first && !(first instanceof Response) && second && !(second instanceof Response));
    assert.equal(first.claims, second.claims);
    for (const spoil of [
      () => Object.assign(first.claims, { sub: "admin" }),
      () => (first.claims.roles as string[]).push("admin"),
      () => (first.claims.deep as [{ rights: string[] }])[0].rights.push("write"),
      () => (first.scopes as string[]).push("notes:write"),
      () => (first.roles as string[]).push("admin"),
    ]) {
      assert.throws(spoil, TypeError);
    }
    assert.equal(second.has("notes:read"), true);
    assert.equal(second.has("notes:write"), false);
  });

  it("[O21-RS-01] are judged again at every use: expiry and scope", async (t) => {
    const issuer = await anIssuer();
    t.after(() => issuer.close());
    let now = Math.floor(Date.now() / 1000);
    const guard = createGuard({
      issuer: issuer.issuer,
      resource: issuer.resource,
      clock: () => now,
      clockTolerance: 0,
      keysMaxAge: 100_000,
    });
    const check = async (text: string, needed: string[] = []) => {
      const answer = await guard.guard(aRequest(text), needed);
      return answer instanceof Response ? answer.status : 200;
    };
    const text = await issuer.token({ exp: now + 600 });
    assert.equal(await check(text), 200);
    assert.equal(await check(text, ["notes:write"]), 403);
    assert.equal(await check(`${text.slice(0, -4)}AAAA`), 401);
    now += 599;
    assert.equal(await check(text), 200);
    now += 1;
    assert.equal(await check(text), 401);
  });
});
