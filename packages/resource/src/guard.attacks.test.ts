import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { aGuardedWay, type GuardedWay } from "./testing/a-guarded-way.ts";
import { countWebVerifications, type Engine, engines, runOn } from "./testing/an-engine.ts";
import { aForgersWorld, type ForgersWorld, forgeries } from "./testing/forgeries.ts";
import { waysIn } from "./testing/ways-in.ts";

for (const [name, open] of Object.entries(waysIn)) {
  for (const engine of name === "the guard alone" ? engines : (["node:crypto"] as const)) {
    describe(`a forged token by way of ${name}, signatures checked by ${engine}`, () => attack(open, engine));
  }
}

function attack(open: (typeof waysIn)[string], engine: Engine): void {
  const world = {} as ForgersWorld;
  let guarded: GuardedWay;
  let webVerifications: ReturnType<typeof countWebVerifications>;

  before(async () => {
    runOn(engine);
    webVerifications = countWebVerifications();
    Object.assign(world, await aForgersWorld());
    guarded = await aGuardedWay(open, { maxTokenLength: 8_192 }, world.issuer);
  });
  after(async () => {
    webVerifications.stop();
    runOn("node:crypto");
    await guarded.close();
    await world.foreign.close();
  });

  for (const [given, refusal, token] of forgeries(world)) {
    it(`[AT-02 MCP-RS-04 MCP-RS-05 MCP-RS-07 O21-RS-06] answers invalid_token to ${given}`, async () => {
      const { status, headers, body } = await guarded.bearer(await token());
      assert.equal(status, 401, "the guard let the request through");
      assert.match(headers.get("www-authenticate") ?? "", /^Bearer error="invalid_token", /);
      assert.deepEqual(JSON.parse(body), {
        error: "invalid_token",
        error_description: "The access token is invalid or expired.",
      });
      assert.deepEqual(
        guarded.refusals.map((one) => one.refusal),
        [refusal],
      );
    });
  }

  it("asks nobody but the issuer, whatever the tokens name", () => {
    assert.deepEqual(world.foreign.counts, {});
  });

  it("lets a good token through after all that, checked by this engine", async () => {
    const before = webVerifications.count;
    assert.deepEqual((await guarded.bearer(await world.issuer.token())).body, "account-1");
    assert.equal(webVerifications.count - before, engine === "WebCrypto" ? 1 : 0);
  });
}
