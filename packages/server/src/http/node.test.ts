import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { anEdge, echo, told } from "../testing/an-edge.ts";
import { answersIn, RawConnection } from "../testing/raw-connection.ts";
import { spec } from "../testing/spec.ts";

describe("the node edge", () => {
  for (const { method, status } of [
    { method: "HEAD", status: 200 },
    { method: "GET", status: 204 },
  ]) {
    it(`states no length that it does not know (RFC 9110 §8.6): ${method} answered ${status}`, async () => {
      const bare = { status, headers: {}, body: "" };
      const { port } = await anEdge({}, () => bare);
      const [answer] = await RawConnection.exchange(
        port,
        `${method} / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
      );
      assert.equal(answer?.status, status);
      assert.equal(answer?.headers["content-length"], undefined);
      assert.equal(answer?.headers["transfer-encoding"], undefined);
    });
  }

  it("ends the connection of CONNECT without an answer: it is no tunnel", async () => {
    const { port, seen } = await anEdge();
    const connection = await RawConnection.open(port);
    connection.say("CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: a\r\n\r\n");
    assert.equal(await connection.toEnd(), "");
    assert.deepEqual(seen, []);
  });

  for (const protocol of ["websocket", "h2c", "TLS/1.0"]) {
    it(`answers in HTTP/1.1 who asks to change to ${protocol}`, async () => {
      const { port } = await anEdge();
      const connection = await RawConnection.open(port);
      connection.say(`GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: ${protocol}\r\n\r\n`);
      const [answer] = answersIn(await connection.until(/\{.*\}/));
      connection.drop();
      assert.equal(answer?.status, 200);
    });
  }

  for (const { given, lines, name, value } of [
    { given: "that came once", lines: ["Authorization: Basic a"], name: "authorization", value: "Basic a" },
    { given: "that never came", lines: ["X: a"], name: "authorization", value: undefined },
    {
      given: "that came twice",
      lines: ["Authorization: Basic a", "authorization: Basic b"],
      name: "authorization",
      value: "Basic a, Basic b",
    },
    {
      given: "of which Node keeps the first alone",
      lines: ["Content-Type: a/b", "Content-Type: c/d"],
      name: "content-type",
      value: "a/b, c/d",
    },
    { given: "of crumbs", lines: ["Cookie: a=b", "Cookie: c=d"], name: "cookie", value: "a=b; c=d" },
    { given: "beside one that came twice", lines: ["X: a", "X: b", "Y: c"], name: "y", value: "c" },
    {
      given: "beside one named like the prototype",
      lines: ["__proto__: a", "Y: c"],
      name: "y",
      value: "c",
    },
  ]) {
    it(`tells a header ${given} whole: ${value}`, async () => {
      const { port, seen } = await anEdge();
      const text = `GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${lines.join("\r\n")}\r\n\r\n`;
      await RawConnection.exchange(port, text);
      assert.deepEqual(
        seen.map(({ header }) => header(name)),
        [value],
      );
    });
  }

  it("answers requests that come together in their order, and keeps the connection", async () => {
    const gate = Promise.withResolvers<void>();
    const { port } = await anEdge({}, async (request) => {
      if (request.path === "/1") await gate.promise;
      if (request.path === "/2") gate.resolve();
      return echo(request);
    });
    const connection = await RawConnection.open(port);
    connection.say("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
    await connection.until(/"\/2"/);
    connection.say("GET /3 HTTP/1.1\r\nHost: a\r\n\r\n");
    const answers = answersIn(await connection.until(/"\/3"/));
    connection.drop();
    assert.deepEqual(
      answers.map((answer) => told(answer).path),
      ["/1", "/2", "/3"],
    );
  });

  spec(
    "I2-HEADERS",
    "a header that would break out of its line ends the connection and is told to the operator",
    async () => {
      for (const value of ["a\r\nSet-Cookie: b=c", "a\nb", "a\0b", "a\u0100"]) {
        const { port, audit } = await anEdge({}, () => ({
          status: 303,
          headers: { location: value },
          body: "",
        }));
        const connection = await RawConnection.open(port);
        connection.say("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        assert.equal(await connection.toEnd(), "");
        assert.equal(audit.failures.length, 1);
      }
    },
  );

  spec(
    "I2-HEALTH",
    "closing finishes the request under way, takes no other on its connection and no new connection",
    async () => {
      const began = Promise.withResolvers<void>();
      const gate = Promise.withResolvers<void>();
      const { port, close, seen } = await anEdge({}, async (request) => {
        began.resolve();
        await gate.promise;
        return echo(request);
      });
      const idle = await RawConnection.open(port);
      const busy = await RawConnection.open(port);
      busy.say("POST /busy HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nok");
      await began.promise;
      const closed = close(60_000);
      await idle.toEnd();
      const late = await RawConnection.open(port);
      assert.equal(await late.toEnd(), "");
      gate.resolve();
      const [answer, ...others] = answersIn(await busy.toEnd());
      assert.equal(told(answer).body, "ok");
      assert.equal(answer?.headers.connection, "close");
      assert.deepEqual(others, []);
      await closed;
      assert.deepEqual(
        seen.map(({ path }) => path),
        ["/busy"],
      );
    },
  );

  spec("I2-HEALTH", "closing waits no longer than its patience for a request that does not end", async () => {
    const began = Promise.withResolvers<void>();
    const { port, close } = await anEdge({}, () => {
      began.resolve();
      return new Promise<never>(() => {});
    });
    const busy = await RawConnection.open(port);
    busy.say("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    await began.promise;
    await close(50);
    assert.equal(await busy.toEnd(), "");
  });
});
