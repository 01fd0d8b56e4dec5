import assert from "node:assert/strict";
import { createServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { describe, it, type TestContext } from "node:test";
import { anAuthority } from "./testing/a-certificate.ts";
import { aGateway, openRules, rulesOf } from "./testing/a-gateway.ts";
import { RawSocket } from "./testing/raw.ts";

const authority = anAuthority("ours");
const usual = rulesOf(openRules);
const nothing = () => {};

/** A server that speaks TLS by a certificate of the authority. */
async function aSecureServer(t: TestContext, about = authority.forAddress("127.0.0.1")): Promise<string> {
  const server = createServer(about, (incoming, outgoing) => void outgoing.end(`secure ${incoming.url}`));
  server.on("upgrade", (_incoming, socket) => {
    socket.on("error", nothing);
    socket.write("HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nhello");
  });
  server.on("tlsClientError", nothing);
  await new Promise<void>((go) => server.listen(0, "127.0.0.1", go));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("an upstream by https", () => {
  it("is reached where the given authority signed its certificate, WebSockets too", async (t) => {
    const upstream = await aSecureServer(t);
    const { resource, port, token } = await aGateway(t, nothing, { upstream, ca: authority.certificate });
    const bearer = await token();
    const headers = { authorization: `Bearer ${bearer}` };
    for (const path of ["/a", "/b"])
      assert.equal(await (await fetch(`${resource}${path}`, { headers })).text(), `secure ${path}`);
    const client = new RawSocket(port);
    client.say(
      `GET /api/x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: a\r\nAuthorization: Bearer ${bearer}\r\n\r\n`,
    );
    await client.until(/hello$/);
    client.socket.destroy();
  });

  for (const { given, ca, about } of [
    { given: "nobody known signed it", ca: undefined, about: undefined },
    {
      given: "another authority of the same name signed it",
      ca: anAuthority("ours").certificate,
      about: undefined,
    },
    {
      given: "it is for another address",
      ca: authority.certificate,
      about: authority.forAddress("127.0.0.2"),
    },
  ]) {
    it(`is sent nothing where ${given}: 502, and the log says why`, async (t) => {
      const upstream = await aSecureServer(t, about);
      const { resource, token, refusals } = await aGateway(t, nothing, { upstream, ...(ca && { ca }) });
      const answer = await fetch(`${resource}/a`, { headers: { authorization: `Bearer ${await token()}` } });
      assert.equal(answer.status, 502);
      assert.doesNotMatch(await answer.text(), /certificate|127\.0\.0/);
      assert.equal(refusals[0]?.refusal, "upstream.down");
      assert.match(refusals[0]?.fact ?? "", /certificate|altnames/);
    });
  }

  it("that takes the connection and never answers the handshake is given up in the time to connect", async (t) => {
    const silent = createTcpServer((socket) => void socket.on("error", nothing).on("data", nothing));
    await new Promise<void>((go) => silent.listen(0, "127.0.0.1", go));
    t.after(() => void silent.close());
    const upstream = `https://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const { resource, token, refusals } = await aGateway(t, nothing, {
      upstream,
      rules: { ...usual, timeouts: { connect: 0.2, headers: 30, idle: 30 } },
    });
    const begun = performance.now();
    const answer = await fetch(`${resource}/a`, { headers: { authorization: `Bearer ${await token()}` } });
    assert.equal(answer.status, 504);
    assert.deepEqual([refusals[0]?.refusal, refusals[0]?.fact], ["upstream.slow", "connect"]);
    assert.ok(performance.now() - begun < 20_000);
  });

  it("may take its time for an answer once the handshake is done", async (t) => {
    const server = createServer(authority.forAddress("127.0.0.1"), (_incoming, outgoing) => {
      setTimeout(() => outgoing.end("late"), 700);
    });
    await new Promise<void>((go) => server.listen(0, "127.0.0.1", go));
    t.after(() => {
      server.closeAllConnections();
      server.close();
    });
    const { resource, token } = await aGateway(t, nothing, {
      upstream: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
      ca: authority.certificate,
      rules: { ...usual, timeouts: { connect: 0.5, headers: 30, idle: 30 } },
    });
    const answer = await fetch(`${resource}/a`, { headers: { authorization: `Bearer ${await token()}` } });
    assert.equal(await answer.text(), "late");
  });
});
