import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { describe, it, type TestContext } from "node:test";
import { spec } from "../../testing/spec.ts";
import { StoppedClock } from "../../testing/stopped-clock.ts";
import { openBreaches } from "./open-breaches.ts";
import { rangeBreaches } from "./range.ts";

const leaked = "P@ssw0rd1234";
const digest = createHash("sha1").update(leaked).digest("hex").toUpperCase();
const [prefix, suffix] = [digest.slice(0, 5), digest.slice(5)];
const others = ["0018A45C4D1DEF81644B54AB7F969B88D65:3", "00D4F6E8FA6EECAD2A3AA415EEC418D38EC:0"];

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const listed: Answer = (_, response) => response.end([...others, `${suffix}:37`].join("\r\n"));

/** A real server with the form of the range API. */
async function aRange(t: TestContext, answer: Answer, timeout = 1_500) {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const clock = new StoppedClock(1_000);
  const warnings: string[] = [];
  const warn = (sentence: string) => warnings.push(sentence);
  const breaches = rangeBreaches({ url: `http://127.0.0.1:${port}/range/`, clock, warn, timeout });
  return { breaches, asked, clock, warnings };
}

describe("a password among the leaked ones", () => {
  spec("I6-PASSWORD", "is found, and only five digits of its SHA-1 leave, padded", async (t) => {
    const { breaches, asked } = await aRange(t, listed);
    assert.equal(await breaches.timesSeen(leaked), 37);
    assert.deepEqual(
      asked.map(({ method, url, headers }) => [method, url, headers["add-padding"]]),
      [["GET", `/range/${prefix}`, "true"]],
    );
    const sent = JSON.stringify([asked[0]?.url, asked[0]?.rawHeaders]);
    assert.ok(!sent.includes(suffix) && !sent.toLowerCase().includes("p@ss"));
  });

  it("is found as it will be kept: in one spelling", async (t) => {
    const { breaches } = await aRange(t, listed);
    assert.equal(await breaches.timesSeen("Ｐ@ssw0rd1234"), 37);
  });

  it("is not what padding or another stands for", async (t) => {
    const padded = await aRange(t, (_, response) =>
      response.end(`${others.join("\r\n")}\r\n${suffix}:0\r\n`),
    );
    assert.equal(await padded.breaches.timesSeen(leaked), 0);
    const without = await aRange(t, (_, response) => response.end(others.join("\r\n")));
    assert.equal(await without.breaches.timesSeen(leaked), 0);
  });

  it("is looked up once in ten minutes", async (t) => {
    const { breaches, asked, clock } = await aRange(t, listed);
    for (let count = 0; count < 3; count++) await breaches.timesSeen(leaked);
    clock.advance(599);
    assert.equal(await breaches.timesSeen(leaked), 37);
    assert.equal(asked.length, 1);
    clock.advance(1);
    assert.equal(await breaches.timesSeen(leaked), 37);
    assert.equal(asked.length, 2);
  });

  it("leaves no more than fifty ranges in memory", async (t) => {
    const { breaches, asked } = await aRange(t, (_, response) => response.end(others.join("\r\n")));
    for (let count = 0; count < 60; count++) await breaches.timesSeen(`password ${count}`);
    await breaches.timesSeen("password 59");
    assert.equal(asked.length, 60);
    await breaches.timesSeen("password 0");
    assert.equal(asked.length, 61);
  });

  it("is not looked for where the check is off", async () => {
    const off = openBreaches(null, new StoppedClock(1_000), assert.fail);
    assert.equal(await off.timesSeen(leaked), 0);
  });
});

describe("a password is unknown, and the operator is told without it, when the list", () => {
  for (const { given, answer, reason } of [
    {
      given: "answers an error",
      answer: (_, response) => response.writeHead(503).end(),
      reason: /status 503/,
    },
    {
      given: "is a page of somebody else",
      answer: (_, response) => response.end("<html>Sign in to this network</html>"),
      reason: /not a list/,
    },
    { given: "is empty", answer: (_, response) => response.end(""), reason: /not a list/ },
    {
      given: "leads elsewhere",
      answer: (request, response) => {
        if (request.url === "/elsewhere") response.end(others.join("\r\n"));
        else response.writeHead(302, { location: "/elsewhere" }).end();
      },
      reason: /./,
    },
    {
      given: "never ends",
      answer: (_, response) => {
        response.write(`${others[0]}\r\n`.repeat(20_000));
        response.end();
      },
      reason: /longer than/,
    },
    { given: "does not answer in time", answer: () => {}, reason: /timeout|aborted/i },
    { given: "breaks off", answer: (request) => request.socket.destroy(), reason: /./ },
  ] as { given: string; answer: Answer; reason: RegExp }[]) {
    it(given, async (t) => {
      const { breaches, warnings, clock } = await aRange(t, answer, 200);
      const begun = performance.now();
      assert.equal(await breaches.timesSeen(leaked), "unknown");
      assert.ok(performance.now() - begun < 1_500);
      assert.match(
        warnings[0] ?? "",
        /^New passwords are not looked up among the leaked ones: 127\.0\.0\.1:\d+: /,
      );
      assert.match(warnings[0] ?? "", reason);
      assert.ok(!warnings[0]?.includes(prefix) && !warnings[0]?.includes(leaked));
      await breaches.timesSeen(leaked);
      assert.equal(warnings.length, 1);
      clock.advance(60);
      await breaches.timesSeen(leaked);
      assert.equal(warnings.length, 2);
    });
  }
});
