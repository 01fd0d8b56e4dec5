import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { login, post, redeem, refresh } from "../testing/a-login.ts";
import { aLookout, claimsOf, device, faces, introspect, lineageOf } from "../testing/a-program.ts";
import { api, aResource, aServer, mcp } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

const dead = [400, "invalid_grant"] as const;
const day = 86_400;

describe("a refresh", () => {
  spec(["MCP-AS-18", "BCP-06", "I2-REFRESH"], "rotates the token of a public client", async () => {
    const server = await aServer();
    const client = await server.client();
    const first = await device(server, client);
    const second = (await refresh(server, client, first.refresh_token)).body;
    const third = (await refresh(server, client, second.refresh_token)).body;
    assert.equal(new Set([first, second, third].map((tokens) => tokens.refresh_token)).size, 3);
    assert.equal(new Set([first, second, third].map((tokens) => tokens.access_token)).size, 3);
    assert.equal((await lineageOf(server, third.access_token)).generation, 3);
    await server.close();
  });

  spec("CL-07", "one second after the code is as good as any", async () => {
    const server = await aServer();
    const client = await server.client();
    const tokens = await device(server, client);
    server.clock.advance(1);
    const next = await refresh(server, client, tokens.refresh_token);
    assert.equal(next.status, 200);
    assert.equal(next.headers.get("cache-control"), "no-store");
    assert.equal(Object.values(next.body).includes(null), false);
    await server.close();
  });

  for (const { when, after, late } of [
    { when: "at once", after: 0, late: false },
    { when: "at the end of the grace", after: 120, late: false },
    { when: "after the grace", after: 121, late: true },
    { when: "at the end of the week", after: 7 * day, late: true },
  ]) {
    spec("I2-REFRESH", `whose answer was lost gives the same successor ${when}`, async () => {
      const server = await aServer();
      const client = await server.client();
      const first = await device(server, client);
      const lost = (await refresh(server, client, first.refresh_token)).body;
      server.clock.advance(after);
      const again = (await refresh(server, client, first.refresh_token)).body;
      assert.equal(again.refresh_token, lost.refresh_token);
      assert.notEqual(again.access_token, lost.access_token);
      assert.equal(
        server.audit.events.some(({ what }) => what === "refresh.repeated-late"),
        late,
      );
      assert.equal((await refresh(server, client, again.refresh_token)).status, 200);
      await server.close();
    });
  }

  spec(
    ["O21-AS-29", "MCP-AS-18"],
    "whose successor lay unused for longer than a week is a replay",
    async () => {
      const server = await aServer();
      const client = await server.client();
      const first = await device(server, client);
      const lost = (await refresh(server, client, first.refresh_token)).body;
      server.clock.advance(7 * day + 1);
      assert.deepEqual(faces(server, await refresh(server, client, first.refresh_token)), [
        ...dead,
        "refresh.replayed",
      ]);
      assert.deepEqual(faces(server, await refresh(server, client, lost.refresh_token)), [
        ...dead,
        "refresh.ended",
      ]);
      await server.close();
    },
  );

  spec("I2-REFRESH", "with a superseded generation within the grace gives the current tokens", async () => {
    const server = await aServer();
    const client = await server.client();
    const first = await device(server, client);
    const second = (await refresh(server, client, first.refresh_token)).body;
    const third = (await refresh(server, client, second.refresh_token)).body;
    const fourth = (await refresh(server, client, third.refresh_token)).body;
    server.clock.advance(120);
    for (const old of [first, second, third]) {
      const again = await refresh(server, client, old.refresh_token);
      assert.deepEqual([again.status, again.body.refresh_token], [200, fourth.refresh_token]);
    }
    await server.close();
  });

  spec(
    ["O21-AS-29", "MCP-AS-18", "BCP-06", "CL-07", "I2-REFRESH"],
    "with a superseded generation after the grace ends that device alone, access token included",
    async () => {
      const server = await aServer();
      const client = await server.client();
      const lookout = await aLookout(server, mcp);
      const laptop = await device(server, client);
      const phone = await device(server, client);
      const second = (await refresh(server, client, laptop.refresh_token)).body;
      const third = (await refresh(server, client, second.refresh_token)).body;
      server.clock.advance(121);
      assert.deepEqual(faces(server, await refresh(server, client, laptop.refresh_token)), [
        ...dead,
        "refresh.replayed",
      ]);
      assert.deepEqual(faces(server, await refresh(server, client, third.refresh_token)), [
        ...dead,
        "refresh.ended",
      ]);
      assert.deepEqual((await introspect(server, lookout, third.access_token)).body, { active: false });
      assert.equal((await introspect(server, lookout, phone.access_token)).body.active, true);
      assert.equal((await refresh(server, client, phone.refresh_token)).status, 200);
      await server.close();
    },
  );

  spec("O21-AS-29", "that comes late more than ten times in a day ends the device as a thief's", async () => {
    const server = await aServer();
    const client = await server.client();
    const first = await device(server, client);
    await refresh(server, client, first.refresh_token);
    server.clock.advance(121);
    for (let time = 0; time < 10; time++) {
      assert.equal((await refresh(server, client, first.refresh_token)).status, 200);
      server.clock.advance(121);
    }
    assert.deepEqual(faces(server, await refresh(server, client, first.refresh_token)), [
      ...dead,
      "refresh.replayed",
    ]);
    await server.close();
  });

  spec(
    ["I2-REFRESH", "MCP-AS-18"],
    "sent a hundred times at once gives one successor and no error",
    async () => {
      const server = await aServer();
      const client = await server.client();
      const { refresh_token } = await device(server, client);
      const all = await Promise.all(
        Array.from({ length: 100 }, () => refresh(server, client, refresh_token)),
      );
      assert.deepEqual([...new Set(all.map(({ status }) => status))], [200]);
      assert.equal(new Set(all.map(({ body }) => body.refresh_token)).size, 1);
      assert.equal((await lineageOf(server, all[0]?.body.access_token ?? "")).generation, 2);
      assert.equal((await refresh(server, client, all[0]?.body.refresh_token ?? "")).status, 200);
      await server.close();
    },
  );

  spec(
    "I2-REFRESH",
    "by a process that is forty generations behind within the grace is no theft",
    async () => {
      const server = await aServer();
      const client = await server.client();
      const slow = await device(server, client);
      let tokens = slow;
      for (let turn = 0; turn < 40; turn++) {
        server.clock.advance(2);
        tokens = (await refresh(server, client, tokens.refresh_token)).body;
      }
      const answer = await refresh(server, client, slow.refresh_token);
      assert.deepEqual([answer.status, answer.body.refresh_token], [200, tokens.refresh_token]);
      await server.close();
    },
  );

  it("with a token ahead of a database that went back moves on from there, and the operator is told", async () => {
    const server = await aServer();
    const client = await server.client();
    const first = await device(server, client);
    const backup = await lineageOf(server, first.access_token);
    const second = (await refresh(server, client, first.refresh_token)).body;
    const third = (await refresh(server, client, second.refresh_token)).body;
    assert.ok(await server.store.lineages.rotate({ ...backup, generation: 3 }, backup));
    const fourth = (await refresh(server, client, third.refresh_token)).body;
    assert.ok(server.audit.events.some(({ what }) => what === "refresh.ahead-of-store"));
    assert.equal((await lineageOf(server, fourth.access_token)).generation, 4);
    const again = (await refresh(server, client, third.refresh_token)).body;
    assert.equal(again.refresh_token, fourth.refresh_token);
    assert.deepEqual(faces(server, await refresh(server, client, second.refresh_token)), [
      ...dead,
      "refresh.replayed",
    ]);
    await server.close();
  });

  it("that races a revocation never outlives it", async () => {
    const server = await aServer();
    const client = await server.client();
    const lookout = await aLookout(server, mcp);
    const { refresh_token } = await device(server, client);
    const [answer] = await Promise.all([
      refresh(server, client, refresh_token),
      post(server, "/revoke", { client_id: client.id, token: refresh_token }),
    ]);
    if (answer.status === 200) {
      assert.deepEqual((await introspect(server, lookout, answer.body.access_token)).body, { active: false });
      assert.equal((await refresh(server, client, answer.body.refresh_token)).status, 400);
    }
    assert.deepEqual(faces(server, await refresh(server, client, refresh_token)), [...dead, "refresh.ended"]);
    await server.close();
  });

  for (const { lifetime, every, answers } of [
    { lifetime: "idle", every: 30 * day, answers: [400] },
    { lifetime: "idle, kept awake", every: 30 * day - 1, answers: [200, 200, 200, 200, 200, 200, 400] },
  ]) {
    it(`ends with the lineage's lifetime: ${lifetime}`, async () => {
      const server = await aServer();
      const client = await server.client();
      let { refresh_token } = await device(server, client);
      for (const status of answers) {
        server.clock.advance(every);
        const answer = await refresh(server, client, refresh_token);
        assert.equal(answer.status, status, `at ${server.clock.now()}`);
        if (status === 400) assert.deepEqual(faces(server, answer), [...dead, "refresh.expired"]);
        refresh_token = answer.body.refresh_token;
      }
      await server.close();
    });
  }
});

describe("a refreshed access token", () => {
  spec(["CL-08", "O21-AS-18", "O21-AS-28"], "keeps the resource when the refresh names none", async () => {
    const server = await aServer();
    const client = await server.client();
    const tokens = await device(server, client, { resource: mcp });
    const next = (await refresh(server, client, tokens.refresh_token)).body;
    assert.equal(claimsOf(next.access_token).aud, mcp);
    await server.close();
  });

  it("is for the issuer alone, without a scope, where no resource exists and none was asked", async () => {
    const server = await aServer();
    for (const identifier of [mcp, api]) await server.store.resources.remove(identifier);
    const client = await server.client();
    const tokens = await device(server, client, { resource: undefined });
    assert.equal("scope" in tokens, false);
    const next = (await refresh(server, client, tokens.refresh_token)).body;
    for (const { access_token } of [tokens, next]) {
      const { aud, scope } = claimsOf(access_token);
      assert.deepEqual([aud, scope], [server.issuer, undefined]);
    }
    await server.close();
  });

  spec(["CL-08", "RI-01"], "is for the one of several granted resources that the refresh names", async () => {
    const server = await aServer();
    const client = await server.client();
    const code = await login(server, client, { resource: [mcp, api], scope: "tools:use inference:read" });
    const form = { grant_type: "authorization_code", client_id: client.id, code: code.code };
    const whole = { ...form, code_verifier: code.verifier };
    assert.deepEqual(faces(server, await post(server, "/token", whole)), [
      400,
      "invalid_target",
      "resource.several",
    ]);
    const first = (await post(server, "/token", { ...whole, resource: mcp })).body;
    assert.deepEqual([claimsOf(first.access_token).aud, first.scope], [mcp, "tools:use"]);
    const second = (await refresh(server, client, first.refresh_token, { resource: api })).body;
    assert.deepEqual([claimsOf(second.access_token).aud, second.scope], [api, "inference:read"]);
    const both = await refresh(server, client, second.refresh_token, { resource: [mcp, api] });
    assert.deepEqual(faces(server, both), [400, "invalid_target", "resource.several"]);
    await server.close();
  });

  for (const { registered, asked } of [
    { registered: "https://bare.example.com", asked: "https://bare.example.com/" },
    { registered: "https://bare.example.com/", asked: "https://bare.example.com" },
  ]) {
    spec(["CL-09", "RI-02"], `has the registered spelling ${registered} when ${asked} is asked`, async () => {
      const server = await aServer();
      const scopes = [{ name: "b", sentence: "Be", risk: "low", for: ["people"] }] as const;
      await server.store.resources.add(aResource({ identifier: registered, scopes, defaultScopes: ["b"] }));
      await server.store.roles.put({
        name: "everyone",
        description: "",
        allows: [{ resource: registered, scope: "b" }],
      });
      const client = await server.client();
      const tokens = await device(server, client, { resource: asked });
      assert.equal(claimsOf(tokens.access_token).aud, registered);
      const next = (await refresh(server, client, tokens.refresh_token, { resource: asked })).body;
      assert.equal(claimsOf(next.access_token).aud, registered);
      await server.close();
    });
  }

  spec(
    "O21-AS-28",
    "has fewer scopes when asked so, while the refresh token keeps what was granted",
    async () => {
      const server = await aServer();
      const client = await server.client();
      const tokens = await device(server, client, { scope: "openid tools:use notes:write" });
      const less = (await refresh(server, client, tokens.refresh_token, { scope: "tools:use" })).body;
      assert.deepEqual(
        [less.scope, claimsOf(less.access_token).scope, less.id_token],
        ["tools:use", "tools:use", undefined],
      );
      const all = (await refresh(server, client, less.refresh_token)).body;
      assert.equal(all.scope, "tools:use notes:write openid");
      assert.ok(all.id_token);
      await server.close();
    },
  );

  spec(
    ["I2-ROLES", "O21-AS-28"],
    "loses the scope of a role that the person lost, and gets it back with the role",
    async () => {
      const server = await aServer();
      const client = await server.client();
      const ada = await server.person({ roles: ["trainer"] });
      const scope = "inference:read training:write";
      const tokens = await device(server, client, { resource: api, scope });
      assert.equal(tokens.scope, scope);
      await server.store.accounts.setRoles(ada.id, []);
      const less = (await refresh(server, client, tokens.refresh_token)).body;
      assert.equal(less.scope, "inference:read");
      const named = await refresh(server, client, less.refresh_token, { scope: "training:write" });
      assert.deepEqual(faces(server, named), [400, "invalid_scope", "scope.beyond-role"]);
      await server.store.accounts.setRoles(ada.id, ["trainer"]);
      assert.equal((await refresh(server, client, less.refresh_token)).body.scope, scope);
      await server.close();
    },
  );
});

describe("when a refresh token is given", () => {
  for (const { grantTypes, scope, given } of [
    { grantTypes: ["authorization_code", "refresh_token"], scope: undefined, given: true },
    { grantTypes: ["authorization_code", "refresh_token"], scope: "openid", given: true },
    { grantTypes: ["authorization_code"], scope: "tools:use offline_access", given: true },
    { grantTypes: ["authorization_code"], scope: "tools:use", given: false },
    { grantTypes: ["authorization_code"], scope: undefined, given: false },
  ]) {
    spec(
      ["CL-13", "MCP-AS-24"],
      `${grantTypes} with scope ${scope ?? "left out"}: ${given ? "yes" : "no"}`,
      async () => {
        const server = await aServer();
        const client = await server.client({ grantTypes });
        const tokens = await redeem(server, client, await login(server, client, { scope }));
        assert.equal(tokens.status, 200);
        assert.equal("refresh_token" in tokens.body, given);
        await server.close();
      },
    );
  }
});
