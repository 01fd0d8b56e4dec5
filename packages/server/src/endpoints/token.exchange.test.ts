import assert from "node:assert/strict";
import { describe } from "node:test";
import { accessTokenType, tokenExchangeGrant } from "@valetkey/protocol/token-exchange";
import * as oauth from "oauth4webapi";
import {
  aDelegation,
  aMachineSubject,
  aSubject,
  exchange,
  exchanged,
  front,
} from "../testing/a-delegation.ts";
import { post, refresh } from "../testing/a-login.ts";
import { basic, claimsOf, device, introspect } from "../testing/a-program.ts";
import { api, mcp } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

const off = { active: false };

describe("a token exchange", () => {
  spec(
    ["TX-01", "TX-02"],
    "hands a server a token of its own, in the person's name, for the next",
    async () => {
      const { server, app, service, worker, lookout } = await aDelegation();
      const subject = await aSubject(server, app);
      const answer = await exchange(server, service, subject, { resource: api });
      const { access_token: token, ...rest } = answer.body;
      assert.deepEqual(rest, {
        issued_token_type: accessTokenType,
        token_type: "Bearer",
        expires_in: 600,
        scope: "inference:read",
      });
      assert.equal(answer.headers.get("cache-control"), "no-store");
      const [first, child] = [claimsOf(subject), claimsOf(token)];
      assert.deepEqual(
        { ...child, jti: "" },
        {
          ...{ iss: server.issuer, sub: first.sub, aud: api, client_id: service.id, jti: "" },
          ...{ iat: server.clock.now(), exp: first.exp, scope: "inference:read" },
          ...{ auth_time: first.auth_time, lineage: first.lineage, act: { sub: service.id } },
          ...{ ancestors: [first.jti], origin_client_id: app.id },
          acr: "aal1",
        },
      );
      const grandchild = claimsOf(await exchanged(server, worker, token));
      assert.deepEqual(grandchild.act, { sub: worker.id, act: { sub: service.id } });
      assert.deepEqual(grandchild.ancestors, [first.jti, child.jti]);
      assert.equal(grandchild.origin_client_id, app.id);
      const seen = await introspect(server, lookout, token);
      assert.deepEqual(seen.body, { active: true, token_type: "Bearer", ...child });
      await server.close();
    },
  );

  spec("TX-01", "is recorded: who acts for whom, where, and who began it", async () => {
    const { server, app, service, worker } = await aDelegation();
    const subject = await aSubject(server, app);
    await exchanged(server, worker, await exchanged(server, service, subject, { resource: api }));
    const { sub, lineage } = claimsOf(subject);
    const event = server.audit.events.filter(({ what }) => what === "token.exchanged").at(-1);
    assert.deepEqual(
      [event?.clientId, event?.accountId, event?.lineageId, event?.detail],
      [
        worker.id,
        sub,
        Number(lineage),
        `api-server for front-server for ${sub} at ${api}, begun by ${app.id}`,
      ],
    );
    assert.equal(typeof event?.grantId, "number");
    await server.close();
  });

  spec("TX-01", "works for a machine's token in the same way", async () => {
    const { server, actor, service } = await aDelegation();
    const machine = await actor("job", {
      grantTypes: ["client_credentials"],
      scope: ["inference:read", "training:write"],
    });
    const subject = await aMachineSubject(server, machine);
    const token = await exchanged(server, service, subject, { resource: api });
    const { sub, client_id, act, lineage, origin_client_id, scope, auth_time } = claimsOf(token);
    assert.deepEqual(
      [sub, client_id, act, scope],
      [machine.id, service.id, { sub: service.id }, "inference:read"],
    );
    assert.deepEqual([lineage, auth_time, origin_client_id], [undefined, undefined, machine.id]);
    await server.close();
  });

  spec("TX-01", "takes audience for resource, and narrows scope by name", async () => {
    const { server, app, service } = await aDelegation();
    const subject = await aSubject(server, app);
    const token = await exchanged(server, service, subject, { audience: front, scope: "training:write" });
    assert.deepEqual([claimsOf(token).aud, claimsOf(token).scope], [front, "training:write"]);
    await server.close();
  });

  spec("TX-01", "takes an actor token of the client's own", async () => {
    const { server, app, actor } = await aDelegation();
    const client = await actor("both", {
      grantTypes: ["client_credentials", tokenExchangeGrant],
      scope: ["inference:read"],
    });
    const form = { grant_type: "client_credentials", resource: api };
    const own = (await post(server, "/token", form, basic(client.id, client.secret))).body.access_token;
    const named = { actor_token: own, actor_token_type: accessTokenType };
    assert.deepEqual(claimsOf(await exchanged(server, client, await aSubject(server, app), named)).act, {
      sub: client.id,
    });
    await server.close();
  });

  spec("TX-02", "pins the next actor where it is asked to, and keeps everybody else out", async () => {
    const { server, app, service, worker, actor } = await aDelegation();
    const other = await actor("other");
    const subject = await aSubject(server, app);
    const token = await exchanged(server, service, subject, { resource: api, may_act: worker.id });
    assert.deepEqual(claimsOf(token).may_act, { sub: worker.id });
    const refused = await exchange(server, other, token);
    assert.deepEqual([refused.status, refused.body.error], [400, "invalid_request"]);
    assert.equal(server.audit.lastRefusal, "exchange.may-act");
    assert.equal((await exchange(server, worker, token)).status, 200);
    await server.close();
  });

  spec("TX-02", "gives a life that ends with the subject token's, however often it is repeated", async () => {
    const { server, app, service } = await aDelegation();
    const subject = await aSubject(server, app);
    server.clock.advance(500);
    for (let turn = 0; turn < 3; turn++) {
      const { body } = await exchange(server, service, subject);
      assert.equal(body.expires_in, 100);
      assert.equal(claimsOf(body.access_token).exp, claimsOf(subject).exp);
    }
    await server.close();
  });

  spec("TX-02", "lets a client hand its own token down a chain of four, and no further", async () => {
    const { server, app, actor } = await aDelegation();
    const client = await actor("loop");
    let token = await aSubject(server, app);
    for (let turn = 0; turn < 4; turn++) token = await exchanged(server, client, token);
    assert.equal((await exchange(server, client, token)).body.error, "invalid_request");
    assert.equal(server.audit.lastRefusal, "exchange.too-deep");
    assert.equal(claimsOf(token).exp, server.clock.now() + 600);
    await server.close();
  });

  spec("TX-02", "passes no identity on: UserInfo tells the acting server nothing", async () => {
    const { server, app, service } = await aDelegation();
    const subject = await aSubject(server, app, { scope: "openid inference:read" });
    const token = await exchanged(server, service, subject);
    const ask = (bearer: string) =>
      server.fetchHere(`${server.issuer}/userinfo`, { headers: { authorization: `Bearer ${bearer}` } });
    assert.equal((await ask(subject)).status, 200);
    assert.equal((await ask(token)).status, 403);
    await server.close();
  });

  spec("TX-02", "keeps to the roles that the token says and the person still has", async () => {
    const { server, app, service } = await aDelegation();
    const account = await server.person({ roles: ["trainer"] });
    const subject = await aSubject(server, app);
    assert.deepEqual(claimsOf(subject).roles, ["trainer"]);
    await server.store.accounts.setRoles(account.id, ["trainer", "administrator"]);
    const token = await exchanged(server, service, subject, { resource: api });
    assert.deepEqual(
      [claimsOf(token).roles, claimsOf(token).scope],
      [["trainer"], "inference:read training:write"],
    );
    await server.store.accounts.setRoles(account.id, []);
    const after = claimsOf(await exchanged(server, service, subject, { resource: api }));
    assert.deepEqual([after.roles, after.scope], [undefined, "inference:read"]);
    await server.close();
  });

  spec("TX-01", "is what a certified client library makes of the metadata", async () => {
    const { server, app, service } = await aDelegation();
    const options = {
      [oauth.customFetch]: (url: string, init: unknown) => server.fetchHere(url, init as RequestInit),
    };
    const at = new URL(server.issuer);
    const as = await oauth.processDiscoveryResponse(at, await oauth.discoveryRequest(at, options));
    assert.ok(as.grant_types_supported?.includes(tokenExchangeGrant));
    const client = { client_id: service.id };
    const parameters = {
      subject_token: await aSubject(server, app),
      subject_token_type: accessTokenType,
      requested_token_type: accessTokenType,
      resource: api,
    };
    const auth = oauth.ClientSecretBasic(service.secret);
    const response = await oauth.genericTokenEndpointRequest(
      as,
      client,
      auth,
      tokenExchangeGrant,
      parameters,
      options,
    );
    const result = await oauth.processGenericTokenEndpointResponse(as, client, response);
    assert.equal(result.issued_token_type, accessTokenType);
    const claims = await oauth.validateJwtAccessToken(
      as,
      new Request(api, { headers: { authorization: `Bearer ${result.access_token}` } }),
      api,
      options,
    );
    assert.equal(claims.client_id, service.id);
    await server.close();
  });
});

describe("what came of a token exchange", () => {
  /** A chain of two: the front's server, then the API's. */
  async function aChain() {
    const world = await aDelegation();
    const { server, app, service, worker } = world;
    const subject = await aSubject(server, app);
    const child = await exchanged(server, service, subject, { resource: api });
    return { ...world, subject, child, grandchild: await exchanged(server, worker, child) };
  }
  type Chain = Awaited<ReturnType<typeof aChain>>;

  const disable = async ({ server }: Chain, id: string) => {
    const client = await server.store.clients.find(id);
    assert.ok(client);
    await server.store.clients.replace({ ...client, disabledAt: server.clock.now() });
  };
  for (const { when, kill, leaves } of [
    {
      when: "the first token is revoked",
      kill: async ({ server, app, subject }) =>
        void (await post(server, "/revoke", { client_id: app.id, token: subject })),
      leaves: [false, false, false],
    },
    {
      when: "the parent is revoked",
      kill: async ({ server, service, child }) =>
        void (await post(server, "/revoke", { token: child }, basic(service.id, service.secret))),
      leaves: [true, false, false],
    },
    {
      when: "it is revoked itself",
      kill: async ({ server, worker, grandchild }) =>
        void (await post(server, "/revoke", { token: grandchild }, basic(worker.id, worker.secret))),
      leaves: [true, true, false],
    },
    {
      when: "the lineage ends",
      kill: async ({ server, subject }) => {
        const id = Number(claimsOf(subject).lineage);
        await server.store.lineages.end(id, "revoked", server.clock.now());
      },
      leaves: [false, false, false],
    },
    {
      when: "the account is disabled",
      kill: async ({ server, subject }) =>
        void (await server.store.accounts.setDisabled(String(claimsOf(subject).sub), server.clock.now())),
      leaves: [false, false, false],
    },
    {
      when: "the first actor is switched off",
      kill: (chain) => disable(chain, "front-server"),
      leaves: [true, false, false],
    },
    {
      when: "the second actor is switched off",
      kill: (chain) => disable(chain, "api-server"),
      leaves: [true, true, false],
    },
    {
      when: "the first actor is removed",
      kill: async ({ server, service }) =>
        void (await server.store.clients.remove(service.id, server.clock.now())),
      leaves: [true, false, false],
    },
    {
      when: "the client that the person let in is switched off",
      kill: (chain) => disable(chain, chain.app.id),
      leaves: [false, false, false],
    },
    {
      when: "time is up",
      kill: async ({ server }) => server.clock.advance(600),
      leaves: [false, false, false],
    },
  ] as readonly { when: string; kill: (chain: Chain) => Promise<void>; leaves: readonly boolean[] }[]) {
    spec(
      "TX-02",
      `ends with what it came from, at introspection and for further exchanges: ${when}`,
      async () => {
        const chain = await aChain();
        const { server, lookout, actor, subject, child, grandchild } = chain;
        const next = await actor("next");
        await kill(chain);
        const alive: boolean[] = [];
        for (const token of [subject, child, grandchild]) {
          const { body } = await introspect(server, lookout, token);
          alive.push(body.active);
          if (!body.active) assert.deepEqual(body, off);
          assert.equal((await exchange(server, next, token)).status, body.active ? 200 : 400);
        }
        assert.deepEqual(alive, leaves);
        await server.close();
      },
    );
  }

  spec("TX-02", "of a machine ends with the machine and with its ceiling", async () => {
    const { server, actor, service, lookout } = await aDelegation();
    const about = { grantTypes: ["client_credentials"], scope: ["inference:read"] };
    const { secret: _, ...machine } = await actor("job", about);
    const subject = await aMachineSubject(server, { ...machine, secret: _ });
    const token = await exchanged(server, service, subject, { resource: api });
    await server.store.clients.replace({ ...machine, scope: ["training:write"] });
    assert.equal((await exchange(server, service, subject)).body.error, "invalid_scope");
    await server.store.clients.replace({ ...machine, grantTypes: [] });
    assert.equal((await exchange(server, service, subject)).body.error, "invalid_request");
    await server.store.clients.replace({ ...machine, disabledAt: 1 });
    assert.deepEqual((await introspect(server, lookout, token)).body, off);
    await server.close();
  });

  spec(
    "TX-02",
    "is worth nothing where its lineage's number is another client's: a database that went back",
    async () => {
      const { server, app, service, lookout } = await aDelegation();
      const token = await exchanged(server, service, await aSubject(server, app));
      const row = await server.store.lineages.find(Number(claimsOf(token).lineage));
      assert.ok(row);
      for (const [clientId, active] of [
        [app.id, true],
        ["another", false],
        // The actor owns no lineage of those for whom it acts.
        [service.id, false],
      ] as const) {
        Object.assign(server.store.lineages, { find: async () => ({ ...row, clientId }) });
        assert.equal((await introspect(server, lookout, token)).body.active, active);
      }
      await server.close();
    },
  );

  spec("TX-02", "keeps to the ceiling of the client that the person let in, as it is now", async () => {
    const { server, app, service } = await aDelegation();
    const subject = await aSubject(server, app);
    const { secret: _, ...record } = app;
    await server.store.clients.replace({ ...record, scope: ["training:write"] });
    assert.equal(claimsOf(await exchanged(server, service, subject)).scope, "training:write");
    assert.equal((await exchange(server, service, subject, { scope: "inference:read" })).status, 400);
    await server.close();
  });

  spec("TX-01", "is no refresh token's business: the person's device refreshes as before", async () => {
    const { server, app, service } = await aDelegation();
    const tokens = await device(server, app, { resource: front, scope: "inference:read tools:use" });
    assert.equal((await exchange(server, service, tokens.access_token)).body.refresh_token, undefined);
    assert.equal((await refresh(server, app, tokens.refresh_token)).status, 200);
    assert.equal((await exchange(server, service, tokens.access_token, { resource: mcp })).status, 400);
    await server.close();
  });
});
