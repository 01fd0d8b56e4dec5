import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { answersIn, type RawAnswer, RawConnection } from "../testing/raw-connection.ts";
import { RecordedAudit } from "../testing/recorded-audit.ts";
import { spec } from "../testing/spec.ts";
import type { HttpRequest, HttpResponse } from "./message.ts";
import { type Listener, type ListenOptions, listen } from "./node.ts";

type Seen = Pick<HttpRequest, "method" | "path" | "query" | "body"> & { readonly host: string | undefined };

/** A listener whose core tells what it was given. */
async function anEdge(
  options: Partial<ListenOptions> = {},
  handle: (request: HttpRequest) => Promise<HttpResponse> | HttpResponse = echo,
) {
  const audit = new RecordedAudit();
  const seen: HttpRequest[] = [];
  const listener = await listen(
    async (request) => {
      seen.push(request);
      return await handle(request);
    },
    audit,
    { host: "127.0.0.1", port: 0, trustedProxies: [], ...options },
  );
  open.push(listener);
  return { ...listener, audit, seen };
}

const open: Listener[] = [];

function echo({ method, path, query, body, header }: HttpRequest): HttpResponse {
  const seen: Seen = { method, path, query, body, host: header("host") };
  return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(seen) };
}

const told = (answer: RawAnswer | undefined): Seen => JSON.parse(answer?.body ?? "null");
const statuses = (answers: readonly RawAnswer[]) => answers.map(({ status }) => status);

describe("the node edge", () => {
  after(async () => {
    for (const listener of open) await listener.close(0);
  });

  spec("O21-AS-03", "a request line of 8,000 octets arrives whole", async () => {
    const { port } = await anEdge();
    const query = "a".repeat(8_000 - "GET /? HTTP/1.1".length);
    const [answer] = await RawConnection.exchange(
      port,
      `GET /?${query} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
    );
    assert.equal(told(answer).query, query);
  });

  for (const { given, head } of [
    { given: "a request line of 40 kB", head: `GET /${"a".repeat(40_000)} HTTP/1.1\r\nHost: a\r\n` },
    { given: "a header of 40 kB", head: `GET / HTTP/1.1\r\nHost: a\r\nX: ${"a".repeat(40_000)}\r\n` },
    { given: "40 kB of small headers", head: `GET / HTTP/1.1\r\nHost: a\r\n${"X: aaaa\r\n".repeat(4_500)}` },
  ]) {
    spec("I2-SIZE", `${given} is answered 431 and the connection ends`, async () => {
      const { port, seen } = await anEdge();
      assert.deepEqual(statuses(await RawConnection.exchange(port, `${head}\r\n`)), [431]);
      assert.deepEqual(seen, []);
    });
  }

  spec("I2-SIZE", "a body of exactly 64 KiB is read", async () => {
    const { port } = await anEdge();
    const head = "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 65536\r\n\r\n";
    const [answer] = await RawConnection.exchange(port, head + "a".repeat(65_536));
    assert.equal(told(answer).body.length, 65_536);
  });

  for (const { given, framing } of [
    { given: "announced", framing: `Content-Length: 65537\r\n\r\n${"a".repeat(65_537)}` },
    { given: "announced and never sent", framing: "Content-Length: 99999999\r\n\r\n" },
    {
      given: "in one chunk",
      framing: `Transfer-Encoding: chunked\r\n\r\n10001\r\n${"a".repeat(65_537)}\r\n0\r\n\r\n`,
    },
  ]) {
    spec("I2-SIZE", `a larger body, ${given}, is answered 413 and the connection ends`, async () => {
      const { port, seen, audit } = await anEdge();
      const answers = await RawConnection.exchange(port, `POST / HTTP/1.1\r\nHost: a\r\n${framing}`);
      assert.deepEqual(statuses(answers), [413]);
      assert.equal(answers[0]?.headers.connection, "close");
      assert.deepEqual(seen, []);
      assert.deepEqual(audit.failures, []);
    });
  }

  for (const method of ["POST", "GET", "PUT"]) {
    spec("I2-SIZE", `a body of chunks without end ends the connection (${method})`, async () => {
      const { port, audit } = await anEdge({ timeouts: { headers: 300, request: 300, check: 50 } });
      const connection = await RawConnection.open(port);
      connection.say(`${method} / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n`);
      const pouring = setInterval(() => connection.say(`400\r\n${"a".repeat(1_024)}\r\n`), 1);
      await connection.toEnd().finally(() => clearInterval(pouring));
      assert.deepEqual(audit.failures, []);
    });
  }

  for (const { given, text } of [
    { given: "nothing at all", text: "" },
    { given: "half a request line", text: "GET /aut" },
    { given: "headers that do not end", text: "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n" },
    { given: "half a body", text: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\naaa" },
    {
      given: "half a chunk",
      text: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\naa",
    },
  ]) {
    it(`ends the connection of a sender who says ${given} and stalls, and tells the operator no error`, async () => {
      const { port, seen, audit } = await anEdge({ timeouts: { headers: 200, request: 200, check: 40 } });
      const connection = await RawConnection.open(port);
      connection.say(text);
      assert.deepEqual(statuses(answersIn(await connection.toEnd())), [408]);
      assert.deepEqual(seen, []);
      assert.deepEqual(audit.failures, []);
    });
  }

  it("ends the connection of a sender who drips, however often something comes", async () => {
    const { port, seen } = await anEdge({ timeouts: { headers: 300, request: 300, check: 40 } });
    for (const head of [
      "GET / HTTP/1.1\r\nHost: a\r\n",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999\r\n\r\n",
    ]) {
      const connection = await RawConnection.open(port);
      connection.say(head);
      const dripping = setInterval(() => connection.say("x"), 10);
      await connection.toEnd().finally(() => clearInterval(dripping));
    }
    assert.deepEqual(seen, []);
  });

  it("tells the operator no error when a sender leaves in the middle of its body", async () => {
    const { port, seen, audit, close } = await anEdge();
    const connection = await RawConnection.open(port);
    connection.say("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\naaa");
    await connection.until(/100 Continue/);
    connection.drop();
    await close();
    assert.deepEqual(seen, []);
    assert.deepEqual(audit.failures, []);
  });

  const post = "POST /outer HTTP/1.1\r\nHost: a\r\n";
  const inner = "GET /inner HTTP/1.1\r\nHost: a\r\n\r\n";
  for (const { given, text } of [
    {
      given: "Content-Length and Transfer-Encoding",
      text: `${post}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
    },
    {
      given: "Transfer-Encoding and Content-Length",
      text: `${post}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n${inner}`,
    },
    { given: "two lengths", text: `${post}Content-Length: 4\r\nContent-Length: 0\r\n\r\n${inner}` },
    { given: "two lengths in one line", text: `${post}Content-Length: 0, 4\r\n\r\n${inner}` },
    { given: "a signed length", text: `${post}Content-Length: +0\r\n\r\n${inner}` },
    { given: "a negative length", text: `${post}Content-Length: -1\r\n\r\n${inner}` },
    { given: "a hexadecimal length", text: `${post}Content-Length: 0x0\r\n\r\n${inner}` },
    { given: "an empty length", text: `${post}Content-Length: \r\n\r\n${inner}` },
    { given: "an unknown coding", text: `${post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${inner}` },
    {
      given: "a coding behind chunked",
      text: `${post}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${inner}`,
    },
    {
      given: "two codings in two lines",
      text: `${post}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${inner}`,
    },
    {
      given: "a blank before the colon",
      text: `${post}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${inner}`,
    },
    { given: "a folded header", text: `${post}Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n${inner}` },
    { given: "bare line feeds", text: `POST /outer HTTP/1.1\nHost: a\nContent-Length: 0\n\n${inner}` },
    { given: "a bare carriage return", text: `${post}X: a\rContent-Length: 0\r\n\r\n${inner}` },
    { given: "a NUL in a header", text: `${post}X: a\0b\r\n\r\n${inner}` },
    {
      given: "a chunk size that is no number",
      text: `${post}Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n0\r\n\r\n${inner}`,
    },
    {
      given: "a chunk longer than its size",
      text: `${post}Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n${inner}`,
    },
    {
      given: "a chunk ended by a bare line feed",
      text: `${post}Transfer-Encoding: chunked\r\n\r\n1\na\r\n0\r\n\r\n${inner}`,
    },
    { given: "a NUL in the request line", text: `GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n${inner}` },
    { given: "a blank in the target", text: `GET /a b HTTP/1.1\r\nHost: a\r\n\r\n${inner}` },
    { given: "a TLS greeting", text: "\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03" },
    { given: "the preface of HTTP/2", text: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" },
    { given: "HTTP/1.1 without Host", text: `GET / HTTP/1.1\r\n\r\n` },
    { given: "two Hosts", text: `GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n` },
    { given: "the same Host twice", text: `GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n` },
  ]) {
    spec("I2-HEADERS", `${given}: refused, nothing smuggled in, the connection ends`, async () => {
      const { port, seen, audit } = await anEdge();
      const [first, ...others] = await RawConnection.exchange(port, text);
      assert.equal(first?.status, 400);
      assert.deepEqual(others, []);
      assert.deepEqual(
        seen.filter(({ path, body }) => path !== "/outer" || body !== ""),
        [],
      );
      assert.deepEqual(audit.failures, []);
    });
  }

  it("reads the body of a GET as the body of a GET and not as the next request", async () => {
    const { port, seen } = await anEdge();
    const text = `GET /outer HTTP/1.1\r\nHost: a\r\nContent-Length: ${inner.length}\r\n\r\n${inner}`;
    const last = "GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    await RawConnection.exchange(port, text + last);
    assert.deepEqual(
      seen.map(({ path }) => path),
      ["/outer", "/last"],
    );
  });

  for (const { target, path, query, host } of [
    { target: "/a?b=c", path: "/a", query: "b=c", host: "own" },
    { target: "/a?b?c", path: "/a", query: "b?c", host: "own" },
    { target: "//a", path: "//a", query: "", host: "own" },
    { target: "/%61", path: "/%61", query: "", host: "own" },
    { target: "/a/../b", path: "/a/../b", query: "", host: "own" },
    { target: "http://own/a?b=c", path: "/a", query: "b=c", host: "own" },
    { target: "HTTPS://other/a", path: "/a", query: "", host: "other" },
    { target: "http://other", path: "/", query: "", host: "other" },
    { target: "http://other?b", path: "/", query: "b", host: "other" },
    { target: "http://own@other/a", path: "/a", query: "", host: "own@other" },
    { target: "http:///a", path: "/a", query: "", host: "" },
  ]) {
    spec("I2-FORWARDED", `the target ${target} is the path ${path} at ${host || "no host"}`, async () => {
      const { port } = await anEdge();
      const [answer] = await RawConnection.exchange(
        port,
        `GET ${target} HTTP/1.1\r\nHost: own\r\nConnection: close\r\n\r\n`,
      );
      const { path: foundPath, query: foundQuery, host: foundHost } = told(answer);
      assert.deepEqual({ path: foundPath, query: foundQuery, host: foundHost }, { path, query, host });
    });
  }

  for (const version of ["", " HTTP/1.0"]) {
    spec("I2-FORWARDED", `a request of old without Host (GET /${version}) names no host`, async () => {
      const { port, seen } = await anEdge();
      const connection = await RawConnection.open(port);
      connection.say(`GET /${version}\r\n\r\n`);
      await connection.toEnd();
      assert.deepEqual(
        seen.map(({ header }) => header("host")),
        [undefined],
      );
    });
  }

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
