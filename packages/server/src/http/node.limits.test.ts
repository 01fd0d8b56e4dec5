import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { anEdge, told } from "../testing/an-edge.ts";
import { answersIn, type RawAnswer, RawConnection } from "../testing/raw-connection.ts";
import { spec } from "../testing/spec.ts";

const statuses = (answers: readonly RawAnswer[]) => answers.map(({ status }) => status);

describe("how much and how slowly the node edge reads", () => {
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

  const chunks = `4000\r\n${"a".repeat(0x4000)}\r\n`.repeat(5);
  for (const { given, text } of [
    {
      given: "a body of chunks that is too large",
      text: `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`,
    },
    {
      given: "one large chunk",
      text: `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n10001\r\n${"a".repeat(65_537)}\r\n0\r\n\r\n`,
    },
    {
      given: "an announced body that is too large",
      text: `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\n${"a".repeat(65_537)}`,
    },
    { given: "two Hosts", text: "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" },
    {
      given: "two Hosts and a body",
      text: "POST / HTTP/1.1\r\nHost: a\r\nHost: b\r\nContent-Length: 2\r\n\r\naa",
    },
  ]) {
    for (const [how, next] of [
      ["without a body", "GET /next HTTP/1.1\r\nHost: a\r\n\r\n"],
      ["with one", "POST /next HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nbb"],
    ] as const) {
      // RFC 9112 §9.6: what stands behind a last answer gets none, so it must not take effect either.
      spec("I2-SIZE", `a request ${how} behind ${given} is not run`, async () => {
        const { port, seen, audit } = await anEdge();
        const answers = await RawConnection.exchange(port, text + next.repeat(3));
        assert.equal(answers.length, 1);
        assert.deepEqual(
          seen.map(({ path }) => path),
          [],
        );
        assert.deepEqual(audit.failures, []);
      });
    }
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
});
