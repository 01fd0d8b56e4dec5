import assert from "node:assert/strict";
import { describe, type TestContext } from "node:test";
import { argon2Passwords } from "../adapters/passwords/argon2.ts";
import { ABrowser } from "../testing/a-browser.ts";
import { post } from "../testing/a-login.ts";
import { api, aServer, password } from "../testing/a-server.ts";
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
