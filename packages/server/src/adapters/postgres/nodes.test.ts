import assert from "node:assert/strict";
import { Agent, request } from "node:http";
import { after, before, describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { type Listener, listen } from "../../http/node.ts";
import { post, refresh } from "../../testing/a-login.ts";
import { aLookout, device, introspect, lineageOf } from "../../testing/a-program.ts";
import { type AServer, api, aServer, mcp } from "../../testing/a-server.ts";
import { freshDatabase, type TestDatabase } from "../../testing/postgres.ts";
import { spec } from "../../testing/spec.ts";
import { until } from "../contract/place.ts";
import { rememberingStore } from "../remembered/store.ts";
import { postgresStore } from "./store.ts";

/** Milliseconds within which what is remembered of another node's changes is asked anew, and a little more. */
const aMoment = 550;

let database: TestDatabase;
before(async () => {
  database = await freshDatabase();
});
after(() => database.drop());

const aNode = async () => await aServer({ store: rememberingStore(await postgresStore(database.url)) });

describe("what one node changes and another serves", () => {
  let here: AServer;
  let there: AServer;
  before(async () => {
    here = await aNode();
    there = await aNode();
  });
  after(() => Promise.all([here.close(), there.close()]));

  spec("P-4", "a client is known, switched off and removed at once", async () => {
    const client = await here.client();
    const { refresh_token } = await device(there, client);
    await here.store.clients.replace({ ...client, disabledAt: here.clock.now() });
    assert.equal((await refresh(there, client, refresh_token)).status, 401);
    await here.store.clients.replace(client);
    const second = await refresh(there, client, refresh_token);
    assert.equal(second.status, 200);
    await here.store.clients.remove(client.id, here.clock.now());
    assert.equal((await refresh(there, client, second.body.refresh_token)).status, 401);
  });

  spec("P-4", "a revocation and a disabled account take hold at once", async () => {
    const client = await here.client();
    const lookout = await aLookout(here, mcp);
    const person = await here.person({ email: "grace@example.com" });
    const tokens = await device(there, client, {}, person.email);
    assert.equal((await introspect(there, lookout, tokens.access_token)).body.active, true);
    await post(here, "/revoke", { client_id: client.id, token: tokens.refresh_token });
    assert.equal((await introspect(there, lookout, tokens.access_token)).body.active, false);
    assert.equal((await refresh(there, client, tokens.refresh_token)).status, 400);

    const more = await device(there, client, {}, person.email);
    await here.store.accounts.setDisabled(person.id, here.clock.now());
    assert.equal((await refresh(there, client, more.refresh_token)).status, 400);
  });

  spec("P-4", "a resource and a role take hold within half a second", async () => {
    const client = await here.client();
    const asks = { resource: api, scope: "inference:read" };
    const { refresh_token } = await device(there, client, asks, "joan@example.com");
    const resource = await here.store.resources.find(api);
    assert.ok(resource);
    await here.store.resources.remove(api);
    await pause(aMoment);
    assert.equal((await refresh(there, client, refresh_token)).status, 400);
    await here.store.resources.add(resource);
    await pause(aMoment);
    assert.equal((await refresh(there, client, refresh_token)).status, 200);
  });
});

describe("nodes that are replaced one after the other under load", () => {
  interface ServingNode {
    readonly server: AServer;
    readonly listener: Listener;
  }
  const serving: ServingNode[] = [];

  async function begin(): Promise<void> {
    const server = await aNode();
    const options = { host: "127.0.0.1", port: 0, trustedProxies: [] };
    serving.push({ server, listener: await listen(server.handle, server.audit, options) });
  }

  /** As SIGTERM does: the listener first, then the store. */
  async function replaceOldest(): Promise<void> {
    const [oldest] = serving;
    await begin();
    serving.shift();
    await oldest?.listener.close();
    await oldest?.server.close();
  }

  after(async () => {
    for (const { server, listener } of serving) {
      await listener.close(0);
      await server.close();
    }
  });

  const agent = new Agent({ keepAlive: true });
  after(() => agent.destroy());

  /** A refresh by HTTP; undefined when the connection ended before any answer began. */
  function ask(port: number, form: Readonly<Record<string, string>>) {
    const { promise, resolve, reject } = Promise.withResolvers<
      { readonly status: number; readonly body: Record<string, string> } | undefined
    >();
    const asking = request({ port, agent, method: "POST", path: "/token" }, async (incoming) => {
      try {
        const chunks = await incoming.toArray();
        resolve({ status: incoming.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString()) });
      } catch (thrown) {
        reject(thrown);
      }
    });
    asking.setHeader("host", "auth.example.com");
    asking.setHeader("content-type", "application/x-www-form-urlencoded");
    asking.on("error", () => resolve(undefined));
    asking.end(new URLSearchParams(form).toString());
    return promise;
  }

  it("[I2-REFRESH P-4] lose no request but those that never began to be answered, and no device", async () => {
    await begin();
    await begin();
    const first = serving[0]?.server;
    assert.ok(first);
    const client = await first.client();
    const devices = [];
    for (let index = 0; index < 6; index++)
      devices.push(await device(first, client, {}, `load${index}@example.com`));

    const statuses: number[] = [];
    let retried = 0;
    let isOver = false;
    const agents = devices.map(async ({ refresh_token }, index) => {
      let token: string = refresh_token;
      for (let turn = index; !isOver; turn++) {
        const port = serving[turn % serving.length]?.listener.port ?? 0;
        const form = { grant_type: "refresh_token", client_id: client.id, refresh_token: token };
        const answer = await ask(port, form);
        if (!answer) {
          retried += 1;
          continue;
        }
        statuses.push(answer.status);
        token = answer.body.refresh_token ?? token;
      }
      return token;
    });
    for (let replaced = 0; replaced < 3; replaced++) {
      const before = statuses.length;
      await until(() => statuses.length >= before + 60);
      await replaceOldest();
    }
    isOver = true;
    const tokens = await Promise.all(agents);
    assert.deepEqual([...new Set(statuses)], [200]);
    assert.ok(retried < statuses.length / 10, `${retried} of ${statuses.length}`);
    const last = serving[0]?.server;
    assert.ok(last);
    for (const token of tokens) {
      const answer = await refresh(last, client, token);
      assert.equal(answer.status, 200);
      assert.equal((await lineageOf(last, answer.body.access_token)).endedAt, null);
    }
  });
});
