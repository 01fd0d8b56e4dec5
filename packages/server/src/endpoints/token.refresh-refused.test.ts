import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sqliteStore } from "../adapters/sqlite/store.ts";
import { StoreUnavailable } from "../ports/store.ts";
import { login, post, redeem, refresh } from "../testing/a-login.ts";
import { device, faces, lineageOf } from "../testing/a-program.ts";
import { type AServer, aServer, mcp } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";
import { newSecret, withChecksum, withoutChecksum } from "../tokens/secret.ts";

const dead = [400, "invalid_grant"] as const;

describe("a refresh that fails", () => {
  for (const { given, form, answer } of [
    {
      given: "a scope that nobody granted",
      form: { scope: "tools:use notes:write" },
      answer: [400, "invalid_scope", "scope.beyond-grant"],
    },
    {
      given: "a scope that does not exist",
      form: { scope: "nothing" },
      answer: [400, "invalid_scope", "scope.beyond-grant"],
    },
    { given: "a malformed scope", form: { scope: 'a"b' }, answer: [400, "invalid_scope", "scope.malformed"] },
    {
      given: "an unknown resource",
      form: { resource: "https://other.example.com" },
      answer: [400, "invalid_target", "resource.beyond-grant"],
    },
    {
      given: "a malformed resource",
      form: { resource: "mcp" },
      answer: [400, "invalid_target", "resource.malformed"],
    },
    {
      given: "a resource with a fragment",
      form: { resource: `${mcp}#x` },
      answer: [400, "invalid_target", "resource.malformed"],
    },
    {
      given: "a path's slash too many",
      form: { resource: `${mcp}/` },
      answer: [400, "invalid_target", "resource.beyond-grant"],
    },
    {
      given: "a secret that a public client does not have",
      form: { client_secret: "s" },
      answer: [401, "invalid_client", "client.method-not-allowed"],
    },
    {
      given: "an unknown client",
      form: { client_id: "client_x" },
      answer: [401, "invalid_client", "client.unknown"],
    },
    {
      given: "no refresh token",
      form: { refresh_token: undefined },
      answer: [400, "invalid_request", "parameter.missing"],
    },
  ]) {
    spec(["O21-AS-18", "O21-AS-28", "I2-REFRESH", "CL-07"], `with ${given} consumes nothing`, async () => {
      const server = await aServer();
      const client = await server.client();
      const tokens = await device(server, client);
      const failed = await refresh(server, client, tokens.refresh_token, form);
      assert.deepEqual(faces(server, failed), answer);
      await requireUntouched(server, tokens.access_token);
      assert.equal((await refresh(server, client, tokens.refresh_token)).status, 200);
      await server.close();
    });
  }

  spec(["O21-AS-29", "P-2"], "by its target is a replay all the same when its token is old", async () => {
    const server = await aServer();
    const client = await server.client();
    const first = await device(server, client);
    const second = (await refresh(server, client, first.refresh_token)).body;
    const third = (await refresh(server, client, second.refresh_token)).body;
    server.clock.advance(121);
    const tried = await refresh(server, client, first.refresh_token, {
      resource: "https://other.example.com",
    });
    assert.deepEqual(faces(server, tried), [...dead, "refresh.replayed"]);
    assert.deepEqual(faces(server, await refresh(server, client, third.refresh_token)), [
      ...dead,
      "refresh.ended",
    ]);
    await server.close();
  });

  spec(["O21-AS-28", "O21-AS-16"], "by another client or without its secret consumes nothing", async () => {
    const server = await aServer();
    const client = await server.client({ authMethods: ["client_secret_post"] });
    const other = await server.client();
    const { code, verifier } = await login(server, client);
    const secret = { client_secret: client.secret };
    const form = { grant_type: "authorization_code", client_id: client.id, code, code_verifier: verifier };
    const tokens = (await post(server, "/token", { ...form, ...secret })).body;
    assert.deepEqual(faces(server, await refresh(server, other, tokens.refresh_token)), [
      ...dead,
      "refresh.other-client",
    ]);
    for (const { more, refusal } of [
      { more: {}, refusal: "client.authentication-missing" },
      { more: { client_secret: newSecret("vks") }, refusal: "client.wrong-secret" },
    ]) {
      const failed = await refresh(server, client, tokens.refresh_token, more);
      assert.deepEqual(faces(server, failed), [401, "invalid_client", refusal]);
    }
    await requireUntouched(server, tokens.access_token);
    assert.equal((await refresh(server, client, tokens.refresh_token, secret)).status, 200);
    await server.close();
  });

  spec("I2-REFRESH", "because the client is switched off consumes nothing", async () => {
    const server = await aServer();
    const client = await server.client();
    const tokens = await device(server, client);
    await server.store.clients.replace({ ...client, disabledAt: server.clock.now() });
    assert.deepEqual(faces(server, await refresh(server, client, tokens.refresh_token)), [
      401,
      "invalid_client",
      "client.disabled",
    ]);
    await server.store.clients.replace(client);
    assert.equal((await refresh(server, client, tokens.refresh_token)).status, 200);
    await server.close();
  });

  spec(
    "I2-REFRESH",
    "because the database went away before it could be signed consumes nothing",
    async () => {
      const inner = await sqliteStore(":memory:");
      let isAway = false;
      const find: typeof inner.resources.find = async (identifier) => {
        if (isAway) throw new StoreUnavailable(new Error("away"));
        return await inner.resources.find(identifier);
      };
      const server = await aServer({ store: { ...inner, resources: { ...inner.resources, find } } });
      const client = await server.client();
      const tokens = await device(server, client);
      isAway = true;
      const failed = await refresh(server, client, tokens.refresh_token);
      assert.deepEqual([failed.status, failed.body.error], [503, "temporarily_unavailable"]);
      isAway = false;
      await requireUntouched(server, tokens.access_token);
      assert.equal((await refresh(server, client, tokens.refresh_token)).status, 200);
      await server.close();
    },
  );

  it("because the resource is gone consumes nothing", async () => {
    const server = await aServer();
    const client = await server.client();
    const tokens = await device(server, client);
    const resource = await server.store.resources.find(mcp);
    await server.store.resources.remove(mcp);
    const failed = await refresh(server, client, tokens.refresh_token);
    assert.deepEqual(faces(server, failed), [400, "invalid_target", "resource.unknown"]);
    assert.ok(resource && (await server.store.resources.add(resource)));
    assert.equal((await refresh(server, client, tokens.refresh_token)).status, 200);
    await server.close();
  });
});

describe("a refresh token is dead", () => {
  for (const { when, kill } of [
    {
      when: "its grant was ended",
      kill: async (server: AServer, grantId: number) =>
        void (await server.store.grants.end(grantId, server.clock.now())),
    },
    {
      when: "the account was disabled, even when it is enabled again",
      kill: async (server: AServer) => {
        const [ada] = await server.store.accounts.list();
        await server.store.accounts.setDisabled(ada?.id ?? "", server.clock.now());
        await server.store.accounts.setDisabled(ada?.id ?? "", null);
      },
    },
  ]) {
    spec(["O21-AS-28", "CL-07"], `once ${when}`, async () => {
      const server = await aServer();
      const client = await server.client();
      const tokens = await device(server, client);
      const { grantId } = await lineageOf(server, tokens.access_token);
      await kill(server, grantId);
      assert.deepEqual(faces(server, await refresh(server, client, tokens.refresh_token)), [
        ...dead,
        "refresh.ended",
      ]);
      await server.close();
    });
  }

  spec("CL-07", "once its client is removed, which is invalid_client", async () => {
    const server = await aServer();
    const client = await server.client();
    const tokens = await device(server, client);
    await server.store.clients.remove(client.id, server.clock.now());
    assert.deepEqual(faces(server, await refresh(server, client, tokens.refresh_token)), [
      401,
      "invalid_client",
      "client.unknown",
    ]);
    await server.close();
  });

  it("once no role allows anything of it, and alive again with the role", async () => {
    const server = await aServer();
    const client = await server.client();
    const tokens = await device(server, client);
    const roles = await server.store.roles.list();
    await server.store.roles.put({ name: "everyone", description: "", allows: [] });
    assert.deepEqual(faces(server, await refresh(server, client, tokens.refresh_token)), [
      ...dead,
      "scope.beyond-role",
    ]);
    for (const role of roles) await server.store.roles.put(role);
    assert.equal((await refresh(server, client, tokens.refresh_token)).status, 200);
    await server.close();
  });
});

describe("a refresh token that nobody gave", () => {
  it("is refused wherever a letter is changed, and ends nothing", async () => {
    const server = await aServer();
    const client = await server.client();
    const { refresh_token } = await device(server, client);
    for (let at = 0; at < refresh_token.length; at++) {
      const letter = refresh_token[at] === "A" ? "B" : "A";
      const forged = `${refresh_token.slice(0, at)}${letter}${refresh_token.slice(at + 1)}`;
      assert.deepEqual(faces(server, await refresh(server, client, forged)), [...dead, "refresh.malformed"]);
    }
    assert.equal((await refresh(server, client, refresh_token)).status, 200);
    await server.close();
  });

  it("is refused wherever a bit of a byte is flipped under a good checksum, and ends nothing", async () => {
    const server = await aServer();
    const client = await server.client();
    const { refresh_token } = await device(server, client);
    const bytes = Buffer.from(withoutChecksum("vkr", refresh_token) ?? "", "base64url");
    for (let at = 0; at < bytes.length; at++) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
      const forged = await refresh(server, client, withChecksum("vkr", flipped.toString("base64url")));
      const expected =
        at === 0
          ? [...dead, "refresh.malformed"]
          : at < 5
            ? [503, "temporarily_unavailable", "refresh.key-unknown"]
            : at < 11
              ? [...dead, "refresh.unknown"]
              : [...dead, "refresh.forged"];
      assert.deepEqual(faces(server, forged), expected, `byte ${at}`);
    }
    assert.equal((await refresh(server, client, refresh_token)).status, 200);
    await server.close();
  });

  for (const { given, token, refusal } of [
    { given: "words", token: "nope", refusal: "refresh.malformed" },
    { given: "an authorization code", token: newSecret("vkc"), refusal: "refresh.malformed" },
    {
      given: "bytes without end",
      token: withChecksum("vkr", "A".repeat(20_000)),
      refusal: "refresh.malformed",
    },
    { given: "no bytes", token: withChecksum("vkr", ""), refusal: "refresh.malformed" },
    {
      given: "another version",
      token: withChecksum("vkr", Buffer.alloc(47, 2).toString("base64url")),
      refusal: "refresh.malformed",
    },
    {
      given: "a lineage that never was",
      token: withChecksum("vkr", Buffer.alloc(47, 1).toString("base64url")),
      refusal: "refresh.unknown",
    },
  ]) {
    it(`is refused: ${given}`, async () => {
      const server = await aServer();
      const answer = await refresh(server, await server.client(), token);
      assert.deepEqual(faces(server, answer), [...dead, refusal]);
      await server.close();
    });
  }

  it("is refused when another issuer gave it, though ring and database are the same", async () => {
    const store = await sqliteStore(":memory:");
    const server = await aServer({ store });
    const client = await server.client();
    const { refresh_token } = await device(server, client);
    const other = await aServer({ store, issuer: "https://other.example.com" });
    assert.deepEqual(faces(other, await refresh(other, client, refresh_token)), [...dead, "refresh.forged"]);
    assert.equal((await refresh(server, client, refresh_token)).status, 200);
    await server.close();
  });

  it("is refused when it wears the proof of another lineage", async () => {
    const server = await aServer();
    const client = await server.client();
    const [one, two] = [await device(server, client), await device(server, client)];
    const [a, b] = [one, two].map((tokens) =>
      Buffer.from(withoutChecksum("vkr", tokens.refresh_token) ?? "", "base64url"),
    ) as [Buffer, Buffer];
    const mixed = Buffer.concat([a.subarray(0, 15), b.subarray(15)]);
    const answer = await refresh(server, client, withChecksum("vkr", mixed.toString("base64url")));
    assert.deepEqual(faces(server, answer), [...dead, "refresh.forged"]);
    await server.close();
  });

  it("gets 503 with Retry-After when its key is not on this node, at every endpoint that reads it", async () => {
    const server = await aServer();
    const client = await server.client({ authMethods: ["client_secret_post"] });
    const code = await login(server, client);
    const secret = { client_id: client.id, client_secret: client.secret };
    const form = { grant_type: "authorization_code", code: code.code, code_verifier: code.verifier };
    const tokens = (await post(server, "/token", { ...form, ...secret })).body;
    const bytes = Buffer.from(withoutChecksum("vkr", tokens.refresh_token) ?? "", "base64url");
    bytes[1] = (bytes[1] ?? 0) ^ 1;
    const token = withChecksum("vkr", bytes.toString("base64url"));
    for (const [path, more] of [
      ["/token", { grant_type: "refresh_token", refresh_token: token }],
      ["/introspect", { token }],
      ["/revoke", { token }],
    ] as const) {
      const answer = await post(server, path, { ...secret, ...more });
      assert.deepEqual(faces(server, answer), [503, "temporarily_unavailable", "refresh.key-unknown"], path);
      assert.equal(answer.headers.get("retry-after"), "5");
    }
    await server.close();
  });

  it("is none of a lineage that gives none", async () => {
    const server = await aServer();
    const client = await server.client({ grantTypes: ["authorization_code"] });
    const tokens = await redeem(server, client, await login(server, client));
    assert.equal(tokens.body.refresh_token, undefined);
    assert.equal((await lineageOf(server, tokens.body.access_token)).refreshable, false);
    await server.close();
  });
});

async function requireUntouched(server: AServer, accessToken: string): Promise<void> {
  const { generation, endedAt, superseded, lateAnswers } = await lineageOf(server, accessToken);
  assert.deepEqual(
    { generation, endedAt, superseded, lateAnswers },
    { generation: 1, endedAt: null, superseded: [], lateAnswers: [] },
  );
}
