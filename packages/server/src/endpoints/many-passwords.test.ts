import assert from "node:assert/strict";
import { describe, type TestContext } from "node:test";
import { serverBusy } from "@valetkey/protocol/errors";
import { argon2Passwords } from "../adapters/passwords/argon2.ts";
import { sqliteStore } from "../adapters/sqlite/store.ts";
import type { Passwords } from "../ports/passwords.ts";
import type { Store } from "../ports/store.ts";
import { ABrowser, type Visit } from "../testing/a-browser.ts";
import { post } from "../testing/a-login.ts";
import { api, aServer, password } from "../testing/a-server.ts";
import { ASignIn } from "../testing/a-sign-in.ts";
import { told } from "../testing/mailed.ts";
import { spec } from "../testing/spec.ts";

const email = "ada@example.com";

async function aSlowServer(t: TestContext) {
  const cost = { memory: 19_456, passes: 2, parallelism: 1 };
  const passwords = argon2Passwords({ cost, atOnce: 1, waiting: 5 });
  const limits = { sign_in: { limit: 1, window: 3600 } };
  const server = await aServer({ passwords, limits });
  t.after(() => server.close());
  await server.person({ passwordHash: await passwords.hash(password) });
  return server;
}

/** Where as many wait as can. */
const full: Passwords = {
  requireRoom() {
    throw serverBusy(5);
  },
  hash: () => assert.fail("It was let in."),
  verify: () => assert.fail("It was let in."),
};

/** A store, and the verbs that were asked of it. */
function watched(store: Store): { readonly store: Store; readonly read: string[] } {
  const read: string[] = [];
  const rooms = Object.entries(store).map(([room, verbs]) => {
    if (typeof verbs !== "object") return [room, verbs];
    const telling = Object.entries(verbs as Record<string, (...given: unknown[]) => unknown>).map(
      ([verb, does]) => {
        const told = (...given: unknown[]) => {
          read.push(`${room}.${verb}`);
          return does(...given);
        };
        return [verb, told];
      },
    );
    return [room, Object.fromEntries(telling)];
  });
  return { store: { ...store, ...Object.fromEntries(rooms) }, read };
}

describe("many passwords at once", () => {
  spec("I6-THROUGHPUT", "are turned away beyond what can wait, and those count as no guess", async (t) => {
    const server = await aSlowServer(t);
    const browsers = await Promise.all(
      Array.from({ length: 40 }, async (_, n) => {
        const browser = new ABrowser(server);
        return { browser, page: await browser.open("/account"), who: `a${n}@example.com` };
      }),
    );
    const visits = await Promise.all(
      browsers.map(({ browser, page, who }) => browser.submit(page, { email: who, password: "wrong" })),
    );
    const away = visits.flatMap(({ status }, n) => (status === 503 ? [n] : []));
    assert.equal(visits.filter(({ status }) => status === 400).length, 40 - away.length);
    assert.ok(away.length >= 30, `${away.length} were turned away`);
    for (const n of away) {
      assert.equal(visits[n]?.headers.get("retry-after"), "5");
      assert.match(visits[n]?.body ?? "", /Wait 5 seconds/);
    }
    // The limit is one: who was turned away may still guess, who was judged may not.
    const again = browsers[away[0] ?? -1];
    assert.ok(again);
    assert.equal((await again.browser.submit(again.page, { email: again.who, password: "x" })).status, 400);
    assert.equal((await again.browser.submit(again.page, { email: again.who, password: "x" })).status, 429);
  });

  for (const { given, send } of [
    {
      given: "a form",
      send: async (browser: ABrowser, page: Visit, who: string) =>
        await browser.submit(page, { email: who, password: "wrong" }, { accept: "text/html" }),
    },
    {
      given: "the interaction API",
      send: async (browser: ABrowser, page: Visit, who: string) => {
        const interaction = new URL(page.url).searchParams.get("interaction");
        const body = JSON.stringify({ interaction, action: "password", email: who, password: "wrong" });
        const headers = { "content-type": "application/json", accept: "application/json" };
        return await browser.open("/interaction/v1", { method: "POST", body, headers });
      },
    },
  ]) {
    spec("I6-THROUGHPUT", `cost nothing beyond what can wait, and tell nothing: ${given}`, async (t) => {
      const { store, read } = watched(await sqliteStore(":memory:"));
      const server = await aServer({ store, passwords: full });
      t.after(() => server.close());
      await server.person();
      const answers = [];
      for (const who of [email, "nobody@example.com"]) {
        const browser = new ABrowser(server);
        const page = await browser.open("/account");
        read.length = 0;
        const answer = await send(browser, page, who);
        assert.deepEqual([answer.status, answer.headers.get("retry-after"), read], [503, "5", []]);
        answers.push(told(answer, who));
      }
      assert.deepEqual(answers[0], answers[1]);
      // Whoever signs in by another way is not turned away.
      const signIn = await ASignIn.begin(server, "/account");
      assert.equal((await signIn.act("email", { email })).step, "email-code");
    });
  }

  spec("I6-THROUGHPUT", "keep no token waiting", async (t) => {
    const server = await aSlowServer(t);
    const client = await server.client({
      grantTypes: ["client_credentials"],
      authMethods: ["client_secret_post"],
      scope: ["inference:read"],
    });
    const browser = new ABrowser(server);
    const page = await browser.open("/account");
    let isJudged = false;
    const judged = browser.submit(page, { email, password }).then(() => {
      isJudged = true;
    });
    const form = { grant_type: "client_credentials", resource: api, scope: "inference:read" };
    const { status } = await post(server, "/token", {
      ...form,
      client_id: client.id,
      client_secret: client.secret,
    });
    assert.deepEqual([status, isJudged], [200, false]);
    await judged;
  });
});
