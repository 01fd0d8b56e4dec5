import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { jsonType, reasonOf } from "./fixtures/fetched.ts";
import { httpsListener, localhostCertificate, tcpListener } from "./fixtures/listener.ts";
import { outbound } from "./outbound.ts";

describe("TLS of a fetch", () => {
  it("[CIMD-03 O21-AS-01] a certificate that nobody vouches for is refused, and no request is sent", async (t) => {
    let requests = 0;
    const { port, arrived } = await httpsListener(t, () => (requests += 1));
    const { fetchJson } = outbound({ allowLoopback: true });
    assert.equal(reasonOf(await fetchJson(`https://localhost:${port}/`)), "unreachable");
    assert.equal(arrived.connections, 1);
    assert.equal(requests, 0);
  });

  it("[CIMD-03] NODE_TLS_REJECT_UNAUTHORIZED=0 does not change that", async (t) => {
    let requests = 0;
    const { port } = await httpsListener(t, () => (requests += 1));
    const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
    t.after(() => {
      if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
    });
    const answer = await outbound({ allowLoopback: true }).fetchJson(`https://localhost:${port}/`);
    assert.equal(reasonOf(answer), "unreachable");
    assert.equal(requests, 0);
  });

  it("[CIMD-03 O21-AS-01] a trusted certificate for another name is refused, and no request is sent", async (t) => {
    let requests = 0;
    const { port, arrived } = await httpsListener(t, () => (requests += 1));
    const { fetchJson } = outbound({ allowLoopback: true, ca: localhostCertificate });
    assert.equal(reasonOf(await fetchJson(`https://127.0.0.1:${port}/`)), "unreachable");
    assert.equal(arrived.connections, 1);
    assert.equal(requests, 0);
  });

  it("a connection that closes during the handshake is unreachable at once", async (t) => {
    const { port } = await tcpListener(t, (socket) => socket.end());
    const { fetchJson } = outbound({ allowLoopback: true });
    assert.equal(reasonOf(await fetchJson(`https://localhost:${port}/`)), "unreachable");
  });

  it("[CIMD-04] control: trusted and rightly named, it is read; SNI and Host keep the name, not the address", async (t) => {
    const seen: unknown[] = [];
    const { port } = await httpsListener(t, (request, response) => {
      seen.push(request.headers.host, "servername" in request.socket && request.socket.servername);
      response.writeHead(200, jsonType).end("{}");
    });
    const { fetchJson } = outbound({
      allowLoopback: true,
      ca: localhostCertificate,
      resolver: async () => ["127.0.0.1"],
    });
    assert.equal(reasonOf(await fetchJson(`https://localhost:${port}/`)), "ok");
    assert.deepEqual(seen, [`localhost:${port}`, "localhost"]);
  });
});
