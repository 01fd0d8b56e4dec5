import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { createGuard, type Guard } from "./guard.ts";
import type { GuardOptions } from "./options.ts";
import { aProofKey, type ProofKey } from "./testing/a-proof.ts";
import { anIssuer, type TestIssuer } from "./testing/an-issuer.ts";

const path = "https://api.example/mcp";

describe("a request that the guard let in", () => {
  let issuer: TestIssuer;
  let key: ProofKey;
  let other: ProofKey;
  before(async () => {
    issuer = await anIssuer();
    [key, other] = await Promise.all([aProofKey(), aProofKey()]);
  });
  after(() => issuer.close());

  const aGuard = (more: Partial<GuardOptions> = {}) =>
    createGuard({ issuer: issuer.issuer, resource: issuer.resource, ...more });
  const bound = (claims: object = {}) => issuer.token({ cnf: { jkt: key.jkt }, ...claims });
  async function proven(token: string, by = key, htm = "GET", url = path): Promise<Request> {
    const ath = createHash("sha256").update(token).digest("base64url");
    const dpop = await by.proof({ htm, htu: url, iat: Math.floor(Date.now() / 1000), ath });
    return new Request(url, { method: htm, headers: { authorization: `DPoP ${token}`, dpop } });
  }
  async function status(guard: Guard, request: Request, raw?: object, needed: readonly string[] = []) {
    const answer = await guard.guard(request, needed, raw);
    return answer instanceof Response ? answer.status : answer.subject;
  }

  it("is known by its object, however often it is read anew, and by nothing that it says", async () => {
    const guard = aGuard();
    const raw = {};
    const request = await proven(await bound());
    assert.equal(await status(guard, request, raw), "account-1");
    assert.equal(await status(guard, request.clone(), raw), "account-1");
    assert.equal(await status(guard, request.clone(), {}), 401);
    assert.equal(await status(guard, request.clone()), 401);
  });

  const refills: Record<string, (token: string, dpop: string) => Promise<Record<string, string>>> = {
    "another token and the first proof": async (_, dpop) => ({
      authorization: `DPoP ${await bound()}`,
      dpop,
    }),
    "a proof of another key": async (token) => Object.fromEntries((await proven(token, other)).headers),
    "no proof": async (token) => ({ authorization: `DPoP ${token}` }),
    "the scheme Bearer": async (token, dpop) => ({ authorization: `Bearer ${token}`, dpop }),
    "no token": async (_, dpop) => ({ dpop }),
  };
  for (const [what, refill] of Object.entries(refills)) {
    it(`is forgotten where its object comes again with ${what}`, async () => {
      const guard = aGuard();
      const raw = {};
      const token = await bound();
      const first = await proven(token);
      assert.equal(await status(guard, first, raw), "account-1");
      const headers = await refill(token, first.headers.get("dpop") ?? "");
      assert.equal(await status(guard, new Request(path, { headers }), raw), 401);
    });
  }

  for (const [what, method, url] of [
    ["method", "POST", path],
    ["path", "GET", `${path}/other`],
  ] as const) {
    it(`is forgotten where its object comes again with its token and proof for another ${what}`, async () => {
      const guard = aGuard();
      const raw = {};
      const first = await proven(await bound());
      assert.equal(await status(guard, first, raw), "account-1");
      assert.equal(await status(guard, new Request(url, { method, headers: first.headers }), raw), 401);
    });
  }

  it("is unknown where it was refused", async () => {
    const guard = aGuard();
    const raw = {};
    const token = await bound();
    const forged = await proven(token, other);
    for (let turn = 0; turn < 2; turn++) assert.equal(await status(guard, forged, raw), 401);
  });

  it("is refused a second time for a form that was read since and carries a token too", async () => {
    const guard = aGuard();
    const raw = {};
    const first = await proven(await bound(), key, "POST");
    assert.equal(await status(guard, first, raw), "account-1");
    const body = "access_token=x";
    const headers = new Headers(first.headers);
    headers.set("content-type", "application/x-www-form-urlencoded");
    headers.set("content-length", String(body.length));
    assert.equal(await status(guard, new Request(path, { method: "POST", headers, body }), raw), 400);
  });

  it("ends with its token", async () => {
    const clock = { now: Math.floor(Date.now() / 1000) };
    const guard = aGuard({ clock: () => clock.now, clockTolerance: 0 });
    const request = await proven(await bound({ exp: clock.now + 60 }));
    clock.now += 59;
    assert.deepEqual(
      [await status(guard, request), await status(guard, request)],
      ["account-1", "account-1"],
    );
    clock.now += 1;
    assert.equal(await status(guard, request), 401);
  });
});
