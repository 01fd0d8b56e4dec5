import assert from "node:assert/strict";
import { Agent, request } from "node:http";
import { describe, it } from "node:test";
import { aGateway, rulesOf } from "./testing/a-gateway.ts";

const first = "rules: [{ methods: [GET], path: /x, scopes: [all] }]\n";
const second = `${first}budgets: { caller: { window: 1h, requests: 1000000 } }
limits: { counters: 1 }
`;

describe("new rules", () => {
  it("come into force without a lost request, while requests pour in and streams are under way", async (t) => {
    const { resource, token, handler } = await aGateway(
      t,
      (_incoming, outgoing) => {
        outgoing.write("a");
        setTimeout(() => outgoing.end("b"), 20);
      },
      { rules: rulesOf(first) },
    );
    const authorization = `Bearer ${await token()}`;
    const agent = new Agent({ keepAlive: true, maxSockets: 16 });
    const call = () =>
      new Promise<string>((resolve, reject) => {
        request(`${resource}/x`, { agent, headers: { authorization } }, (answer) => {
          let text = `${answer.statusCode} `;
          answer.on("data", (chunk) => {
            text += String(chunk);
          });
          answer.on("end", () => resolve(text));
          answer.on("error", reject);
        })
          .on("error", reject)
          .end();
      });
    let replaced = 0;
    const replacing = setInterval(() => handler.replace(rulesOf(replaced++ % 2 === 0 ? second : first)), 3);
    const answers: string[] = [];
    await Promise.all(
      Array.from({ length: 16 }, async () => {
        for (let i = 0; i < 25; i++) answers.push(await call());
      }),
    );
    clearInterval(replacing);
    agent.destroy();
    assert.ok(replaced > 10);
    assert.equal(answers.length, 400);
    assert.deepEqual(new Set(answers), new Set(["200 ab"]));
  });

  it("change how many callers are counted each for themselves, and lose no count that binds", async (t) => {
    const counting = (counters: number) =>
      rulesOf(
        `${first}budgets: { caller: { window: 1h, requests: 2 } }\nlimits: { counters: ${counters} }\n`,
      );
    const { resource, token, handler } = await aGateway(t, (_incoming, outgoing) => void outgoing.end(), {
      rules: counting(1),
    });
    const call = async (sub: string) =>
      (await fetch(`${resource}/x`, { headers: { authorization: `Bearer ${await token("all", { sub })}` } }))
        .status;
    const statuses = async (...subjects: string[]) => {
      const all: number[] = [];
      for (const subject of subjects) all.push(await call(subject));
      return all;
    };
    assert.deepEqual(await statuses("ann", "bob", "cid", "dan"), [200, 200, 200, 429]);
    handler.replace(counting(4));
    assert.deepEqual(await statuses("dan", "eve", "ann", "ann"), [200, 200, 200, 429]);
    handler.replace(counting(2));
    assert.deepEqual(await statuses("fay", "dan", "dan", "eve"), [429, 200, 429, 200]);
  });

  it("hold from the next request on, and a request under way keeps those that it began with", async (t) => {
    let release: () => void = () => {};
    const { resource, token, handler } = await aGateway(
      t,
      (_incoming, outgoing) => {
        outgoing.write("a");
        release = () => void outgoing.end("b");
      },
      { rules: rulesOf(first) },
    );
    const headers = { authorization: `Bearer ${await token()}` };
    const underWay = await fetch(`${resource}/x`, { headers });
    handler.replace(rulesOf("rules: [{ methods: [GET], path: /y, scopes: [all] }]"));
    assert.equal((await fetch(`${resource}/x`, { headers })).status, 403);
    release();
    assert.equal(await underWay.text(), "ab");
  });
});
