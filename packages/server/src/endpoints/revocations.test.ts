import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it, mock } from "node:test";
import { setTimeout as pause, setImmediate as turn } from "node:timers/promises";
import { sqliteStore } from "../adapters/sqlite/store.ts";
import { type Store, StoreUnavailable } from "../ports/store.ts";
import type { Client } from "../records/client.ts";
import { askFeed, type Reader, readAll, readFeed, told } from "../testing/a-feed.ts";
import { post } from "../testing/a-login.ts";
import { aLookout, basic, claimsOf, device, faces, introspect, lineageOf } from "../testing/a-program.ts";
import { type AServer, aResource, aServer, mcp } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

describe("the revocation feed", () => {
  let server: AServer;
  let client: Client & { readonly secret: string };
  let lookout: Reader;

  beforeEach(async () => {
    server = await aServer();
    client = await server.client({ authMethods: ["none"] });
    lookout = await aLookout(server, mcp);
  });
  afterEach(() => server.close());

  const revoke = (token: string) => post(server, "/revoke", { client_id: client.id, token });
  const lineage = async (accessToken: string) => `lineage ${(await lineageOf(server, accessToken)).id}`;

  for (const { what, end } of [
    {
      what: "a revoked access token",
      end: async ({ access_token }) => {
        await revoke(access_token);
        return [`token ${claimsOf(access_token).jti}`];
      },
    },
    {
      what: "a revoked refresh token's lineage",
      end: async ({ access_token, refresh_token }) => {
        await revoke(refresh_token);
        return [await lineage(access_token)];
      },
    },
    {
      what: "the lineages of a grant that ended",
      end: async ({ access_token }) => {
        const { grantId } = await lineageOf(server, access_token);
        await server.store.grants.end(grantId, server.clock.now());
        return [await lineage(access_token)];
      },
    },
    {
      what: "the lineages of a disabled account",
      end: async ({ access_token }) => {
        await server.store.accounts.setDisabled(String(claimsOf(access_token).sub), server.clock.now());
        return [await lineage(access_token)];
      },
    },
    {
      what: "a client that was switched off",
      end: async () => {
        await server.store.clients.replace({ ...client, disabledAt: server.clock.now() });
        return [`client ${client.id}`];
      },
    },
    {
      what: "a client that was removed, and its lineages",
      end: async ({ access_token }) => {
        await server.store.clients.remove(client.id, server.clock.now());
        return [`client ${client.id}`, await lineage(access_token)];
      },
    },
  ] as readonly {
    what: string;
    end: (tokens: { access_token: string; refresh_token: string }) => Promise<readonly string[]>;
  }[]) {
    spec("I4-FEED", `tells of ${what}, once, to who read before and to who begins later`, async () => {
      const tokens = await device(server, client);
      const before = await readAll(server, lookout);
      assert.deepEqual(before.events, []);
      const ended = await end(tokens);
      const after = await readAll(server, lookout, before.next);
      assert.deepEqual(told(after.events), ended);
      assert.equal(after.events[0]?.at, server.clock.now());
      assert.deepEqual((await readAll(server, lookout, after.next)).events, []);
      assert.deepEqual(told((await readAll(server, lookout)).events), ended);
    });
  }

  spec("I4-FEED", "holds a question open until something ends, or its time is over", async () => {
    const { access_token } = await device(server, client);
    const { next } = await readAll(server, lookout);
    const from = performance.now();
    const empty = await readFeed(server, lookout, next, 0.3);
    assert.deepEqual(empty.events, []);
    assert.ok(performance.now() - from >= 295);
    assert.ok(empty.waited <= (performance.now() - from) / 1_000);
    const waiting = readFeed(server, lookout, empty.next, 20);
    await pause(50);
    await revoke(access_token);
    const revoked = performance.now();
    const page = await waiting;
    assert.deepEqual(told(page.events), [`token ${claimsOf(access_token).jti}`]);
    assert.ok(performance.now() - revoked < 1_500);
  });

  for (const { given, about, form, expected } of [
    {
      given: "a public client",
      about: { authMethods: ["none"], introspects: [mcp] },
      expected: [401, "invalid_client", "client.method-not-allowed"],
    },
    {
      given: "a client that may look into no resource's tokens",
      about: { authMethods: ["client_secret_basic"], introspects: [] },
      expected: [403, "access_denied", "feed.not-allowed"],
    },
    ...["-1", "26", "1e1", "soon", "0x1"].map((wait) => ({
      given: `a reader that wants to wait ${wait} seconds`,
      about: { authMethods: ["client_secret_basic"] as const, introspects: [mcp] },
      form: { wait },
      expected: [400, "invalid_request", "feed.wait"],
    })),
  ] as readonly {
    given: string;
    about: Partial<Client>;
    form?: Record<string, string>;
    expected: readonly unknown[];
  }[]) {
    spec("I4-FEED", `is refused to ${given}`, async () => {
      const reader = await server.client(about);
      const answer = await askFeed(server, reader, form);
      assert.deepEqual(faces(server, answer), expected);
    });
  }

  spec("I4-FEED", "is refused to a client that may come without its secret, and does", async () => {
    const { id } = await server.client({
      ...{ authMethods: ["client_secret_basic", "none"], introspects: [mcp] },
    });
    const answer = await post(server, "/revocations", { client_id: id });
    assert.deepEqual(faces(server, answer), [401, "invalid_client", "client.authentication-missing"]);
  });

  spec("I4-FEED", "takes a form and nothing else", async () => {
    const headers = { ...basic(lookout.id, lookout.secret), "content-type": "application/json" };
    const asked = { method: "POST", headers, body: "{}" };
    const answer = await server.fetchHere(`${server.issuer}/revocations`, asked);
    assert.deepEqual([answer.status, server.audit.lastRefusal], [400, "request.content-type"]);
  });

  spec("I4-FEED", "wakes who waits as soon as a token is revoked here, whatever the time", async () => {
    const { access_token } = await device(server, client);
    mock.timers.enable({ apis: ["setTimeout"] });
    try {
      const { next } = await readAll(server, lookout);
      const waiting = readFeed(server, lookout, next, 20);
      // Long enough for the question to be in line; no timer runs.
      for (const since = performance.now(); performance.now() - since < 100; ) await turn();
      await revoke(access_token);
      assert.deepEqual(told((await waiting).events), [`token ${claimsOf(access_token).jti}`]);
    } finally {
      mock.timers.reset();
    }
  });

  spec("I4-FEED", "tells of a revoked token until its end, whatever is collected meanwhile", async () => {
    const { access_token } = await device(server, client);
    await revoke(access_token);
    server.clock.advance(599);
    await server.store.collect(server.clock.now(), { unused: 0, events: 0 }, 100);
    assert.deepEqual(told((await readAll(server, lookout)).events), [`token ${claimsOf(access_token).jti}`]);
    assert.equal((await introspect(server, lookout, access_token)).body.active, false);
  });

  spec("I4-FEED", "is refused to who cannot prove to be the reader", async () => {
    const wrong = await askFeed(server, { id: lookout.id, secret: "vks_wrong" });
    assert.deepEqual([wrong.status, wrong.body.error], [401, "invalid_client"]);
    const none = await post(server, "/revocations", { client_id: lookout.id });
    assert.equal(none.status, 401);
  });

  for (const { what, cursor } of [
    { what: "junk", cursor: () => "junk" },
    { what: "of another version", cursor: (next: string) => next.replace(/^1/, "2") },
    { what: "cut", cursor: (next: string) => next.slice(0, -20) },
    {
      what: "of a process that is gone",
      cursor: (next: string) => next.replace(/[0-9a-f]{12}/, "0".repeat(12)),
    },
    { what: "ahead of all that was numbered", cursor: (next: string) => next.replace(/\d+$/, "999999") },
    {
      what: "behind everything",
      cursor: (next: string) => next.replace(/^1\.\d+/, "1.0").replace(/\d+$/, "5"),
    },
  ]) {
    spec("I4-FEED", `given a cursor that is ${what}, loses nothing`, async () => {
      const { access_token } = await device(server, client);
      const { next } = await readAll(server, lookout);
      await revoke(access_token);
      const page = await readAll(server, lookout, cursor(next));
      assert.deepEqual(told(page.events), [`token ${claimsOf(access_token).jti}`]);
    });
  }

  spec("I4-FEED", "says from when it tells everything, where reading begins", async () => {
    await server.store.resources.add(
      aResource({ identifier: "https://slow.example", accessTokenLifetime: 3_600 }),
    );
    const first = await readFeed(server, lookout);
    assert.equal(first.token_lifetime, 3_600);
    assert.equal(first.since, server.clock.now() - 3_600 - 120);
    assert.equal((await readFeed(server, lookout, first.next)).since, undefined);
    server.clock.advance(10_000);
    const later = await readFeed(server, lookout, first.next.replace(/[0-9a-f]{12}/, "0".repeat(12)));
    assert.equal(
      later.since,
      server.clock.now() - 3_600 - 120,
      "what is older was forgotten by every reader",
    );
  });

  spec("I4-FEED", "tells thousands of endings page by page, each once, those of one second too", async () => {
    const now = server.clock.now();
    const jtis = Array.from({ length: 2_300 }, (_, index) => `jti-${index}`);
    const { next } = await readAll(server, lookout);
    await Promise.all(jtis.map((jti) => server.store.accessTokens.revoke(jti, now + 600, now)));
    const all = jtis.map((jti) => `token ${jti}`).toSorted();
    assert.deepEqual(told((await readAll(server, lookout, next)).events), all);
    assert.deepEqual(told((await readAll(server, lookout)).events), all);
  });

  spec(
    "I4-FEED",
    "tells of what another node dated back or ahead, for as long as clocks may differ",
    async () => {
      const { next } = await readAll(server, lookout);
      const now = server.clock.now();
      await server.store.accessTokens.revoke("slow", now + 600, now - 50);
      await server.store.accessTokens.revoke("ahead", now + 600, now + 50);
      await pause(2_100);
      assert.deepEqual(told((await readAll(server, lookout, next)).events), ["token ahead", "token slow"]);
    },
  );

  it("lets a reader wait 64 times, answers more of it at once, and other readers wait beside it", async () => {
    const { next } = await readAll(server, lookout);
    const other = await aLookout(server, mcp);
    let answered = 0;
    const waiting = Array.from({ length: 64 }, async () => {
      await readFeed(server, lookout, next, 20);
      answered += 1;
    });
    await pause(100);
    const from = performance.now();
    assert.deepEqual((await readFeed(server, lookout, next, 20)).events, []);
    assert.ok(performance.now() - from < 2_000);
    const beside = readFeed(server, other, next, 20).then(() => {
      answered += 1;
    });
    await pause(50);
    assert.equal(answered, 0);
    server.endWaits();
    await Promise.all([...waiting, beside]);
    assert.equal(answered, 65);
    assert.ok(performance.now() - from < 5_000);
    assert.deepEqual((await readFeed(server, lookout, next, 20)).events, [], "at once from now on");
  });

  it("leaves no step in the trace but of a refusal", async () => {
    const steps = server.audit.steps.length;
    await readFeed(server, lookout);
    assert.equal(server.audit.steps.length, steps);
    await askFeed(server, lookout, { wait: "x" });
    assert.equal(server.audit.steps.length, steps + 1);
  });

  it("says 503 when the store does not answer, to who waits too, and never that nothing ended", async () => {
    let isDown = false;
    const sqlite = await sqliteStore(":memory:");
    const store: Store = {
      ...sqlite,
      endings: {
        page: (...asked) =>
          isDown ? Promise.reject(new StoreUnavailable(new Error("away"))) : sqlite.endings.page(...asked),
      },
    };
    const shaky = await aServer({ store });
    const reader = await aLookout(shaky, mcp);
    const { next } = await readAll(shaky, reader);
    const waiting = askFeed(shaky, reader, { after: next, wait: "10" });
    await pause(50);
    isDown = true;
    assert.equal((await waiting).status, 503);
    assert.equal((await askFeed(shaky, reader, { after: next })).status, 503);
    isDown = false;
    assert.deepEqual((await readAll(shaky, reader, next)).events, []);
    await shaky.close();
  });
});
