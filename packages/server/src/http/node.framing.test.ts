import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { anEdge, told } from "../testing/an-edge.ts";
import { RawConnection } from "../testing/raw-connection.ts";
import { spec } from "../testing/spec.ts";

describe("where the node edge sees a request begin and end", () => {
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
});
