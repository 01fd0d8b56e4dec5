import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { describe, it, mock } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { systemDialler } from "./connect.ts";
import { answering, fetched, fetchedRaw, jsonType, reasonOf } from "./fixtures/fetched.ts";
import { tcpListener } from "./fixtures/listener.ts";
import { outbound } from "./outbound.ts";

describe("how much a fetch reads", () => {
  const text = (octets: number) => JSON.stringify("x".repeat(octets - 2));

  it("[CIMD-04] 64 KiB by default and not an octet more", async (t) => {
    assert.equal(reasonOf((await fetched(t, answering(jsonType, text(65_536)))).answer), "ok");
    assert.equal(reasonOf((await fetched(t, answering(jsonType, text(65_537)))).answer), "too-large");
  });

  it("[CIMD-04] as much as its caller says, which wins over the adapter's cap", async (t) => {
    const options = { maxBytes: 10 };
    assert.equal(reasonOf((await fetched(t, answering(jsonType, text(10)), options)).answer), "ok");
    assert.equal(reasonOf((await fetched(t, answering(jsonType, text(11)), options)).answer), "too-large");
    assert.equal(
      reasonOf((await fetched(t, answering(jsonType, text(11)), options, { maxBytes: 11 })).answer),
      "ok",
    );
    assert.equal(
      reasonOf((await fetched(t, answering(jsonType, text(12)), options, { maxBytes: 11 })).answer),
      "too-large",
    );
  });

  it("[CIMD-04] an endless body is left soon after the cap", async (t) => {
    let written = 0;
    let left: () => void = () => {};
    const closed = new Promise<void>((resolve) => (left = resolve));
    const { answer } = await fetched(t, (_request, response) => {
      response.writeHead(200, jsonType);
      const pour = () => {
        while (!response.destroyed && response.write("x".repeat(16_384))) written += 16_384;
      };
      response.on("drain", pour).on("close", left);
      pour();
    });
    assert.equal(reasonOf(answer), "too-large");
    await closed;
    assert.ok(written < 16 * 1024 * 1024, `${written} octets were taken`);
  });

  it("[CIMD-04] endless headers are too large", async (t) => {
    const answer = await fetchedRaw(t, (socket) => {
      socket.write(`HTTP/1.1 200 OK\r\n${"x-filler: yes\r\n".repeat(2_000)}`);
    });
    assert.equal(reasonOf(answer), "too-large");
  });

  it("a body shorter than its Content-Length is not taken for whole", async (t) => {
    const answer = await fetchedRaw(t, (socket) => {
      socket.end("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{}");
    });
    assert.equal(reasonOf(answer), "unreachable");
  });

  it("what is not HTTP is malformed", async (t) => {
    const answer = await fetchedRaw(t, (socket) => socket.end("220 mail.example ESMTP\r\n"));
    assert.equal(reasonOf(answer), "malformed");
  });

  it("a connection that closes before its answer is unreachable", async (t) => {
    assert.equal(reasonOf(await fetchedRaw(t, (socket) => socket.end())), "unreachable");
    assert.equal(reasonOf(await fetchedRaw(t, (socket) => socket.resetAndDestroy())), "unreachable");
  });

  it("a port where nothing listens, a name that does not resolve and a name without address are unreachable", async () => {
    const nowhere = outbound({ allowLoopback: true });
    assert.equal(reasonOf(await nowhere.fetchJson("http://127.0.0.1:1/")), "unreachable");
    for (const resolver of [async () => [], () => Promise.reject(new Error("ENOTFOUND"))]) {
      assert.equal(
        reasonOf(await outbound({ resolver }).fetchJson("https://client.example/")),
        "unreachable",
      );
    }
  });
});

describe("how long a fetch lasts", () => {
  const head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
  const drip = (first: string, octet: string) => (socket: Socket) => {
    socket.write(first);
    const timer = setInterval(() => socket.write(octet), 20);
    socket.on("close", () => clearInterval(timer));
  };

  for (const { given, greet } of [
    { given: "a connection that stays silent", greet: () => {} },
    { given: "headers that come one by one", greet: drip(head, "x: y\r\n") },
    { given: "a body that comes octet by octet", greet: drip(`${head}\r\n`, " ") },
    { given: "interim answers without end", greet: drip("", "HTTP/1.1 103 Early Hints\r\n\r\n") },
  ]) {
    it(`[CIMD-04 MCP-AS-11] ${given}: until the deadline, and the connection is closed`, async (t) => {
      let closed = false;
      const began = performance.now();
      const answer = await fetchedRaw(
        t,
        (socket) => {
          socket.on("close", () => (closed = true));
          greet(socket);
        },
        { deadline: 0.25 },
      );
      assert.equal(reasonOf(answer), "timeout");
      assert.ok(performance.now() - began < 1_500);
      await sleep(60);
      assert.equal(closed, true);
    });
  }

  it("[CIMD-04 MCP-AS-11] a TLS handshake that never ends: until the deadline", async (t) => {
    const { port } = await tcpListener(t);
    const { fetchJson } = outbound({ allowLoopback: true, deadline: 0.2 });
    assert.equal(reasonOf(await fetchJson(`https://localhost:${port}/`)), "timeout");
  });

  it("[CIMD-04 MCP-AS-11] a name lookup that comes late opens no connection any more", async () => {
    let dialled = 0;
    const { fetchJson } = outbound({
      allowLoopback: true,
      deadline: 0.05,
      resolver: () => sleep(100, ["127.0.0.1"]),
      dial: (addresses, port) => {
        dialled += 1;
        return systemDialler(addresses, port);
      },
    });
    assert.equal(reasonOf(await fetchJson("http://localhost:1/")), "timeout");
    await sleep(120);
    assert.equal(dialled, 0);
  });

  it("[CIMD-04] five seconds by default", async (t) => {
    mock.timers.enable({ apis: ["setTimeout"] });
    t.after(() => mock.timers.reset());
    let reason = "pending";
    const never = new Promise<string[]>(() => {});
    const done = outbound({ resolver: () => never })
      .fetchJson("https://client.example/")
      .then((answer) => {
        reason = reasonOf(answer);
      });
    mock.timers.tick(4_999);
    await new Promise(setImmediate);
    assert.equal(reason, "pending");
    mock.timers.tick(1);
    await done;
    assert.equal(reason, "timeout");
  });

  for (const { given, options, most } of [
    { given: "sixty-four at once by default", options: {}, most: 64 },
    { given: "as many at once as the adapter is told", options: { maxConcurrent: 2 }, most: 2 },
  ]) {
    it(`[MCP-AS-11] ${given}, and again when they are done`, async () => {
      let release: (addresses: string[]) => void = () => {};
      const held = new Promise<string[]>((resolve) => (release = resolve));
      const { fetchJson } = outbound({ ...options, resolver: () => held });
      const underWay = Array.from({ length: most }, () => fetchJson("https://a.example/"));
      assert.equal(reasonOf(await fetchJson("https://b.example/")), "unreachable");
      release(["127.0.0.1"]);
      assert.deepEqual((await Promise.all(underWay)).map(reasonOf), Array(most).fill("address"));
      assert.equal(reasonOf(await fetchJson("https://b.example/")), "address");
    });
  }

  it("[MCP-AS-11] no more names looked up at once than that, those whose fetch gave up included", async () => {
    let lookups = 0;
    let release: (addresses: string[]) => void = () => {};
    const held = new Promise<string[]>((resolve) => (release = resolve));
    const resolver = () => {
      lookups += 1;
      return held;
    };
    const { fetchJson } = outbound({ maxConcurrent: 2, deadline: 0.02, resolver });
    for (let n = 0; n < 5; n++) await fetchJson(`https://slow-${n}.example/`);
    assert.equal(lookups, 2);
    release(["127.0.0.1"]);
    await new Promise(setImmediate);
    assert.equal(reasonOf(await fetchJson("https://b.example/")), "address");
  });
});
