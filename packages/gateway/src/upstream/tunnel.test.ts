import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { describe, it } from "node:test";
import { aGateway, type Ends, openRules, rulesOf } from "./testing/a-gateway.ts";
import { RawSocket } from "./testing/raw.ts";

interface EchoUpstream {
  readonly url: string;
  readonly seen: IncomingMessage[];
  readonly open: Set<Duplex>;
}

/** RFC 6455 §4.2.2: agrees to every WebSocket and says back what it hears; answers a plain 200 below /plain. */
async function anEcho(ends: Ends): Promise<EchoUpstream> {
  const seen: IncomingMessage[] = [];
  const open = new Set<Duplex>();
  const server = createServer((_incoming, outgoing) => void outgoing.end("plain"));
  server.on("upgrade", (incoming, socket, head) => {
    seen.push(incoming);
    socket.on("error", () => {});
    if (incoming.url?.endsWith("/plain")) {
      socket.end(`HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n${"x".repeat(200_000)}`);
      return;
    }
    open.add(socket);
    socket.once("close", () => open.delete(socket));
    const key = `${incoming.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash("sha1").update(key).digest("base64");
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: ${accept}\r\nSet-Cookie: a=b\r\n\r\nhello `,
    );
    if (head.length > 0) socket.write(head);
    socket.pipe(socket);
  });
  await new Promise<void>((go) => server.listen(0, "127.0.0.1", go));
  ends.after(() => {
    for (const socket of open) socket.destroy();
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, seen, open };
}

const handshake = (path: string, token: string, more = "") =>
  `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${token === "" ? "" : `Authorization: Bearer ${token}\r\n`}${more}\r\n`;

const none = () => {};

describe("WebSockets", () => {
  it("pass both ways once the token was checked, first words included", async (t) => {
    const echo = await anEcho(t);
    const { port, token, usages, handler } = await aGateway(t, none, { upstream: echo.url });
    const client = new RawSocket(port);
    const bearer = await token();
    client.say(`${handshake("/api/live?x=1", bearer, "Cookie: c=d\r\nOrigin: https://p.example\r\n")}early `);
    const heard = await client.until(/hello early $/);
    assert.match(heard, /^HTTP\/1\.1 101 /);
    assert.match(heard, /sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=/i);
    assert.doesNotMatch(heard, /set-cookie/i);
    client.say("and more");
    await client.until(/hello early and more$/);
    const [{ url, headers } = { url: "", headers: {} }] = echo.seen;
    assert.equal(url, "/v1/live?x=1");
    assert.equal(headers.connection, "Upgrade");
    for (const name of ["authorization", "cookie", "origin"] as const) assert.equal(headers[name], undefined);
    assert.equal(usages[0]?.status, 101);
    assert.equal(handler.usage().callers.get("account-1")?.requests, 1);
    client.socket.end();
    await client.closed();
    for (let i = 0; i < 500 && echo.open.size > 0; i++) await new Promise((go) => setTimeout(go, 5));
    assert.equal(echo.open.size, 0);
  });

  it("pass a megabyte each way, octet for octet", async (t) => {
    const echo = await anEcho(t);
    const { port, token } = await aGateway(t, none, { upstream: echo.url });
    const client = new RawSocket(port);
    client.say(handshake("/api/live", await token()));
    await client.until(/hello $/);
    const start = client.heard.length;
    const text = "0123456789abcdef".repeat(65_536);
    client.say(text);
    for (let i = 0; i < 2_000 && client.heard.length < start + text.length; i++) {
      await new Promise((go) => setTimeout(go, 5));
    }
    assert.ok(client.heard.slice(start) === text);
    client.socket.destroy();
  });

  for (const { given, path = "/api/live", scope = "all", withToken = true, status } of [
    { given: "without a token", withToken: false, status: 401 },
    { given: "without the scope", scope: "other", status: 403 },
    { given: "where only GET is permitted", path: "/api/get", status: 403 },
    { given: "on a path with two readings", path: "/api//live", status: 400 },
  ]) {
    it(`are not opened ${given}: ${status}`, async (t) => {
      const echo = await anEcho(t);
      const { port, token } = await aGateway(t, none, {
        upstream: echo.url,
        rules: rulesOf(`
rules:
  - { methods: [WEBSOCKET], path: /live, scopes: [all] }
  - { methods: [GET], path: /get, scopes: [all] }
`),
      });
      const client = new RawSocket(port);
      client.say(handshake(path, withToken ? await token(scope) : ""));
      await client.closed();
      assert.match(client.heard, new RegExp(`^HTTP/1\\.1 ${status} `));
      if (status === 401) assert.match(client.heard, /www-authenticate: Bearer/i);
      assert.equal(echo.seen.length, 0);
    });
  }

  it("that the upstream does not open give its plain answer, whole", async (t) => {
    const echo = await anEcho(t);
    const { port, token } = await aGateway(t, none, { upstream: echo.url });
    const client = new RawSocket(port);
    client.say(handshake("/api/plain", await token()));
    await client.closed();
    assert.match(client.heard, /^HTTP\/1\.1 200 OK/);
    assert.ok(client.heard.endsWith("x".repeat(200_000)));
  });

  it("to an upstream that is down give 502", async (t) => {
    const { port, token } = await aGateway(t, none, { upstream: "http://127.0.0.1:1/" });
    const client = new RawSocket(port);
    client.say(handshake("/api/live", await token()));
    await client.closed();
    assert.match(client.heard, /^HTTP\/1\.1 502 /);
  });

  it("are all that can be upgraded to", async (t) => {
    const echo = await anEcho(t);
    const { port, token } = await aGateway(t, none, { upstream: echo.url });
    for (const [what, by] of [
      ["Upgrade: WebSocket", "Upgrade: h2c"],
      ["Sec-WebSocket-Key", "X-Key"],
      ["GET ", "POST "],
      ["Host: a", "Host: a\r\nTransfer-Encoding: chunked"],
    ] as const) {
      const client = new RawSocket(port);
      client.say(handshake("/api/live", await token()).replace(what, by));
      await client.closed();
      assert.match(client.heard, /^HTTP\/1\.1 400 /);
    }
    assert.equal(echo.seen.length, 0);
  });

  it("asked for behind requests that wait leave no place taken", async (t) => {
    const reached: (string | undefined)[] = [];
    const usual = rulesOf(openRules);
    const { port, resource, token } = await aGateway(
      t,
      ({ url }, outgoing) => {
        reached.push(url);
        if (url === "/v1/last") outgoing.end("last");
      },
      { rules: { ...usual, limits: { ...usual.limits, per_caller: 2 } } },
    );
    const bearer = await token();
    const plain = `GET /api/wait HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${bearer}\r\n\r\n`;
    for (let round = 0; round < 3; round++) {
      const client = new RawSocket(port);
      client.say(plain + plain + handshake("/api/live", bearer));
      await client.closed();
    }
    const last = await fetch(`${resource}/last`, { headers: { authorization: `Bearer ${bearer}` } });
    assert.equal(last.status, 200);
    assert.ok(reached.length <= 4, "a request behind another waits for its turn");
  });

  it("end with the token, and when nothing passes for the idle time", async (t) => {
    const echo = await anEcho(t);
    const usual = rulesOf(openRules);
    const { port, token } = await aGateway(t, none, { upstream: echo.url });
    const ending = new RawSocket(port);
    const soon = Math.floor(Date.now() / 1_000) + 2;
    ending.say(handshake("/api/live", await token("all", { exp: soon })));
    await ending.until(/hello $/);
    await ending.closed();
    assert.ok(Date.now() / 1_000 >= soon - 1);

    const idle = await aGateway(t, none, {
      upstream: echo.url,
      rules: { ...usual, timeouts: { ...usual.timeouts, idle: 0.1 } },
    });
    const silent = new RawSocket(idle.port);
    silent.say(handshake("/api/live", await idle.token()));
    await silent.until(/hello $/);
    await silent.closed();
  });
});
