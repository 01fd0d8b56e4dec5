import assert from "node:assert/strict";
import { describe } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { tokenExchangeGrant } from "@valetkey/protocol/token-exchange";
import { createGuard } from "@valetkey/resource";
import { post } from "../testing/a-login.ts";
import { aLookout, basic, device } from "../testing/a-program.ts";
import { type AServer, aServer, mcp } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

/** Three resource servers of one resource, each with a guard that follows the feed. */
async function threeGuards(server: AServer) {
  const { id, secret } = await aLookout(server, mcp);
  const guards = [1, 2, 3].map(() =>
    createGuard({
      issuer: server.issuer,
      resource: mcp,
      clock: () => server.clock.now(),
      fetch: (url, init) => server.fetchHere(url, init),
      revocations: { clientId: id, clientSecret: secret },
    }),
  );
  const status = async (guard: (typeof guards)[number], token: string) => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await guard.guard(new Request(mcp, { headers }));
    return answer instanceof Response ? answer.status : 200;
  };
  const statuses = (token: string) => Promise.all(guards.map((guard) => status(guard, token)));
  return { guards, status, statuses, close: () => guards.map((guard) => guard.close()) };
}

describe("three resource servers that follow the feed", () => {
  spec("I4-FEED-GUARD", "deny a revoked token soon, and how soon is shown", async (context) => {
    const server = await aServer();
    const client = await server.client();
    const { guards, status, statuses, close } = await threeGuards(server);
    const times: number[] = [];
    const end = async (tokens: { access_token: string; refresh_token: string }, round: number) => {
      const token = round % 2 === 0 ? tokens.access_token : tokens.refresh_token;
      await post(server, "/revoke", { client_id: client.id, token });
    };
    for (let round = 0; round < 12; round++) {
      const tokens = await device(server, client);
      assert.deepEqual(await statuses(tokens.access_token), [200, 200, 200]);
      await end(tokens, round);
      const from = performance.now();
      await Promise.all(
        guards.map(async (guard) => {
          while ((await status(guard, tokens.access_token)) !== 401) {
            assert.ok(performance.now() - from < 5_000, "a revoked token is let in for 5 seconds");
            await pause(2);
          }
          times.push(performance.now() - from);
        }),
      );
    }
    times.sort((a, b) => a - b);
    const at = (share: number) => (times[Math.ceil(times.length * share) - 1] ?? 0).toFixed(1);
    context.diagnostic(`from revocation to first denial: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);
    close();
    await server.close();
  });

  spec("I4-FEED-GUARD", "deny what came of a revoked token by exchange", async () => {
    const server = await aServer();
    const client = await server.client();
    const tool = await server.client({
      ...{ authMethods: ["client_secret_basic"], grantTypes: [tokenExchangeGrant], redirectUris: [] },
      ...{ introspects: [mcp], actsAt: [mcp] },
    });
    const { statuses, close } = await threeGuards(server);
    const parent = (await device(server, client)).access_token;
    const exchange = {
      grant_type: tokenExchangeGrant,
      subject_token: parent,
      subject_token_type: "urn:ietf:params:oauth:token-type:access_token",
      resource: mcp,
    };
    const child = (await post(server, "/token", exchange, basic(tool.id, tool.secret))).body.access_token;
    assert.deepEqual(await statuses(child), [200, 200, 200]);
    await post(server, "/revoke", { client_id: client.id, token: parent });
    await pause(600);
    assert.deepEqual(await statuses(child), [401, 401, 401]);
    close();
    await server.close();
  });

  spec("I4-FEED-STALE", "let nobody in when the issuer is gone for longer than stated", async () => {
    const server = await aServer();
    const client = await server.client();
    const { id, secret } = await aLookout(server, mcp);
    let isGone = false;
    const guard = createGuard({
      issuer: server.issuer,
      resource: mcp,
      clock: () => server.clock.now(),
      fetch: (url, init) => (isGone ? Promise.reject(new Error("gone")) : server.fetchHere(url, init)),
      revocations: { clientId: id, clientSecret: secret, staleAfter: 1 },
    });
    const { access_token } = await device(server, client);
    const headers = { authorization: `Bearer ${access_token}` };
    const status = async () => {
      const answer = await guard.guard(new Request(mcp, { headers }));
      return answer instanceof Response ? answer.status : 200;
    };
    assert.equal(await status(), 200);
    isGone = true;
    await pause(1_300);
    assert.equal(await status(), 503);
    isGone = false;
    await pause(1_000);
    assert.equal(await status(), 200);
    guard.close();
    await server.close();
  });
});
