import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type AgentOptions, createAgent, createMachine, fileStore, memoryStore } from "@valetkey/agent";
import { type AnOidcProvider, anOidcProvider, job } from "./an-oidc-provider.ts";

describe("the agent at oidc-provider, with an API behind our guard", () => {
  const folder = mkdtempSync(join(tmpdir(), "valetkey-foreign-"));
  let place: AnOidcProvider;
  before(async () => {
    place = await anOidcProvider();
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await place.close();
  });

  const anAgent = (options: Partial<AgentOptions> = {}) =>
    createAgent({ resource: place.resource, store: memoryStore(), asksWho: true, ...options });
  const withBrowser = { showAddress: (address: URL) => place.allows(address) };

  for (const { given, dpop } of [
    { given: "with a plain token", dpop: false },
    { given: "with a key of its own", dpop: true },
  ]) {
    it(`[I5-LOGIN] finds it, registers, signs in, calls, renews and signs out, ${given}`, async () => {
      const agent = anAgent({ dpop });
      const login = await agent.signIn(withBrowser);
      assert.deepEqual([login.issuer, login.account, login.isRenewable], [place.issuer, "ada", true]);
      const first = await agent.fetch(place.resource);
      assert.deepEqual(await first.json(), { subject: "ada", scopes: ["notes:read"] });
      for (let time = 0; time < 3; time++) {
        const { accessToken } = await agent.token();
        const next = await agent.token({ refused: accessToken });
        assert.notEqual(next.accessToken, accessToken);
        assert.equal(next.tokenType, dpop ? "DPoP" : "Bearer");
        assert.equal((await agent.fetch(place.resource)).status, 200);
      }
      assert.deepEqual(await agent.signOut(), { isRevoked: true, wasKept: true });
      await assert.rejects(agent.token(), { code: "sign-in-needed" });
    });
  }

  it("[I5-LOGIN] signs in with a code on another device", async () => {
    // Five seconds are what it does not say and RFC 8628 means; it gives the tokens sooner.
    const agent = anAgent({ pause: async (seconds) => assert.equal(seconds, 5) });
    await agent.signIn({
      showDeviceCode: ({ verificationUri, userCode }) => place.allowsDevice(verificationUri, userCode),
    });
    assert.equal((await agent.fetch(place.resource)).status, 200);
  });

  it("takes a token of fewer scopes and keeps the grant", async () => {
    const agent = anAgent({ scopes: ["notes:read", "notes:write"] });
    await agent.signIn(withBrowser);
    assert.deepEqual((await agent.token({ scopes: ["notes:read"] })).scopes, ["notes:read"]);
    const { scopes, accessToken } = await agent.token();
    assert.ok(scopes?.includes("notes:write"));
    assert.ok((await agent.token({ refused: accessToken })).scopes?.includes("notes:write"));
  });

  it("[I5-ONE-RENEWAL] renews once for ten that ask at once, where a second time would end the login", async () => {
    const store = fileStore({ folder });
    await anAgent({ store }).signIn(withBrowser);
    const refused = (await anAgent({ store }).token()).accessToken;
    const tokens = await Promise.all(
      Array.from({ length: 10 }, () => anAgent({ store: fileStore({ folder }) }).token({ refused })),
    );
    assert.equal(new Set(tokens.map(({ accessToken }) => accessToken)).size, 1);
    assert.notEqual(tokens[0]?.accessToken, refused);
    assert.equal((await anAgent({ store }).fetch(place.resource)).status, 200);
  });

  it("is a machine with its secret", async () => {
    const { issuer, resource } = place;
    const machine = createMachine({ issuer, resource, client: job, scopes: ["notes:write"] });
    const response = await machine.fetch(resource);
    assert.deepEqual(await response.json(), { subject: job.id, scopes: ["notes:write"] });
  });

  it("is told what the issuer refuses", async () => {
    const { issuer, resource } = place;
    const wrong = { id: job.id, secret: "wrong" };
    await assert.rejects(createMachine({ issuer, resource, client: wrong }).token(), {
      code: "client-refused",
      facts: { oauthError: "invalid_client" },
    });
    await assert.rejects(createMachine({ issuer, resource: `${resource}/x`, client: job }).token(), {
      code: "request-refused",
      facts: { oauthError: "invalid_target" },
    });
  });
});
