import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { OAuthError } from "@valetkey/protocol/errors";
import { createGuard } from "./guard.ts";
import { countWebVerifications, type Engine, engines, runOn } from "./testing/an-engine.ts";
import { aKey, anIssuer } from "./testing/an-issuer.ts";
import { type ForgersWorld, forgeries } from "./testing/forgeries.ts";
import { type WayIn, waysIn } from "./testing/ways-in.ts";

for (const [name, open] of Object.entries(waysIn)) {
  for (const engine of name === "the guard alone" ? engines : (["node:crypto"] as const)) {
    describe(`a forged token by way of ${name}, signatures checked by ${engine}`, () => attack(open, engine));
  }
}

function attack(open: (typeof waysIn)[string], engine: Engine): void {
  const world = {} as ForgersWorld;
  let way: WayIn;
  let refusals: OAuthError[] = [];
  let webVerifications: ReturnType<typeof countWebVerifications>;

  before(async () => {
    runOn(engine);
    webVerifications = countWebVerifications();
    const [issuer, foreign, thief, rsa] = await Promise.all([
      anIssuer(),
      anIssuer(),
      aKey("first"),
      aKey("rsa", "RS256"),
    ]);
    issuer.state.keys = [issuer.key.jwk, rsa.jwk];
    Object.assign(world, { issuer, foreign, thief, rsa });
    way = await open(
      createGuard({
        issuer: issuer.issuer,
        resource: issuer.resource,
        maxTokenLength: 8_192,
        onRefusal: (error) => refusals.push(error),
      }),
    );
  });
  after(async () => {
    webVerifications.stop();
    runOn("node:crypto");
    await way.close();
    await world.issuer.close();
    await world.foreign.close();
  });

  const bearer = (token: string) => way.ask(["Authorization", `Bearer ${token}`]);

  for (const [given, refusal, token] of forgeries(world)) {
    it(`[AT-02 MCP-RS-04 MCP-RS-05 MCP-RS-07 O21-RS-06] answers invalid_token to ${given}`, async () => {
      refusals = [];
      const { status, headers, body } = await bearer(await token());
      assert.equal(status, 401, "the guard let the request through");
      assert.match(headers.get("www-authenticate") ?? "", /^Bearer error="invalid_token", /);
      assert.deepEqual(JSON.parse(body), {
        error: "invalid_token",
        error_description: "The access token is invalid or expired.",
      });
      assert.deepEqual(
        refusals.map((one) => one.refusal),
        [refusal],
      );
    });
  }

  it("asks nobody but the issuer, whatever the tokens name", () => {
    assert.deepEqual(world.foreign.counts, {});
  });

  it("lets a good token through after all that, checked by this engine", async () => {
    const before = webVerifications.count;
    assert.deepEqual(await bearer(await world.issuer.token()).then(({ body }) => body), "account-1");
    assert.equal(webVerifications.count - before, engine === "WebCrypto" ? 1 : 0);
  });
}
