import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { Agent, type ClientRequest, type RequestListener, request } from "node:http";
import { describe, it } from "node:test";
import { aGateway, openRules, rulesOf } from "./testing/a-gateway.ts";
import { RawSocket } from "./testing/raw.ts";

/** How many clients break off, each somewhere in its stream, while others read and send to the end. */
const breakers = 1_000;

const sha256 = (octets: Uint8Array) => createHash("sha256").update(octets).digest("hex");

interface Heard {
  readonly status: number;
  readonly hash: string;
  readonly length: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

function call(
  url: string,
  authorization: string,
  { method = "GET", body = undefined as Buffer | undefined, breakAfter = Number.POSITIVE_INFINITY } = {},
): Promise<Heard | "broken"> {
  return new Promise((resolve, reject) => {
    const headers = { authorization, ...(body && { "content-type": "application/octet-stream" }) };
    const outgoing: ClientRequest = request(url, { method, headers, agent }, (answer) => {
      const hash = createHash("sha256");
      let length = 0;
      answer.on("data", (chunk: Buffer) => {
        hash.update(chunk);
        length += chunk.length;
        if (length >= breakAfter) outgoing.destroy();
      });
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, hash: hash.digest("hex"), length }));
      answer.on("error", () => resolve("broken"));
    });
    outgoing.on("error", (error) =>
      breakAfter < Number.POSITIVE_INFINITY ? resolve("broken") : reject(error),
    );
    if (body) {
      for (let at = 0; at < body.length; at += 30_000) outgoing.write(body.subarray(at, at + 30_000));
    }
    outgoing.end();
  });
}

describe("streams through the gateway", () => {
  it(`pass octet for octet, both ways, while ${breakers} other clients break off at random`, async (t) => {
    const octets = randomBytes(300_000);
    const wanted = sha256(octets);
    let open = 0;
    let aborted = 0;
    const listener: RequestListener = async (incoming, outgoing) => {
      open++;
      outgoing.once("close", () => {
        open--;
        if (!outgoing.writableFinished) aborted++;
      });
      if (incoming.method === "POST") {
        const hash = createHash("sha256");
        for await (const chunk of incoming) hash.update(chunk);
        outgoing.end(hash.digest("hex"));
        return;
      }
      for (let at = 0; at < octets.length && !outgoing.destroyed; at += 20_000) {
        outgoing.write(octets.subarray(at, at + 20_000));
        await new Promise((go) => setTimeout(go, 1));
      }
      outgoing.end();
    };
    const { resource, token, ended, handler } = await aGateway(t, listener, {
      rules: rulesOf(`${openRules}limits: { concurrent: 10000, per_caller: 10000 }\n`),
    });
    const authorization = `Bearer ${await token()}`;
    const readers = 40;
    const senders = 20;
    const calls: Promise<unknown>[] = [];
    for (let i = 0; i < breakers; i++) {
      const breakAfter = 1 + Math.floor(Math.random() * 200_000);
      calls.push(call(`${resource}/breaks`, authorization, { breakAfter }));
      if (i % Math.ceil(breakers / readers) === 0) {
        calls.push(
          call(`${resource}/reads`, authorization).then((heard) =>
            assert.deepEqual(heard, { status: 200, hash: wanted, length: octets.length }),
          ),
        );
      }
      if (i % Math.ceil(breakers / senders) === 0) {
        calls.push(
          call(`${resource}/sends`, authorization, { method: "POST", body: octets }).then((heard) =>
            assert.equal(heard !== "broken" && heard.hash, sha256(Buffer.from(wanted))),
          ),
        );
      }
    }
    await Promise.all(calls);
    const usages = await ended(calls.length);
    const broken = usages.filter(({ path, status }) => path === "/api/breaks" && status === 200).length;
    assert.ok(broken > 0);
    for (let patience = 0; open > 0 && patience < 500; patience++)
      await new Promise((go) => setTimeout(go, 10));
    assert.equal(open, 0, "the upstream learned of every client that left");
    assert.ok(aborted > breakers / 2, `${aborted} of ${breakers} were cut off at the upstream`);
    assert.equal(handler.usage().callers.get("account-1")?.requests, calls.length);
  });

  it("pass the first line and each event as they come", async (t) => {
    let next: (() => void) | undefined;
    const { port, token } = await aGateway(t, async (_incoming, outgoing) => {
      outgoing.writeHead(200, { "content-type": "text/event-stream" });
      outgoing.flushHeaders();
      for (const event of ["one", "two", "[DONE]"]) {
        await new Promise<void>((go) => {
          next = go;
        });
        outgoing.write(`data: ${event}\n\n`);
      }
      outgoing.end();
    });
    const client = new RawSocket(port);
    client.say(`GET /api/x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${await token()}\r\n\r\n`);
    await client.until(/text\/event-stream[\s\S]*\r\n\r\n/);
    for (const event of ["one", "two", "[DONE]"]) {
      assert.ok(!client.heard.includes(`data: ${event}`));
      next?.();
      await client.until(new RegExp(`data: ${event.replace(/[[\]]/g, "\\$&")}`));
    }
    await client.until(/\r\n0\r\n\r\n$/);
    client.socket.destroy();
  });

  it("hold the upstream back when the client does not read", async (t) => {
    const piece = Buffer.alloc(64 * 1_024, "x");
    let sent = 0;
    const { port, token } = await aGateway(t, (_incoming, outgoing) => {
      const pour = () => {
        while (sent < 200 * 1_024 * 1_024 && !outgoing.destroyed) {
          sent += piece.length;
          if (!outgoing.write(piece)) {
            outgoing.once("drain", pour);
            return;
          }
        }
      };
      pour();
    });
    const client = new RawSocket(port);
    client.socket.pause();
    client.say(`GET /api/x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${await token()}\r\n\r\n`);
    let before = -1;
    for (let i = 0; i < 50 && (sent === 0 || before !== sent); i++) {
      before = sent;
      await new Promise((go) => setTimeout(go, 100));
    }
    assert.ok(sent < 50 * 1_024 * 1_024, `${sent} octets were taken from the upstream`);
    client.socket.destroy();
  });

  it("hold the client back when the upstream does not read", async (t) => {
    const { port, token } = await aGateway(t, (incoming) => void incoming.pause());
    const client = new RawSocket(port);
    client.say(
      `POST /api/x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${await token()}\r\nContent-Length: 300000000\r\nContent-Type: a/b\r\n\r\n`,
    );
    const piece = Buffer.alloc(1_024 * 1_024, "x");
    let taken = 0;
    for (let i = 0; i < 100; i++) {
      const isTaken = await Promise.race([
        new Promise<boolean>((go) => client.socket.write(piece, () => go(true))),
        new Promise<boolean>((go) => setTimeout(go, 500, false)),
      ]);
      if (!isTaken) break;
      taken++;
    }
    assert.ok(taken < 50, `${taken} MB were taken from the client`);
    client.socket.destroy();
  });

  it("break off at the client when the upstream breaks off in the middle", async (t) => {
    for (const head of [{ "content-length": 1_000 }, {}]) {
      const { port, token, ended } = await aGateway(t, (_incoming, outgoing) => {
        outgoing.writeHead(200, head);
        outgoing.write("half", () => outgoing.destroy());
      });
      const client = new RawSocket(port);
      client.say(`GET /api/x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${await token()}\r\n\r\n`);
      await client.closed();
      assert.match(client.heard, /half/);
      assert.doesNotMatch(client.heard, /\r\n0\r\n/);
      await ended(1);
    }
  });

  it("that stand open end with the token, and those that answer a POST go on", async (t) => {
    const { resource, token } = await aGateway(t, (_incoming, outgoing) => {
      outgoing.writeHead(200, { "content-type": "text/event-stream" });
      outgoing.write("data: a\n\n");
      setTimeout(() => outgoing.end("data: b\n\n"), 3_000);
    });
    const exp = Math.floor(Date.now() / 1_000) + 2;
    const headers = { authorization: `Bearer ${await token("all", { exp })}` };
    const [standing, answering] = await Promise.all([
      fetch(`${resource}/x`, { headers }),
      fetch(`${resource}/x`, { headers, method: "POST" }),
    ]);
    await assert.rejects(standing.text());
    assert.equal(await answering.text(), "data: a\n\ndata: b\n\n");
  });

  it("end at the upstream when the client leaves before the answer", async (t) => {
    let gone: () => void = () => {};
    const left = new Promise<void>((go) => {
      gone = go;
    });
    let arrived: () => void = () => {};
    const came = new Promise<void>((go) => {
      arrived = go;
    });
    const { port, token, ended } = await aGateway(t, (_incoming, outgoing) => {
      outgoing.once("close", gone);
      arrived();
    });
    const client = new RawSocket(port);
    client.say(`GET /api/x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${await token()}\r\n\r\n`);
    await came;
    client.socket.destroy();
    await left;
    assert.equal((await ended(1))[0]?.status, undefined);
  });
});
