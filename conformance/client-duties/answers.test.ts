import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, afterEach, before, describe, it } from "node:test";
import * as oauth from "oauth4webapi";
import { next } from "../../examples/mcp-login/packages.ts";
import { InMemoryProvider } from "../../examples/mcp-login/provider.ts";
import { client } from "../../examples/mcp-login/with-client.ts";
import { aWorld, callbackUrl, changed, shipped, type World } from "./world.ts";

describe("which authorization responses the shipped clients take", () => {
  let world: World;
  before(async () => {
    world = await aWorld();
  });
  afterEach(() => world.forget());
  after(() => world.close());

  const redemptions = () =>
    world.forms("/token").filter((form) => form.get("grant_type") === "authorization_code");
  const withIss = (answer: URL, iss: string | undefined) => {
    const url = new URL(answer);
    if (iss === undefined) url.searchParams.delete("iss");
    else url.searchParams.set("iss", iss);
    return url;
  };
  /** RFC 9207 §2.4 compares plain strings, so every one of these names somebody else. */
  const foreign = [
    "https://other.example.org",
    "https://auth.example.com/",
    "https://AUTH.example.com",
    "https://auth.example.com:443",
    "https%3A%2F%2Fauth.example.com",
    "",
  ];

  for (const made of shipped) {
    it(`[MCP-C-04] ${made.name} has recorded issuer, verifier and state when the person is sent away`, async () => {
      const seen: { issuer: unknown; challenge: string; url: URL }[] = [];
      class Watched extends InMemoryProvider {
        override redirectToAuthorization(url: URL): void {
          const issuer = this.discoveryState()?.authorizationServerMetadata?.issuer;
          const challenge = createHash("sha256").update(this.codeVerifier()).digest("base64url");
          this.requireOwnAnswer(
            new URL(
              `${callbackUrl}?${new URLSearchParams({ state: url.searchParams.get("state") ?? "", iss: String(issuer) })}`,
            ),
            world.server.issuer,
          );
          seen.push({ issuer, challenge, url });
          super.redirectToAuthorization(url);
        }
      }
      await world.sentTo(world.client(made, { provider: new Watched(callbackUrl, undefined) }));
      assert.equal(seen.length, 1);
      assert.equal(seen[0]?.issuer, world.server.issuer);
      assert.equal(seen[0]?.challenge, seen[0]?.url.searchParams.get("code_challenge"));
    });

    it(`[MCP-C-05 O21-C-04 ISS-01] the example with ${made.name} takes the answer of its own issuer and no other, and asks that issuer for the token`, async () => {
      const one = world.client(made);
      const answer = await world.approve(await world.sentTo(one));
      for (const iss of [undefined, ...foreign]) {
        await assert.rejects(world.finish(one, withIss(answer, iss)), /Another issuer/, String(iss));
      }
      assert.equal(redemptions().length, 0);
      assert.match(answer.search, /iss=https%3A%2F%2Fauth\.example\.com/, "it is encoded on the way");
      await world.finish(one, answer);
      assert.equal(redemptions().length, 1);
      assert.deepEqual(
        world.asked.filter(({ body }) => body.includes("code_verifier")).map(({ url }) => url),
        [`${world.server.issuer}/token`],
      );
    });

    it(`[MCP-C-12 O21-C-03] the example with ${made.name} sends a new state each time and takes no answer to another`, async () => {
      const first = await world.sentTo(world.client(made));
      const one = world.client(made);
      const destination = await world.sentTo(one);
      const state = destination.searchParams.get("state") ?? "";
      assert.match(state, /^[\w-]{22}$/);
      assert.notEqual(state, first.searchParams.get("state"));
      const answer = await world.approve(destination);
      for (const wrong of [first.searchParams.get("state") ?? "", `${state}x`, "", undefined]) {
        const forged = new URL(answer);
        if (wrong === undefined) forged.searchParams.delete("state");
        else forged.searchParams.set("state", wrong);
        await assert.rejects(world.finish(one, forged), /another request/);
      }
      assert.equal(redemptions().length, 0);
      await world.finish(one, answer);
      assert.ok(one.provider.tokens()?.access_token);
    });

    it(`[MCP-C-06] the example with ${made.name} repeats nothing of a foreign issuer's error`, async () => {
      const one = world.client(made);
      const destination = await world.sentTo(one);
      const forged = anError(destination.searchParams.get("state") ?? "", "https://other.example.org");
      await assert.rejects(world.finish(one, forged), saysNothingOfIt);
      assert.equal(redemptions().length, 0);
    });
  }

  const metadata = () => `${world.server.issuer}/.well-known/oauth-authorization-server`;
  const notAdvertised = changed({ authorization_response_iss_parameter_supported: undefined });

  for (const advertised of [true, false]) {
    it(`[MCP-C-05 ISS-01] ${client.name} by itself judges iss where it is ${advertised ? "" : "not "}advertised`, async () => {
      if (!advertised) world.alter(metadata(), notAdvertised);
      const one = world.client(client);
      const answer = await world.approve(await world.sentTo(one));
      for (const iss of advertised ? [undefined, ...foreign] : foreign) {
        await assert.rejects(
          one.connection.finish(withIss(answer, iss)),
          next.IssuerMismatchError,
          String(iss),
        );
      }
      assert.equal(redemptions().length, 0);
      await one.connection.finish(advertised ? answer : withIss(answer, undefined));
      assert.equal(redemptions().length, 1);
    });

    it(`[MCP-C-05 ISS-01] oauth4webapi judges iss where it is ${advertised ? "" : "not "}advertised`, async () => {
      const as: oauth.AuthorizationServer = {
        issuer: world.server.issuer,
        ...(advertised && { authorization_response_iss_parameter_supported: true }),
      };
      const judged = (iss: string | undefined) =>
        oauth.validateAuthResponse(
          as,
          { client_id: "c" },
          withIss(new URL(`${callbackUrl}?code=c&state=s`), iss),
          "s",
        );
      // An empty parameter counts as none there (RFC 6749 §3.1).
      for (const iss of foreign.filter((one) => one !== ""))
        assert.throws(() => judged(iss), /unexpected "iss"/);
      assert.equal(judged(world.server.issuer).get("code"), "c");
      if (advertised)
        for (const iss of [undefined, ""]) assert.throws(() => judged(iss), /"iss" \(issuer\) missing/);
      else assert.equal(judged(undefined).get("code"), "c");
    });
  }

  it(`[MCP-C-06] ${client.name} by itself and oauth4webapi repeat nothing of a foreign issuer's error`, async () => {
    const one = world.client(client);
    const state = (await world.sentTo(one)).searchParams.get("state") ?? "";
    const forged = anError(state, "https://other.example.org");
    await assert.rejects(one.connection.finish(forged), saysNothingOfIt);
    const as = { issuer: world.server.issuer, authorization_response_iss_parameter_supported: true };
    assert.throws(
      () => oauth.validateAuthResponse(as, { client_id: "c" }, forged, state),
      (thrown) => !(thrown instanceof oauth.AuthorizationResponseError) && saysNothingOfIt(thrown),
    );
    // The same error from the right issuer is told: what kept it back was iss.
    await assert.rejects(one.connection.finish(anError(state, world.server.issuer)), /Call 555/);
  });

  function anError(state: string, iss: string): URL {
    const fields = {
      error: "access_denied",
      error_description: "Call 555 for help",
      error_uri: "https://evil.example",
      state,
      iss,
    };
    return new URL(`${callbackUrl}?${new URLSearchParams(fields)}`);
  }

  function saysNothingOfIt(thrown: unknown): boolean {
    assert.ok(thrown instanceof Error);
    assert.doesNotMatch(`${thrown.name} ${thrown.message}`, /access_denied|Call 555|evil\.example/);
    return true;
  }
});
