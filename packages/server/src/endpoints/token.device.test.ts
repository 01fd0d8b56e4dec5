import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { deviceCodeGrant } from "@valetkey/protocol/device-code";
import { sqliteStore } from "../adapters/sqlite/store.ts";
import { provenPost } from "../testing/a-bound-device.ts";
import { aDeviceClient, askForCode, aWaitingDevice, decide, poll, pollingForm } from "../testing/a-device.ts";
import { refresh } from "../testing/a-login.ts";
import { basic, claimsOf, faces, lineageOf } from "../testing/a-program.ts";
import { aProofKey } from "../testing/a-proof.ts";
import { type AServer, api, aServer, mcp } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";
import { newSecret } from "../tokens/secret.ts";

/** What goes out; a device that waits leaves nothing in the trace. */
const wire = ({ status, body }: Awaited<ReturnType<typeof poll>>) => [status, body.error];

describe("a device that asks", () => {
  async function aWorld(about: Parameters<typeof aServer>[0] = {}) {
    const server = await aServer(about);
    const client = await aDeviceClient(server);
    return { server, client, codes: await aWaitingDevice(server, client) };
  }

  spec("DEV-01", "is told to wait, to ask less often, and at once when its person has decided", async (t) => {
    const { server, client, codes } = await aWorld();
    t.after(() => server.close());
    const pending = [400, "authorization_pending"];
    const slower = [400, "slow_down"];
    assert.deepEqual(wire(await poll(server, client, codes)), pending);
    server.clock.advance(5);
    assert.deepEqual(wire(await poll(server, client, codes)), pending);
    server.clock.advance(2);
    const early = await poll(server, client, codes);
    assert.deepEqual(faces(server, early), [...slower, "device.early"]);
    server.clock.advance(5);
    assert.deepEqual(wire(await poll(server, client, codes)), slower);
    server.clock.advance(8);
    assert.deepEqual(wire(await poll(server, client, codes)), pending);
    await decide(server, codes.user_code, "allow");
    assert.equal((await poll(server, client, codes)).status, 200);
  });

  it("leaves no line in the trace while it waits, however long", async (t) => {
    const { server, client, codes } = await aWorld();
    t.after(() => server.close());
    const steps = server.audit.steps.length;
    for (let turn = 0; turn < 20; turn++) {
      await poll(server, client, codes);
      server.clock.advance(5);
    }
    assert.equal(server.audit.steps.length, steps);
  });

  spec(["DEV-01", "XD-02"], "is told that time is over, whether its person decided or not", async (t) => {
    const { server, client, codes } = await aWorld();
    t.after(() => server.close());
    const allowed = await aWaitingDevice(server, client);
    server.clock.advance(599);
    await decide(server, allowed.user_code, "allow");
    server.clock.advance(1);
    for (const one of [codes, allowed]) {
      assert.deepEqual(faces(server, await poll(server, client, one)), [
        400,
        "expired_token",
        "device.expired",
      ]);
    }
  });

  spec("DEV-01", "is told that its person refused, and stays refused", async (t) => {
    const { server, client, codes } = await aWorld();
    t.after(() => server.close());
    await decide(server, codes.user_code, "deny");
    for (let turn = 0; turn < 2; turn++) {
      const answer = await poll(server, client, codes);
      assert.deepEqual(faces(server, answer), [400, "access_denied", "device.denied"]);
    }
    assert.deepEqual(server.audit.events.filter(({ what }) => what === "consent.denied").length, 1);
  });

  for (const { given, code, reads } of [
    { given: "junk", code: "junk", reads: 0 },
    { given: "a secret of another kind", code: newSecret("vkc"), reads: 0 },
    { given: "a code with a letter changed", code: newSecret("vkd").replace(/.$/, "!"), reads: 0 },
    { given: "a code that never was", code: newSecret("vkd"), reads: 1 },
  ]) {
    spec("DEV-01", `is told nothing for ${given}, at the price of ${reads} reads`, async (t) => {
      const store = await sqliteStore(":memory:");
      let asked = 0;
      const find: typeof store.deviceCodes.find = (hash) => {
        asked++;
        return store.deviceCodes.find(hash);
      };
      const server = await aServer({ store: { ...store, deviceCodes: { ...store.deviceCodes, find } } });
      t.after(() => server.close());
      const answer = await poll(server, await aDeviceClient(server), { device_code: code });
      assert.deepEqual([...faces(server, answer), asked], [400, "invalid_grant", "device.unknown", reads]);
    });
  }

  it("needs a code", async (t) => {
    const { server, client } = await aWorld();
    t.after(() => server.close());
    const answer = await poll(server, client, { device_code: "" });
    assert.deepEqual(faces(server, answer), [400, "invalid_request", "parameter.missing"]);
  });

  spec("DEV-01", "is told nothing of another client's device, and changes nothing for it", async (t) => {
    const { server, client, codes } = await aWorld();
    t.after(() => server.close());
    const other = await aDeviceClient(server);
    const both = async (expected: string) => {
      const answer = await poll(server, other, codes);
      assert.deepEqual(faces(server, answer), [400, "invalid_grant", "device.other-client"]);
      assert.deepEqual((await poll(server, client, codes)).body.error ?? "tokens", expected);
    };
    await both("authorization_pending");
    await decide(server, codes.user_code, "allow");
    await both("tokens");
    const again = await poll(server, other, codes);
    assert.deepEqual(faces(server, again), [400, "invalid_grant", "device.other-client"]);
    const [lineage] = await server.store.lineages.listOf((await onlyGrant(server)).id);
    assert.equal(lineage?.endedAt, null);
  });

  it("needs a client that has the grant", async (t) => {
    const { server, codes } = await aWorld();
    t.after(() => server.close());
    const answer = await poll(server, await server.client(), codes);
    assert.deepEqual(faces(server, answer), [400, "unauthorized_client", "client.grant-not-allowed"]);
  });

  spec(["DEV-01", "XD-02"], "gets tokens once; a replay with everything right ends them", async (t) => {
    const { server, client, codes } = await aWorld();
    t.after(() => server.close());
    await decide(server, codes.user_code, "allow");
    const { body } = await poll(server, client, codes);
    const replay = await poll(server, client, codes);
    assert.deepEqual(faces(server, replay), [400, "invalid_grant", "device.replayed"]);
    const lineage = await lineageOf(server, body.access_token);
    assert.deepEqual([lineage.endReason, lineage.endedAt], ["code.replayed", server.clock.now()]);
    assert.equal((await refresh(server, client, body.refresh_token)).status, 400);
    assert.equal(server.audit.events.at(-1)?.what, "device-code.replayed");
  });

  spec(["DEV-01", "XD-02"], "a hundred times at once gets one answer with tokens", async (t) => {
    const { server, client, codes } = await aWorld();
    t.after(() => server.close());
    await decide(server, codes.user_code, "allow");
    const all = await Promise.all(Array.from({ length: 100 }, () => poll(server, client, codes)));
    assert.equal(all.filter(({ status }) => status === 200).length, 1);
    const grant = await onlyGrant(server);
    assert.equal((await server.store.lineages.listOf(grant.id)).length, 1);
  });

  it("is named by its user agent, and begins with how its person had signed in", async (t) => {
    const { server, client, codes } = await aWorld();
    t.after(() => server.close());
    await decide(server, codes.user_code, "allow");
    const headers = { "user-agent": "calendar-agent/0.3 (raspberrypi)" };
    const { body } = await poll(server, client, codes, {}, headers);
    const { userAgent, amr, authenticatedAt } = await lineageOf(server, body.access_token);
    assert.deepEqual(
      [userAgent, amr, authenticatedAt],
      ["calendar-agent/0.3 (raspberrypi)", ["pwd"], server.clock.now()],
    );
    assert.equal(claimsOf(body.access_token).aud, mcp);
  });

  it("gets an ID token when its person allowed openid, and none otherwise", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const client = await aDeviceClient(server);
    for (const scope of ["openid tools:use", "tools:use"]) {
      const codes = await aWaitingDevice(server, client, { scope });
      await decide(server, codes.user_code, "allow");
      const { body } = await poll(server, client, codes);
      assert.equal(body.scope, scope === "tools:use" ? scope : "tools:use openid");
      if (scope === "tools:use") assert.equal(body.id_token, undefined);
      else assert.equal(claimsOf(body.id_token).aud, client.id);
    }
  });

  for (const { given, grantTypes, scope, refreshes } of [
    {
      given: "the grant registered",
      grantTypes: [deviceCodeGrant, "refresh_token"],
      scope: "tools:use",
      refreshes: true,
    },
    {
      given: "offline_access granted",
      grantTypes: [deviceCodeGrant],
      scope: "tools:use offline_access",
      refreshes: true,
    },
    { given: "neither", grantTypes: [deviceCodeGrant], scope: "tools:use", refreshes: false },
  ]) {
    it(`${refreshes ? "gets" : "gets no"} refresh token given ${given}`, async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      const client = await aDeviceClient(server, { grantTypes });
      const codes = await aWaitingDevice(server, client, { scope });
      await decide(server, codes.user_code, "allow");
      const { body } = await poll(server, client, codes);
      assert.equal(body.refresh_token !== undefined, refreshes);
    });
  }

  for (const [given, change, refusal] of [
    [
      "its grant was ended",
      async (s: AServer) => s.store.grants.end((await onlyGrant(s)).id, s.clock.now()),
      "device.unknown",
    ],
    [
      "its person was switched off",
      async (s: AServer) => s.store.accounts.setDisabled((await onlyGrant(s)).accountId, s.clock.now()),
      "device.unknown",
    ],
    [
      "every role lost what was granted",
      (s: AServer) => s.store.roles.put({ name: "everyone", description: "", allows: [] }),
      "scope.beyond-role",
    ],
  ] as const) {
    spec("XD-02", `gets nothing once ${given}, though its person had allowed it`, async (t) => {
      const { server, client, codes } = await aWorld();
      t.after(() => server.close());
      await decide(server, codes.user_code, "allow");
      await change(server);
      assert.deepEqual(faces(server, await poll(server, client, codes)), [400, "invalid_grant", refusal]);
    });
  }

  it("at a client that was removed is a device of nobody", async (t) => {
    const { server, client, codes } = await aWorld();
    t.after(() => server.close());
    await server.store.clients.remove(client.id, server.clock.now());
    assert.deepEqual(wire(await poll(server, client, codes)), [401, "invalid_client"]);
  });

  spec(
    ["XD-02", "DPOP-01"],
    "is bound to the key that it named, and nobody else learns of the decision",
    async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      const client = await aDeviceClient(server);
      const [key, thief] = [await aProofKey(), await aProofKey()];
      const codes = await aWaitingDevice(server, client, { dpop_jkt: key.jkt });
      const form = pollingForm(client, codes);
      const refusals = async () => {
        const without = await poll(server, client, codes);
        assert.deepEqual(faces(server, without), [400, "invalid_dpop_proof", "dpop.missing"]);
        const stolen = await provenPost(server, thief, form);
        assert.deepEqual(faces(server, stolen), [400, "invalid_grant", "dpop.other-key"]);
      };
      await refusals();
      assert.deepEqual(wire(await provenPost(server, key, form)), [400, "authorization_pending"]);
      await decide(server, codes.user_code, "allow");
      await refusals();
      const { status, body } = await provenPost(server, key, form);
      assert.deepEqual([status, body.token_type], [200, "DPoP"]);
      assert.deepEqual(claimsOf(body.access_token).cnf, { jkt: key.jkt });
      await refusals();
      assert.equal((await lineageOf(server, body.access_token)).endedAt, null);
    },
  );

  spec(
    ["XD-02", "DPOP-01"],
    "that named no key is bound to the one with which it fetches its tokens",
    async (t) => {
      const { server, client, codes } = await aWorld();
      t.after(() => server.close());
      const key = await aProofKey();
      await decide(server, codes.user_code, "allow");
      const { body } = await provenPost(server, key, pollingForm(client, codes));
      assert.equal(body.token_type, "DPoP");
      assert.equal((await lineageOf(server, body.access_token)).jkt, key.jkt);
      assert.equal((await refresh(server, client, body.refresh_token)).status, 400);
    },
  );

  it("that may have bound tokens only brings a proof from its first question on", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const client = await aDeviceClient(server, { boundTokens: true });
    const codes = await aWaitingDevice(server, client);
    const answer = await poll(server, client, codes);
    assert.deepEqual(faces(server, answer), [400, "invalid_dpop_proof", "dpop.missing"]);
  });

  spec("XD-02", "with wrong codes is held back like every other dead grant", async (t) => {
    const server = await aServer({ limits: { token: { limit: 3, window: 60 } } });
    t.after(() => server.close());
    const client = await aDeviceClient(server);
    const codes = await aWaitingDevice(server, client);
    for (let turn = 0; turn < 3; turn++) {
      assert.deepEqual(wire(await poll(server, client, { device_code: newSecret("vkd") })), [
        400,
        "invalid_grant",
      ]);
    }
    assert.equal((await poll(server, client, { device_code: newSecret("vkd") })).status, 429);
    assert.deepEqual(wire(await poll(server, client, codes)), [400, "authorization_pending"]);
  });

  it("of a confidential client is bound to nothing but the client's own proof", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const client = await aDeviceClient(server, { authMethods: ["client_secret_basic"] });
    const proof = basic(client.id, client.secret);
    const form = { client_id: undefined, resource: api, scope: "inference:read" };
    const { body } = await askForCode(server, client, form, proof);
    await decide(server, String(body.user_code), "allow");
    const answer = await poll(
      server,
      client,
      { device_code: String(body.device_code) },
      { client_id: undefined },
      proof,
    );
    assert.deepEqual([answer.status, answer.body.scope], [200, "inference:read"]);
  });
});

async function onlyGrant(server: AServer) {
  const [grant, ...others] = await server.store.grants.page({ after: 0, limit: 10 });
  assert.deepEqual(others, []);
  assert.ok(grant);
  return grant;
}
