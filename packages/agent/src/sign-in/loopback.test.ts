import assert from "node:assert/strict";
import { request } from "node:http";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { afterEach, beforeEach, describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { type Loopback, listenOnLoopback } from "./loopback.ts";

const state = "the-state-of-our-own-request";

describe("the loopback listener", () => {
  let loopback: Loopback;
  beforeEach(async () => {
    loopback = await listenOnLoopback({ path: "/callback" });
  });
  afterEach(() => loopback.close());

  /** Node's fetch sets Host by itself; here a page with a rebound name is played. */
  function asked(target: string, { method = "GET", host }: { method?: string; host?: string } = {}) {
    return new Promise<{ status: number | undefined; headers: Record<string, unknown>; body: string }>(
      (resolve, reject) => {
        const headers = host === undefined ? {} : { host };
        const sent = request(
          { host: "127.0.0.1", port: loopback.port, path: target, method, headers },
          (response) => {
            let body = "";
            response.setEncoding("utf8").on("data", (chunk: string) => {
              body += chunk;
            });
            response.on("end", () =>
              resolve({ status: response.statusCode, headers: response.headers, body }),
            );
          },
        );
        sent.once("error", reject).end();
      },
    );
  }

  it("[O21-C-08] takes the answer to our request, on 127.0.0.1 by its number", async () => {
    assert.match(loopback.redirectUri, /^http:\/\/127\.0\.0\.1:\d+\/callback$/);
    const answered = loopback.answered(state);
    const { status } = await asked(`/callback?code=abc&state=${state}&iss=x`);
    assert.equal(status, 200);
    assert.equal(await answered, `code=abc&state=${state}&iss=x`);
  });

  for (const { error, heading } of [
    { error: "access_denied", heading: "Access was refused" },
    { error: "server_error<b>", heading: "The sign-in did not succeed" },
  ]) {
    it(`says so after ${error}, and why the page may be closed`, async () => {
      const answered = loopback.answered(state);
      const { status, body } = await asked(
        `/callback?error=${error}&error_description=Do+this+now&state=${state}`,
      );
      await answered;
      assert.equal(status, 200);
      assert.match(body, new RegExp(`<h1>${heading}</h1>\n<p>Nothing was granted, .* close this page\\.`));
      assert.doesNotMatch(body, /<b>|Do this|_/);
    });
  }

  it("[O21-C-05] shows a page without script that redirects nowhere and loads nothing", async () => {
    const answered = loopback.answered(state);
    const { headers, body } = await asked(`/callback?code=abc&state=${state}`);
    await answered;
    assert.match(body, /You can close this page/);
    assert.doesNotMatch(body, /<script|http-equiv|https?:|abc/);
    assert.equal(headers.location, undefined);
    assert.match(String(headers["content-security-policy"]), /default-src 'none'.*frame-ancestors 'none'/);
    assert.deepEqual(
      [headers["referrer-policy"], headers["cache-control"], headers.connection],
      ["no-referrer", "no-store", "close"],
    );
  });

  const right = `/callback?code=abc&state=${state}`;
  for (const { given, target, method, host } of [
    { given: "another state", target: "/callback?code=evil&state=guessed" },
    { given: "no state", target: "/callback?code=evil" },
    { given: "two states", target: `${right}&state=other` },
    { given: "the beginning of the state", target: `/callback?code=evil&state=${state.slice(0, -1)}` },
    { given: "another path", target: `/?code=evil&state=${state}` },
    { given: "a path below", target: `/callback/x?code=evil&state=${state}` },
    { given: "a path that is only alike", target: `/callback%2f?code=evil&state=${state}` },
    { given: "another method", target: right, method: "POST" },
    { given: "a question before the request", target: right, method: "OPTIONS" },
    { given: "a name in the place of the address (DNS rebinding)", target: right, host: "evil.example" },
    { given: "localhost", target: right, host: "localhost:PORT" },
    { given: "another port in Host", target: right, host: "127.0.0.1:1" },
    { given: "a whole URL in the place of the path", target: `http://evil.example${right}` },
  ]) {
    it(`[O21-C-03] refuses ${given} and goes on waiting`, async () => {
      const answered = loopback.answered(state);
      const named = host?.replace("PORT", String(loopback.port));
      const refused = await asked(target, { ...(method && { method }), ...(named && { host: named }) });
      assert.ok(refused.status === 400 || refused.status === 404, String(refused.status));
      assert.doesNotMatch(refused.body, /evil/);
      assert.equal(await Promise.race([answered, pause(20, "waiting")]), "waiting");
      await asked(right);
      assert.match(await answered, /code=abc/);
    });
  }

  it("takes one answer, and none after it", async () => {
    const answered = loopback.answered(state);
    await asked(right);
    assert.match(await answered, /code=abc/);
    assert.equal((await asked(`/callback?code=second&state=${state}`)).status, 400);
  });

  it("takes nothing before the question was asked", async () => {
    assert.equal((await asked(right)).status, 400);
  });

  it("[O21-C-08] is gone when it is closed, with callers that hang on", async () => {
    const hanging = connect(loopback.port, "127.0.0.1");
    await new Promise((resolve) => hanging.once("connect", resolve));
    const ended = new Promise((resolve) => hanging.once("close", resolve));
    hanging.on("error", () => undefined);
    await loopback.close();
    await ended;
    await assert.rejects(asked(right), { code: "ECONNREFUSED" });
  });

  it("[O21-C-08] listens on no other address of the machine", async (context) => {
    const others = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ internal, family }) => !internal && family === "IPv4");
    context.diagnostic(`${others.length} other addresses`);
    for (const { address } of [...others, { address: "127.0.0.2" }]) {
      const refused = await new Promise((resolve) => {
        const socket = connect({ port: loopback.port, host: address, timeout: 2_000 });
        socket.once("connect", () => resolve(false)).once("error", () => resolve(true));
        socket.once("timeout", () => resolve(true));
        socket.once("close", () => socket.destroy());
      });
      assert.equal(refused, true, address);
    }
  });

  it("takes the port that was registered, and another where somebody listens there", async () => {
    const second = await listenOnLoopback({ path: "/callback", port: loopback.port });
    assert.notEqual(second.port, loopback.port);
    const { port } = second;
    await second.close();
    const third = await listenOnLoopback({ path: "/callback", port });
    assert.equal(third.port, port);
    await third.close();
  });
});
