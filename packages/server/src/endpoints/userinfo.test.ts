import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { post } from "../testing/a-login.ts";
import { basic, claimsOf, device } from "../testing/a-program.ts";
import { type AServer, api, aServer, mcp } from "../testing/a-server.ts";
import type { AnswerBody } from "../testing/answer-body.ts";
import { spec } from "../testing/spec.ts";

async function ask(server: AServer, token: string | undefined, init: RequestInit = {}, query = "") {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await server.fetchHere(`${server.issuer}/userinfo${query}`, { headers, ...init });
  return {
    status: response.status,
    challenge: response.headers.get("www-authenticate"),
    headers: response.headers,
    body: (await response.json()) as AnswerBody,
  };
}

const none = 'Bearer realm="valetkey"';
const invalid =
  'Bearer realm="valetkey", error="invalid_token", error_description="The access token is invalid or expired."';

describe("UserInfo", () => {
  for (const { scope, claims } of [
    { scope: "openid", claims: {} },
    { scope: "openid email", claims: { email: "ada@example.com", email_verified: true } },
    { scope: "openid profile", claims: { name: "Ada" } },
    {
      scope: "openid profile email tools:use",
      claims: { name: "Ada", email: "ada@example.com", email_verified: true },
    },
  ]) {
    spec(
      ["CL-16", "OIDC-01"],
      `opens for ${scope}: ${Object.keys(claims).join(", ") || "sub alone"}`,
      async () => {
        const server = await aServer();
        const tokens = await device(server, await server.client(), { scope });
        const answer = await ask(server, tokens.access_token);
        assert.deepEqual(answer.body, { sub: claimsOf(tokens.id_token).sub, ...claims });
        assert.equal(answer.headers.get("cache-control"), "no-store");
        const byPost = await ask(server, tokens.access_token, {
          method: "POST",
          headers: { authorization: `bearer  ${tokens.access_token}` },
        });
        assert.deepEqual(byPost.body, answer.body);
        await server.close();
      },
    );
  }

  spec(["O21-RS-03", "BCP-12"], "ignores a token in the URL: 401 without an error code", async () => {
    const server = await aServer();
    const { access_token } = await device(server, await server.client(), { scope: "openid" });
    const answer = await ask(server, undefined, {}, `?access_token=${access_token}`);
    assert.deepEqual([answer.status, answer.challenge], [401, none]);
    assert.equal(server.audit.lastRefusal, "token.missing");
    assert.equal(server.audit.text.includes(access_token), false);
    const beside = await ask(server, access_token, {}, "?access_token=x");
    assert.equal(beside.status, 200);
    await server.close();
  });

  spec("O21-RS-04", "refuses a token in header and body at once", async () => {
    const server = await aServer();
    const { access_token } = await device(server, await server.client(), { scope: "openid" });
    const body = new URLSearchParams({ access_token });
    const answer = await ask(server, undefined, {
      method: "POST",
      body,
      headers: { authorization: `Bearer ${access_token}` },
    });
    assert.deepEqual(
      [answer.status, answer.body.error, server.audit.lastRefusal],
      [400, "invalid_request", "token.two-carriers"],
    );
    assert.match(
      answer.challenge ?? "",
      /^Bearer realm="valetkey", error="invalid_request", error_description="[^"]+"$/,
    );
    await server.close();
  });

  for (const { given, authorization } of [
    { given: "nothing", authorization: undefined },
    { given: "another scheme", authorization: basic("a", "b").authorization },
    { given: "the scheme alone", authorization: "Bearer" },
    { given: "two words", authorization: "Bearer a b" },
  ]) {
    spec("O21-RS-05", `asks for a token, without an error code, when it was sent ${given}`, async () => {
      const server = await aServer();
      const answer = await ask(server, undefined, {
        headers: authorization === undefined ? {} : { authorization },
      });
      assert.deepEqual(
        [answer.status, answer.challenge, server.audit.lastRefusal],
        [401, none, "token.missing"],
      );
      await server.close();
    });
  }

  for (const { given, token } of [
    { given: "no JWT", token: () => "nope" },
    { given: "an ID token", token: (tokens: Tokens) => tokens.id_token },
    { given: "a refresh token", token: (tokens: Tokens) => tokens.refresh_token },
    { given: "another signature", token: (tokens: Tokens) => `${tokens.access_token.slice(0, -4)}AAAA` },
    {
      given: "alg none",
      token: (tokens: Tokens) =>
        `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString("base64url")}.${tokens.access_token.split(".")[1]}.`,
    },
  ]) {
    spec(
      ["O21-RS-05", "O21-RS-01"],
      `refuses ${given} with one challenge that says invalid_token`,
      async () => {
        const server = await aServer();
        const tokens = await device(server, await server.client(), { scope: "openid" });
        const answer = await ask(server, token(tokens));
        assert.deepEqual(
          [answer.status, answer.challenge, server.audit.lastRefusal],
          [401, invalid, "token.invalid"],
        );
        await server.close();
      },
    );
  }

  for (const { when, kill } of [
    { when: "it expired", kill: async (server: AServer) => server.clock.advance(600) },
    {
      when: "the account was disabled",
      kill: async (server: AServer) => {
        const [ada] = await server.store.accounts.list();
        await server.store.accounts.setDisabled(ada?.id ?? "", server.clock.now());
      },
    },
    {
      when: "it was revoked",
      kill: async (server: AServer, clientId: string, tokens: Tokens) =>
        void (await post(server, "/revoke", { client_id: clientId, token: tokens.access_token })),
    },
  ]) {
    spec("O21-RS-01", `refuses a token once ${when}`, async () => {
      const server = await aServer();
      const client = await server.client();
      const tokens = await device(server, client, { scope: "openid" });
      assert.equal((await ask(server, tokens.access_token)).status, 200);
      await kill(server, client.id, tokens);
      const answer = await ask(server, tokens.access_token);
      assert.deepEqual([answer.status, answer.challenge], [401, invalid]);
      await server.close();
    });
  }

  for (const { whose, token } of [
    {
      whose: "a person's token without openid",
      token: async (server: AServer) =>
        (await device(server, await server.client(), { scope: "tools:use", resource: mcp })).access_token,
    },
    {
      whose: "a machine's token",
      token: async (server: AServer) => {
        const job = await server.client({
          authMethods: ["client_secret_basic"],
          grantTypes: ["client_credentials"],
          scope: ["inference:read"],
        });
        const form = { grant_type: "client_credentials", resource: api };
        return (await post(server, "/token", form, basic(job.id, job.secret))).body.access_token;
      },
    },
  ]) {
    spec("O21-RS-06", `answers 403 with the scope that is missing to ${whose}`, async () => {
      const server = await aServer();
      const answer = await ask(server, await token(server));
      assert.deepEqual([answer.status, answer.body.error], [403, "insufficient_scope"]);
      assert.match(
        answer.challenge ?? "",
        /^Bearer realm="valetkey", error="insufficient_scope", error_description="[^"]+", scope="openid"$/,
      );
      assert.equal(server.audit.lastRefusal, "token.scope");
      await server.close();
    });
  }

  it("can be read by pages elsewhere, challenge included", async () => {
    const server = await aServer();
    const { access_token } = await device(server, await server.client(), { scope: "openid" });
    const { headers } = await ask(server, access_token, {
      headers: { authorization: `Bearer ${access_token}`, origin: "https://app.example" },
    });
    assert.equal(headers.get("access-control-allow-origin"), "*");
    assert.match(headers.get("access-control-expose-headers") ?? "", /WWW-Authenticate/);
    await server.close();
  });
});

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly id_token: string;
}
