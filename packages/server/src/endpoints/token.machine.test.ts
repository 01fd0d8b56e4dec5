import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Client } from "../records/client.ts";
import { login, post, redeem } from "../testing/a-login.ts";
import { aLookout, basic, claimsOf, faces, introspect } from "../testing/a-program.ts";
import { type AServer, api, aServer, mcp } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

const job: Partial<Client> = {
  authMethods: ["client_secret_basic", "client_secret_post"],
  grantTypes: ["client_credentials"],
  scope: ["inference:read", "training:write"],
  redirectUris: [],
};

function ask(
  server: AServer,
  client: Client & { secret: string },
  form: Record<string, string | string[]> = {},
) {
  const asked = { grant_type: "client_credentials", ...form };
  return post(server, "/token", asked, basic(client.id, client.secret));
}

describe("client credentials", () => {
  spec(
    ["O21-AS-27", "CC-01", "CC-02", "AT-03", "O21-AS-33", "BCP-16"],
    "give a machine a token in its own name",
    async () => {
      const server = await aServer();
      const client = await server.client(job);
      const answer = await ask(server, client, { resource: api, scope: "training:write" });
      assert.equal(answer.status, 200);
      assert.deepEqual(Object.keys(answer.body).sort(), [
        "access_token",
        "expires_in",
        "scope",
        "token_type",
      ]);
      const claims = claimsOf(answer.body.access_token);
      assert.deepEqual([claims.sub, claims.client_id, claims.aud], [client.id, client.id, api]);
      assert.deepEqual([claims.auth_time, claims.lineage, claims.roles], [undefined, undefined, undefined]);
      const person = await server.person();
      const app = await server.client();
      const tokens = (await redeem(server, app, await login(server, app))).body;
      const theirs = claimsOf(tokens.access_token);
      assert.equal(theirs.sub, person.id);
      assert.notEqual(theirs.sub, theirs.client_id);
      assert.match(person.id, /^acc_/);
      assert.doesNotMatch(client.id, /^acc_/);
      await server.close();
    },
  );

  for (const { given, about, form, scope } of [
    {
      given: "the resource's default when none is asked",
      about: {},
      form: { resource: api },
      scope: "inference:read",
    },
    {
      given: "what is asked",
      about: {},
      form: { resource: api, scope: "training:write inference:read" },
      scope: "inference:read training:write",
    },
    {
      given: "the only resource that has the scope",
      about: {},
      form: { scope: "training:write" },
      scope: "training:write",
    },
    {
      given: "no more than the ceiling",
      about: { scope: ["inference:read"] },
      form: { resource: api },
      scope: "inference:read",
    },
  ]) {
    spec("O21-AS-27", `give ${given}`, async () => {
      const server = await aServer();
      const answer = await ask(server, await server.client({ ...job, ...about }), form);
      assert.deepEqual([answer.status, answer.body.scope], [200, scope]);
      assert.equal(claimsOf(answer.body.access_token).scope, scope);
      await server.close();
    });
  }

  it("shrink a default to the ceiling in silence", async () => {
    const server = await aServer();
    const resource = await server.store.resources.find(api);
    assert.ok(resource);
    await server.store.resources.replace({
      ...resource,
      defaultScopes: ["inference:read", "training:write"],
    });
    const answer = await ask(server, await server.client({ ...job, scope: ["training:write"] }), {
      resource: api,
    });
    assert.deepEqual([answer.status, answer.body.scope], [200, "training:write"]);
    await server.close();
  });

  for (const { given, about, form, answer } of [
    {
      given: "a scope beyond the ceiling",
      about: { scope: ["inference:read"] },
      form: { resource: api, scope: "training:write" },
      answer: [400, "invalid_scope", "scope.beyond-client"],
    },
    {
      given: "one scope within and one beyond",
      about: { scope: ["inference:read"] },
      form: { resource: api, scope: "inference:read training:write" },
      answer: [400, "invalid_scope", "scope.beyond-client"],
    },
    {
      given: "a default that is all beyond",
      about: { scope: ["training:write"] },
      form: { resource: api },
      answer: [400, "invalid_scope", "scope.beyond-client"],
    },
    {
      given: "no ceiling at all",
      about: { scope: null },
      form: { resource: api },
      answer: [400, "invalid_scope", "scope.beyond-client"],
    },
    {
      given: "a scope for people only",
      about: { scope: ["tools:use"] },
      form: { resource: mcp, scope: "tools:use" },
      answer: [400, "invalid_scope", "scope.not-for-machines"],
    },
    {
      given: "a resource for people only",
      about: { scope: ["tools:use"] },
      form: { resource: mcp },
      answer: [400, "invalid_scope", "scope.beyond-client"],
    },
    {
      given: "a scope about a person",
      about: { scope: ["openid"] },
      form: { resource: api, scope: "openid" },
      answer: [400, "invalid_scope", "scope.unknown"],
    },
    {
      given: "offline_access",
      about: {},
      form: { scope: "offline_access" },
      answer: [400, "invalid_scope", "scope.unknown"],
    },
    {
      given: "an unknown scope",
      about: {},
      form: { resource: api, scope: "all" },
      answer: [400, "invalid_scope", "scope.unknown"],
    },
    {
      given: "an unknown resource",
      about: {},
      form: { resource: "https://other.example.com" },
      answer: [400, "invalid_target", "resource.unknown"],
    },
    {
      given: "two resources",
      about: {},
      form: { resource: [api, mcp] },
      answer: [400, "invalid_target", "resource.several"],
    },
    {
      given: "nothing where several may be meant",
      about: {},
      form: {},
      answer: [400, "invalid_target", "resource.ambiguous"],
    },
    {
      given: "the issuer as resource",
      about: {},
      form: { resource: "https://auth.example.com" },
      answer: [400, "invalid_scope", "scope.beyond-client"],
    },
    {
      given: "a client without the grant",
      about: { grantTypes: ["authorization_code"] },
      form: { resource: api },
      answer: [400, "unauthorized_client", "client.grant-not-allowed"],
    },
  ]) {
    spec("O21-AS-27", `are refused with ${given}`, async () => {
      const server = await aServer();
      const refused = await ask(server, await server.client({ ...job, ...about }), form);
      assert.deepEqual(faces(server, refused), answer);
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
    spec(["O21-AS-27", "O21-AS-16"], `are refused to ${given}`, async () => {
      const server = await aServer();
      const client = await server.client({ ...job, ...about });
      const form = { grant_type: "client_credentials", client_id: client.id, resource: api };
      const refused = await post(server, "/token", form);
      assert.deepEqual(faces(server, refused), [400, "unauthorized_client", "client.not-confidential"]);
      await server.close();
    });
  }

  it("are worth nothing once the machine is switched off", async () => {
    const server = await aServer();
    const client = await server.client(job);
    const lookout = await aLookout(server, api);
    const { access_token } = (await ask(server, client, { resource: api })).body;
    assert.equal((await introspect(server, lookout, access_token)).body.active, true);
    await server.store.clients.replace({ ...client, disabledAt: server.clock.now() });
    assert.deepEqual((await introspect(server, lookout, access_token)).body, { active: false });
    assert.deepEqual(faces(server, await ask(server, client, { resource: api })), [
      401,
      "invalid_client",
      "client.disabled",
    ]);
    await server.close();
  });
});

describe("grants that do not exist", () => {
  for (const grant of [
    "password",
    "implicit",
    "token",
    "urn:openid:params:grant-type:ciba",
    "__proto__",
    "constructor",
  ]) {
    spec(["O21-AS-43", "BCP-08", "P-1"], `${grant} is unsupported`, async () => {
      const server = await aServer();
      const client = await server.client(job);
      const form = {
        grant_type: grant,
        username: "ada@example.com",
        password: "correct horse battery staple",
      };
      const refused = await post(server, "/token", form, basic(client.id, client.secret));
      assert.deepEqual(faces(server, refused), [400, "unsupported_grant_type", "grant-type.unsupported"]);
      await server.close();
    });
  }

  it("and none at all is a missing parameter", async () => {
    const server = await aServer();
    const client = await server.client(job);
    const refused = await post(server, "/token", {}, basic(client.id, client.secret));
    assert.deepEqual(faces(server, refused), [400, "invalid_request", "parameter.missing"]);
    await server.close();
  });
});
