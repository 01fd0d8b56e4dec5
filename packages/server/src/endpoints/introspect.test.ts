import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { login, post, redeem, refresh } from "../testing/a-login.ts";
import { aLookout, basic, claimsOf, device, faces, introspect, lineageOf } from "../testing/a-program.ts";
import { api, aServer, mcp } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";
import { newSecret, withChecksum, withoutChecksum } from "../tokens/secret.ts";

const off = { active: false };

async function withTokens() {
  const server = await aServer();
  const client = await server.client({ authMethods: ["client_secret_post"] });
  const { code, verifier } = await login(server, client, { scope: "openid tools:use" });
  const secret = { client_id: client.id, client_secret: client.secret };
  const grant = { grant_type: "authorization_code", code, code_verifier: verifier };
  const tokens = (await post(server, "/token", { ...secret, ...grant })).body;
  return { server, client, secret, tokens, lookout: await aLookout(server, mcp) };
}

describe("introspection", () => {
  spec("INT-01", "tells a resource what a token for it is worth", async () => {
    const { server, tokens, lookout } = await withTokens();
    const answer = await introspect(server, lookout, tokens.access_token);
    assert.deepEqual(answer.body, { active: true, token_type: "Bearer", ...claimsOf(tokens.access_token) });
    assert.equal(answer.headers.get("cache-control"), "no-store");
    assert.equal(answer.headers.get("access-control-allow-origin"), null);
    await server.close();
  });

  spec("INT-01", "tells a client of its own tokens, the refresh token too", async () => {
    const { server, client, secret, tokens } = await withTokens();
    const access = await post(server, "/introspect", { ...secret, token: tokens.access_token });
    assert.equal(access.body.active, true);
    const { body } = await post(server, "/introspect", { ...secret, token: tokens.refresh_token });
    const { active, client_id, scope, iss, exp } = body;
    const end = server.clock.now() + 30 * 86_400;
    assert.deepEqual(
      [active, client_id, scope, iss, exp],
      [true, client.id, "tools:use openid", server.issuer, end],
    );
    await server.close();
  });

  for (const { given, token } of [
    { given: "words", token: () => "nope" },
    { given: "a code's form", token: () => newSecret("vkc") },
    { given: "an ID token", token: (tokens: Tokens) => tokens.id_token },
    {
      given: "a token with another signature",
      token: (tokens: Tokens) => `${tokens.access_token.slice(0, -4)}AAAA`,
    },
    {
      given: "a token without a signature",
      token: (tokens: Tokens) => tokens.access_token.replace(/[^.]*$/, ""),
    },
    { given: "a cut refresh token", token: (tokens: Tokens) => tokens.refresh_token.slice(0, -1) },
    { given: "somebody's refresh token", token: (tokens: Tokens) => tokens.refresh_token },
  ]) {
    spec("INT-01", `says nothing but inactive of ${given}`, async () => {
      const { server, tokens, lookout } = await withTokens();
      assert.deepEqual((await introspect(server, lookout, token(tokens))).body, off);
      await server.close();
    });
  }

  spec("INT-01", "says nothing but inactive of a token for another resource", async () => {
    const { server, tokens } = await withTokens();
    const stranger = await aLookout(server, api);
    assert.deepEqual((await introspect(server, stranger, tokens.access_token)).body, off);
    assert.match(server.audit.steps.at(-1)?.says ?? "", /for https:\/\/mcp\.example\.com\/mcp, whose tokens/);
    await server.close();
  });

  for (const { when, kill } of [
    { when: "expired", kill: async ({ server }) => server.clock.advance(600) },
    {
      when: "revoked",
      kill: async ({ server, secret, tokens }) =>
        void (await post(server, "/revoke", { ...secret, token: tokens.access_token })),
    },
    {
      when: "its refresh token was revoked",
      kill: async ({ server, secret, tokens }) =>
        void (await post(server, "/revoke", { ...secret, token: tokens.refresh_token })),
    },
    {
      when: "its grant ended",
      kill: async ({ server, tokens }) => {
        const { grantId } = await lineageOf(server, tokens.access_token);
        await server.store.grants.end(grantId, server.clock.now());
      },
    },
    {
      when: "its account was disabled",
      kill: async ({ server, tokens }) =>
        void (await server.store.accounts.setDisabled(
          String(claimsOf(tokens.access_token).sub),
          server.clock.now(),
        )),
    },
    {
      when: "its client was switched off",
      kill: async ({ server, client }) =>
        void (await server.store.clients.replace({ ...client, disabledAt: server.clock.now() })),
    },
    {
      when: "its client was removed",
      kill: async ({ server, client }) =>
        void (await server.store.clients.remove(client.id, server.clock.now())),
    },
  ] as readonly { when: string; kill: (given: Awaited<ReturnType<typeof withTokens>>) => Promise<void> }[]) {
    spec("INT-01", `says inactive of an access token once ${when}`, async () => {
      const given = await withTokens();
      const { server, lookout, tokens } = given;
      assert.equal((await introspect(server, lookout, tokens.access_token)).body.active, true);
      await kill(given);
      assert.deepEqual((await introspect(server, lookout, tokens.access_token)).body, off);
      await server.close();
    });
  }

  for (const { given, about } of [
    { given: "a public client", about: { authMethods: ["none"] } },
    {
      given: "a client that could prove itself and did not",
      about: { authMethods: ["none", "client_secret_post"] },
    },
  ] as const) {
    spec("INT-01", `is refused to ${given}`, async () => {
      const server = await aServer();
      const client = await server.client({ ...about, introspects: [mcp] });
      const tokens = await device(server, client);
      const answer = await post(server, "/introspect", { client_id: client.id, token: tokens.access_token });
      assert.deepEqual(faces(server, answer), [401, "invalid_client", "client.authentication-missing"]);
      await server.close();
    });
  }

  it("says of a refresh token within its windows that it lives, and of a replay that it does not, ending nothing", async () => {
    const { server, secret, client, tokens } = await withTokens();
    const second = (await refresh(server, client, tokens.refresh_token, secret)).body;
    const third = (await refresh(server, client, second.refresh_token, secret)).body;
    const ask = async (token: string) =>
      (await post(server, "/introspect", { ...secret, token })).body.active;
    assert.equal(await ask(tokens.refresh_token), true);
    server.clock.advance(121);
    assert.deepEqual([await ask(tokens.refresh_token), await ask(third.refresh_token)], [false, true]);
    assert.equal((await refresh(server, client, third.refresh_token, secret)).status, 200);
    await server.close();
  });

  it("needs a token", async () => {
    const server = await aServer();
    const lookout = await aLookout(server, mcp);
    const answer = await post(server, "/introspect", {}, basic(lookout.id, lookout.secret));
    assert.deepEqual(faces(server, answer), [400, "invalid_request", "parameter.missing"]);
    await server.close();
  });
});

describe("revocation", () => {
  spec(
    ["REV-01", "I2-REVOKE-JSON"],
    "of a refresh token ends its device, access tokens included, and no other",
    async () => {
      const server = await aServer();
      const client = await server.client();
      const lookout = await aLookout(server, mcp);
      const [laptop, phone] = [await device(server, client), await device(server, client)];
      const later = (await refresh(server, client, laptop.refresh_token)).body;
      const answer = await post(server, "/revoke", {
        client_id: client.id,
        token: later.refresh_token,
        token_type_hint: "access_token",
      });
      assert.deepEqual([answer.status, answer.body], [200, {}]);
      assert.equal(answer.headers.get("access-control-allow-origin"), "*");
      for (const token of [laptop.access_token, later.access_token]) {
        assert.deepEqual((await introspect(server, lookout, token)).body, off);
      }
      assert.deepEqual(faces(server, await refresh(server, client, later.refresh_token)), [
        400,
        "invalid_grant",
        "refresh.ended",
      ]);
      assert.equal((await refresh(server, client, phone.refresh_token)).status, 200);
      await server.close();
    },
  );

  spec("REV-01", "takes a refresh token of any generation", async () => {
    const server = await aServer();
    const client = await server.client();
    const first = await device(server, client);
    let last = first;
    for (let turn = 0; turn < 3; turn++) last = (await refresh(server, client, last.refresh_token)).body;
    server.clock.advance(1_000);
    await post(server, "/revoke", { client_id: client.id, token: first.refresh_token });
    assert.equal((await lineageOf(server, last.access_token)).endReason, "revoked");
    await server.close();
  });

  spec("REV-01", "of an access token ends it alone", async () => {
    const server = await aServer();
    const client = await server.client();
    const lookout = await aLookout(server, mcp);
    const tokens = await device(server, client);
    await post(server, "/revoke", { client_id: client.id, token: tokens.access_token });
    assert.deepEqual((await introspect(server, lookout, tokens.access_token)).body, off);
    assert.equal((await refresh(server, client, tokens.refresh_token)).status, 200);
    await server.close();
  });

  for (const { given, token } of [
    { given: "words", token: () => "nope" },
    { given: "a refresh token with one character more", token: (t: Tokens) => `${t.refresh_token}x` },
    { given: "a refresh token whose proof is forged", token: (t: Tokens) => forged(t.refresh_token) },
    {
      given: "an access token of another signature",
      token: (tokens: Tokens) => `${tokens.access_token.slice(0, -4)}AAAA`,
    },
  ]) {
    spec(["REV-01", "I2-REVOKE-JSON"], `answers 200 to ${given}, and ends nothing`, async () => {
      const server = await aServer();
      const client = await server.client();
      const tokens = await device(server, client);
      const answer = await post(server, "/revoke", { client_id: client.id, token: token(tokens) });
      assert.deepEqual([answer.status, answer.body], [200, {}]);
      assert.equal((await refresh(server, client, tokens.refresh_token)).status, 200);
      await server.close();
    });
  }

  spec("REV-01", "of another client's tokens answers 200 and ends nothing", async () => {
    const server = await aServer();
    const [client, other] = [await server.client(), await server.client()];
    const lookout = await aLookout(server, mcp);
    const tokens = await device(server, client);
    for (const token of [tokens.refresh_token, tokens.access_token]) {
      const answer = await post(server, "/revoke", { client_id: other.id, token });
      assert.deepEqual([answer.status, answer.body], [200, {}]);
    }
    assert.equal((await introspect(server, lookout, tokens.access_token)).body.active, true);
    assert.equal((await refresh(server, client, tokens.refresh_token)).status, 200);
    await server.close();
  });

  spec(["REV-01", "O21-AS-16"], "by a confidential client needs its proof", async () => {
    const { server, client, secret, tokens } = await withTokens();
    const answer = await post(server, "/revoke", { client_id: client.id, token: tokens.refresh_token });
    assert.deepEqual(faces(server, answer), [401, "invalid_client", "client.authentication-missing"]);
    assert.equal((await refresh(server, client, tokens.refresh_token, secret)).status, 200);
    await server.close();
  });

  spec("REV-01", "twice is as good as once, and is recorded once", async () => {
    const server = await aServer();
    const client = await server.client();
    const tokens = (await redeem(server, client, await login(server, client))).body;
    for (let turn = 0; turn < 2; turn++) {
      const answer = await post(server, "/revoke", { client_id: client.id, token: tokens.refresh_token });
      assert.deepEqual([answer.status, answer.body], [200, {}]);
    }
    assert.equal(server.audit.events.filter(({ what }) => what === "lineage.revoked").length, 1);
    await server.close();
  });
});

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly id_token: string;
}

/** The name and the checksum are right, the proof is not. */
function forged(token: string): string {
  const bytes = Buffer.from(withoutChecksum("vkr", token) ?? "", "base64url");
  bytes[46] = (bytes[46] ?? 0) ^ 1;
  return withChecksum("vkr", bytes.toString("base64url"));
}
