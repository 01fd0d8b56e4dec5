import assert from "node:assert/strict";
import { describe } from "node:test";
import { Parameters } from "@valetkey/protocol/parameters";
import { accessTokenType, tokenExchangeGrant } from "@valetkey/protocol/token-exchange";
import { tokenExchange } from "../grants/token-exchange.ts";
import type { Keys } from "../ports/keys.ts";
import {
  aDelegation,
  aMachineSubject,
  aSubject,
  exchange,
  exchanged,
  front,
} from "../testing/a-delegation.ts";
import { post, type TokenAnswer } from "../testing/a-login.ts";
import { basic, claimsOf, device, faces } from "../testing/a-program.ts";
import { api, mcp } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

/** None is needed where everything is refused before. */
const noKeys = {} as Keys;

type World = Awaited<ReturnType<typeof aDelegation>>;

interface Attack {
  readonly given: string;
  /** Sends the request that must be refused. */
  readonly attempt: (world: World) => Promise<TokenAnswer>;
  readonly expected: readonly unknown[];
}

const badToken = [400, "invalid_request", "exchange.subject-token"];

const tokens: readonly Attack[] = [
  {
    given: "words for a subject token",
    attempt: ({ server, service }) => exchange(server, service, "nope"),
    expected: badToken,
  },
  {
    given: "the token of another issuer, signed by its own key",
    attempt: async ({ server, service }) => {
      const stranger = await aDelegation({ issuer: "https://other.example.com" });
      const token = await aSubject(stranger.server, stranger.app);
      await stranger.server.close();
      return exchange(server, service, token);
    },
    expected: badToken,
  },
  {
    given: "an ID token under the name of an access token",
    attempt: async ({ server, app, service }) =>
      exchange(server, service, (await device(server, app, { resource: front, scope: "openid" })).id_token),
    expected: badToken,
  },
  {
    given: "a refresh token under the name of an access token",
    attempt: async ({ server, app, service }) =>
      exchange(server, service, (await device(server, app, { resource: front })).refresh_token),
    expected: badToken,
  },
  {
    given: "an ID token under its own name",
    attempt: async ({ server, app, service }) => {
      const { id_token } = await device(server, app, { resource: front, scope: "openid" });
      const type = "urn:ietf:params:oauth:token-type:id_token";
      return exchange(server, service, id_token, { subject_token_type: type });
    },
    expected: [400, "invalid_request", "exchange.token-type"],
  },
  {
    given: "an expired token",
    attempt: async ({ server, app, service }) => {
      const subject = await aSubject(server, app);
      server.clock.advance(600);
      return exchange(server, service, subject);
    },
    expected: badToken,
  },
  {
    given: "a token whose claims were changed",
    attempt: async ({ server, app, service }) => {
      const [header, payload, signature] = (await aSubject(server, app)).split(".");
      const claims = { ...claimsOf(`.${payload}`), scope: "inference:read training:write tools:use" };
      const forged = Buffer.from(JSON.stringify(claims)).toString("base64url");
      return exchange(server, service, `${header}.${forged}.${signature}`);
    },
    expected: badToken,
  },
  {
    given: "an unsigned token",
    attempt: async ({ server, app, service }) => {
      const payload = (await aSubject(server, app)).split(".")[1];
      const header = Buffer.from(JSON.stringify({ alg: "none", typ: "at+jwt" })).toString("base64url");
      return exchange(server, service, `${header}.${payload}.`);
    },
    expected: badToken,
  },
  {
    given: "a token that leaked to a client which is not its resource's server",
    attempt: async ({ server, app, worker }) => exchange(server, worker, await aSubject(server, app)),
    expected: [400, "invalid_request", "exchange.not-holder"],
  },
  {
    given: "the token that it was exchanged for, by the server before",
    attempt: async ({ server, app, service, worker }) => {
      const child = await exchanged(server, service, await aSubject(server, app), { resource: api });
      return exchange(server, service, await exchanged(server, worker, child));
    },
    expected: [400, "invalid_request", "exchange.not-holder"],
  },
];

const ownToken = async ({ server, actor }: World, id: string) => {
  const about = { grantTypes: ["client_credentials"], scope: ["inference:read"] };
  return aMachineSubject(server, await actor(id, about));
};

const actors: readonly Attack[] = [
  {
    given: "another client's token for the actor",
    attempt: async (world) => {
      const { server, app, service } = world;
      const actor = { actor_token: await ownToken(world, "other"), actor_token_type: accessTokenType };
      return exchange(server, service, await aSubject(server, app), actor);
    },
    expected: [400, "invalid_request", "exchange.actor-token"],
  },
  {
    given: "the person's own token for the actor",
    attempt: async ({ server, app, service }) => {
      const subject = await aSubject(server, app);
      return exchange(server, service, subject, { actor_token: subject, actor_token_type: accessTokenType });
    },
    expected: [400, "invalid_request", "exchange.actor-token"],
  },
  {
    given: "a token of the client's own that was exchanged, for the actor",
    attempt: async ({ server, app, service }) => {
      const subject = await aSubject(server, app);
      const actor = {
        actor_token: await exchanged(server, service, subject),
        actor_token_type: accessTokenType,
      };
      return exchange(server, service, subject, actor);
    },
    expected: [400, "invalid_request", "exchange.actor-token"],
  },
  {
    given: "words for the actor",
    attempt: async ({ server, app, service }) => {
      const actor = { actor_token: "nope", actor_token_type: accessTokenType };
      return exchange(server, service, await aSubject(server, app), actor);
    },
    expected: [400, "invalid_request", "exchange.actor-token"],
  },
  {
    given: "no client behind may_act",
    attempt: async ({ server, app, service }) =>
      exchange(server, service, await aSubject(server, app), { may_act: "nobody" }),
    expected: [400, "invalid_request", "client.unknown"],
  },
];

const callers: readonly Attack[] = [
  {
    given: "a public client",
    attempt: async ({ server, app }) => {
      const client = await server.client({ grantTypes: [tokenExchangeGrant], actsAt: [front] });
      const form = { subject_token: await aSubject(server, app), subject_token_type: accessTokenType };
      return post(server, "/token", { grant_type: tokenExchangeGrant, client_id: client.id, ...form });
    },
    expected: [400, "unauthorized_client", "client.not-confidential"],
  },
  {
    given: "a confidential client that brings no proof",
    attempt: async ({ server, app, service }) => {
      const form = { subject_token: await aSubject(server, app), subject_token_type: accessTokenType };
      return post(server, "/token", { grant_type: tokenExchangeGrant, client_id: service.id, ...form });
    },
    expected: [401, "invalid_client", "client.authentication-missing"],
  },
  {
    given: "a client that was not given the grant",
    attempt: async ({ server, app, actor }) =>
      exchange(server, await actor("plain", { grantTypes: [] }), await aSubject(server, app)),
    expected: [400, "unauthorized_client", "client.grant-not-allowed"],
  },
  {
    given: "a client that the operator lets act nowhere",
    attempt: async ({ server, app, actor }) => {
      const { actsAt: _, ...about } = await actor("nowhere");
      await server.store.clients.replace(about);
      return exchange(server, about, await aSubject(server, app));
    },
    expected: [400, "invalid_target", "exchange.not-permitted"],
  },
  {
    given: "a client that the operator lets act elsewhere",
    attempt: async ({ server, app, actor }) =>
      exchange(server, await actor("elsewhere", { actsAt: [front] }), await aSubject(server, app), {
        resource: api,
      }),
    expected: [400, "invalid_target", "exchange.not-permitted"],
  },
];

const reach: readonly Attack[] = [
  {
    given: "a resource that the person did not grant",
    attempt: async ({ server, app, actor }) =>
      exchange(server, await actor("any"), await aSubject(server, app), { resource: mcp }),
    expected: [400, "invalid_target", "exchange.target-beyond"],
  },
  {
    given: "a resource that is not registered",
    attempt: async ({ server, app, service }) =>
      exchange(server, service, await aSubject(server, app), { audience: "https://else.example" }),
    expected: [400, "invalid_target", "exchange.target-beyond"],
  },
  {
    given: "this server itself for a target",
    attempt: async ({ server, app, actor }) => {
      const client = await actor("home", { actsAt: ["https://auth.example.com"] });
      const subject = await aSubject(server, app, { scope: "openid inference:read" });
      return exchange(server, client, subject, { resource: server.issuer });
    },
    expected: [400, "invalid_target", "exchange.target-beyond"],
  },
  {
    given: "two targets at once",
    attempt: async ({ server, app, service }) =>
      exchange(server, service, await aSubject(server, app), { resource: [front, api] }),
    expected: [400, "invalid_target", "resource.several"],
  },
  {
    given: "a scope that the person granted and the token does not have",
    attempt: async ({ server, app, service }) => {
      const narrow = await exchanged(server, service, await aSubject(server, app), {
        scope: "inference:read",
      });
      return exchange(server, service, narrow, { scope: "inference:read training:write" });
    },
    expected: [400, "invalid_scope", "exchange.scope-beyond"],
  },
  {
    given: "a scope that the person's roles do not allow at the target",
    attempt: async ({ server, app, service }) =>
      exchange(server, service, await aSubject(server, app), { resource: api, scope: "training:write" }),
    expected: [400, "invalid_scope", "exchange.scope-beyond"],
  },
  {
    given: "a scope beyond the acting client's own ceiling",
    attempt: async ({ server, app, actor }) =>
      exchange(server, await actor("low", { scope: ["inference:read"] }), await aSubject(server, app), {
        scope: "training:write",
      }),
    expected: [400, "invalid_scope", "exchange.scope-beyond"],
  },
  {
    given: "the identity that the person showed the first client",
    attempt: async ({ server, app, service }) =>
      exchange(server, service, await aSubject(server, app, { scope: "openid inference:read" }), {
        scope: "openid",
      }),
    expected: [400, "invalid_scope", "exchange.scope-beyond"],
  },
  {
    given: "a scope that is for people only, of a machine",
    attempt: async ({ server, actor, service }) => {
      const about = { grantTypes: ["client_credentials"], scope: ["inference:read", "tools:use"] };
      const subject = await aMachineSubject(server, await actor("job", about));
      return exchange(server, service, subject, { scope: "tools:use" });
    },
    expected: [400, "invalid_scope", "exchange.scope-beyond"],
  },
  {
    given: "a refresh token for an answer",
    attempt: async ({ server, app, service }) =>
      exchange(server, service, await aSubject(server, app), {
        requested_token_type: "urn:ietf:params:oauth:token-type:refresh_token",
      }),
    expected: [400, "invalid_request", "exchange.token-type"],
  },
];

describe("a token exchange refuses", () => {
  for (const { given, attempt, expected } of [...tokens, ...actors, ...callers, ...reach]) {
    spec(["TX-01", "TX-02"], given, async () => {
      const world = await aDelegation();
      assert.deepEqual(faces(world.server, await attempt(world)), expected);
      await world.server.close();
    });
  }

  spec("TX-01", "to believe who acts: act in the request changes nothing", async () => {
    const { server, app, service } = await aDelegation();
    const act = JSON.stringify({ sub: "api-server", act: { sub: "somebody" } });
    const token = await exchanged(server, service, await aSubject(server, app), { act });
    assert.deepEqual(claimsOf(token).act, { sub: service.id });
    await server.close();
  });

  spec("TX-02", "with one sentence whatever is wrong with the token", async () => {
    const { server, app, service, worker } = await aDelegation();
    const subject = await aSubject(server, app);
    const bodies = [
      await exchange(server, service, "nope"),
      await exchange(server, worker, subject),
      await exchange(server, service, subject, { actor_token: "a", actor_token_type: accessTokenType }),
    ].map(({ body }) => body);
    const one = {
      error: "invalid_request",
      error_description: "The subject token or the actor token is not acceptable here.",
    };
    assert.deepEqual(bodies, [one, one, one]);
    await server.close();
  });

  spec(
    "TX-02",
    "a token that is bound to a key: what comes of it must not be worth more to a thief",
    async () => {
      const { server, service } = await aDelegation();
      const claims = { sub: "acc_1", client_id: "app", aud: front, exp: 1, jti: "j", cnf: { jkt: "k" } };
      const grant = tokenExchange({ ...server, keys: noKeys }, async () => claims);
      const form = { subject_token: "t", subject_token_type: accessTokenType };
      const parameters = Parameters.parse(new URLSearchParams(form).toString());
      const possession = { nextNonce: undefined, key: async () => null };
      const about = {
        client: service,
        isProven: true,
        possession,
        parameters,
        now: 0,
        address: "",
        userAgent: "",
      };
      const story = { says() {}, client() {} };
      await assert.rejects(grant.exchange({ ...about, story }), { refusal: "exchange.bound" });
      await server.close();
    },
  );

  spec(
    "TX-02",
    "a subject token that waits at another client's door: proof of the secret comes first",
    async () => {
      const { server, app, service } = await aDelegation();
      const form = { grant_type: tokenExchangeGrant, subject_token: await aSubject(server, app) };
      const answer = await post(server, "/token", form, basic(service.id, "vks_wrong"));
      assert.deepEqual(faces(server, answer).slice(0, 2), [401, "invalid_client"]);
      await server.close();
    },
  );
});
