import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import { createLocalJWKSet, jwtVerify } from "jose";
import pg from "pg";
import { openStore } from "../../packages/server/src/adapters/open-store.ts";
import { argon2Passwords } from "../../packages/server/src/adapters/passwords/argon2.ts";
import type { Store } from "../../packages/server/src/ports/store.ts";
import { pkce } from "../../packages/server/src/testing/a-login.ts";
import { callback, mcp, password } from "../../packages/server/src/testing/a-server.ts";
import { freshDatabase, type TestDatabase } from "../../packages/server/src/testing/postgres.ts";
import { spec } from "../../packages/server/src/testing/spec.ts";
import { type ANode, aNode } from "./a-node.ts";
import { removeFolder, temporaryFolder } from "./in-process.ts";
import { aPublicClient, type Parties, seedParties } from "./parties.ts";
import { issuer } from "./plan.ts";
import { browserAt } from "./visit.ts";

describe("two nodes that start at once on one empty database", () => {
  let folder: string;
  let database: TestDatabase;
  let nodes: readonly [ANode, ANode];
  let store: Store;
  let parties: Parties;

  before(async () => {
    folder = await temporaryFolder();
    database = await freshDatabase();
    const options = { folder, store: database.url };
    nodes = await Promise.all([aNode(options), aNode(options)]);
    store = await openStore(database.url);
    const passwords = argon2Passwords({ cost: { memory: 64, passes: 1, parallelism: 1 } });
    parties = await seedParties(store, { passwordHash: await passwords.hash(password) });
  });
  after(async () => {
    for (const node of nodes ?? []) await node.stop();
    await store?.close();
    await database.drop();
    await removeFolder(folder);
  });

  /** Signs in and consents, each request at the next node, and brings the code home. */
  async function login(clientId: string) {
    const { verifier, challenge } = pkce();
    const query = new URLSearchParams({
      response_type: "code",
      client_id: clientId,
      redirect_uri: callback,
      code_challenge: challenge,
      code_challenge_method: "S256",
      resource: mcp,
    });
    const browser = browserAt(nodes[0].caller, nodes[1].caller);
    const answer = await browser.approve(`${issuer}/authorize?${query}`, {
      email: parties.account.email,
      password,
    });
    return { code: answer.searchParams.get("code") ?? "", verifier };
  }

  spec(["I2-MIGRATIONS", "P-4"], "run both, on one set of migrations", async () => {
    for (const { caller } of nodes) assert.equal((await caller.ask({ path: "/readyz" })).status, 200);
    const client = new pg.Client(database.url);
    await client.connect();
    const { rows } = await client.query(
      "SELECT number, count(*)::int AS times FROM schema_version GROUP BY number",
    );
    await client.end();
    assert.ok(rows.length > 0);
    assert.deepEqual(
      rows.map(({ times }) => times),
      rows.map(() => 1),
    );
  });

  spec(["I2-MIGRATIONS", "P-4"], "sign with one set of keys", async () => {
    const [one, two] = await Promise.all(nodes.map(({ caller }) => caller.ask({ path: "/jwks" })));
    assert.equal(one?.json.keys.length, 1);
    assert.deepEqual(two?.json, one?.json);
    assert.equal((await store.signingKeys.list()).length, 1);
  });

  spec("I2-CLI", "know a client that was put in the store at the next request", async () => {
    const client = aPublicClient();
    const form = { grant_type: "refresh_token", client_id: client.id, refresh_token: "vkr_x" };
    for (const { caller } of nodes) assert.equal((await caller.token(form)).status, 401);
    await store.clients.add(client);
    for (const { caller } of nodes) assert.equal((await caller.token(form)).json.error, "invalid_grant");
    await store.clients.replace({ ...client, disabledAt: 1 });
    for (const { caller } of nodes) assert.equal((await caller.token(form)).status, 401);
  });

  spec("P-4", "know at once a client that registered at the other", async () => {
    const body = JSON.stringify({ client_name: "One", redirect_uris: [callback] });
    const headers = { "content-type": "application/json" };
    const registered = await nodes[0].caller.ask({ path: "/register", body, headers });
    assert.equal(registered.status, 201);
    const { code, verifier } = await login(registered.json.client_id);
    const form = {
      grant_type: "authorization_code",
      client_id: registered.json.client_id,
      code,
      code_verifier: verifier,
    };
    assert.equal((await nodes[1].caller.token(form)).status, 200);
  });

  for (const [from, to] of [
    [0, 1],
    [1, 0],
  ] as const) {
    spec(
      "P-4",
      `share a login: a code is redeemed, refreshed and revoked across them, node ${from} first (to ${to})`,
      async () => {
        const client_id = parties.client.id;
        const { code, verifier } = await login(client_id);
        const here = nodes[from].caller;
        const there = nodes[to].caller;
        const began = await here.token({
          grant_type: "authorization_code",
          client_id,
          code,
          code_verifier: verifier,
        });
        assert.equal(began.status, 200, began.text);
        const keys = createLocalJWKSet((await there.ask({ path: "/jwks" })).json);
        const { payload } = await jwtVerify(began.json.access_token, keys, { issuer, audience: mcp });
        assert.equal(payload.sub, parties.account.id);

        const refresh = (refreshToken: string) => ({
          grant_type: "refresh_token",
          client_id,
          refresh_token: refreshToken,
        });
        const racers = await Promise.all(
          Array.from({ length: 10 }, (_, index) =>
            (index % 2 ? here : there).token(refresh(began.json.refresh_token)),
          ),
        );
        assert.deepEqual([...new Set(racers.map(({ status }) => status))], [200]);
        const successors = new Set(racers.map(({ json }) => json.refresh_token));
        assert.equal(successors.size, 1);
        const [successor = ""] = successors;
        assert.equal((await here.token(refresh(successor))).status, 200);

        assert.equal(
          (await there.ask({ path: "/revoke", form: { client_id, token: successor } })).status,
          200,
        );
        assert.equal((await here.token(refresh(successor))).json.error, "invalid_grant");
      },
    );
  }

  spec(["O21-AS-25", "I2-IN-FLIGHT"], "see a code replayed at the other node", async () => {
    const client_id = parties.client.id;
    const { code, verifier } = await login(client_id);
    const form = { grant_type: "authorization_code", client_id, code, code_verifier: verifier };
    const began = await nodes[0].caller.token(form);
    assert.equal(began.status, 200);
    assert.equal((await nodes[1].caller.token(form)).json.error, "invalid_grant");
    const refresh = { grant_type: "refresh_token", client_id, refresh_token: began.json.refresh_token };
    assert.equal((await nodes[0].caller.token(refresh)).json.error, "invalid_grant");
  });
});
