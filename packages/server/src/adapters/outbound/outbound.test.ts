import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import type { Socket } from "node:net";
import { describe, it } from "node:test";
import { promisify } from "node:util";
import { systemDialler } from "./connect.ts";
import { answering, fetched, fetchedRaw, jsonType, reasonOf } from "./fixtures/fetched.ts";
import { httpListener, tcpListener } from "./fixtures/listener.ts";
import { outbound } from "./outbound.ts";

describe("what a fetch sends and gives", () => {
  it("[CIMD-02] gives the document with its size, freshness and tag", async (t) => {
    const headers = {
      "content-type": "application/json; charset=utf-8",
      "cache-control": "max-age=60",
      etag: '"a1"',
    };
    const { answer } = await fetched(t, answering(headers, '{"name":"é"}'), { clock: { now: () => 0 } });
    assert.deepEqual(answer, { status: "ok", json: { name: "é" }, bytes: 13, freshFor: 60, etag: '"a1"' });
  });

  it("[CIMD-04] sends these headers, no cookie and nothing more, even after a Set-Cookie", async (t) => {
    const seen: unknown[] = [];
    const { port } = await httpListener(t, (request, response) => {
      seen.push([request.method, request.url, request.headers]);
      response.writeHead(200, { ...jsonType, "set-cookie": "a=b" }).end("{}");
    });
    const { fetchJson } = outbound({ allowLoopback: true });
    const headers = {
      host: `127.0.0.1:${port}`,
      accept: "application/json",
      "accept-encoding": "identity",
      "user-agent": "valetkey",
      connection: "close",
    };
    for (const _ of [1, 2]) await fetchJson(`http://127.0.0.1:${port}/a/b?c=d#e`);
    assert.deepEqual(seen, Array(2).fill(["GET", "/a/b?c=d", headers]));
  });

  it("[CIMD-04] uses a new connection for every fetch and leaves none open", async (t) => {
    const { port, arrived } = await httpListener(t, answering(jsonType, "{}"));
    const sockets: Socket[] = [];
    const { fetchJson } = outbound({
      allowLoopback: true,
      dial: (addresses, to) => {
        const socket = systemDialler(addresses, to);
        sockets.push(socket);
        return socket;
      },
    });
    for (const _ of [1, 2, 3]) await fetchJson(`http://127.0.0.1:${port}/`);
    assert.equal(arrived.connections, 3);
    assert.deepEqual(
      sockets.map((socket) => socket.destroyed),
      [true, true, true],
    );
  });

  it("[MCP-AS-10] asks with the entity tag and understands that nothing changed", async (t) => {
    const seen: unknown[] = [];
    const { answer } = await fetched(
      t,
      (request, response) => {
        seen.push(request.headers["if-none-match"]);
        response.writeHead(304, { "cache-control": "max-age=30" }).end();
      },
      { clock: { now: () => 0 } },
      { etag: 'W/"a1"' },
    );
    assert.deepEqual(seen, ['W/"a1"']);
    assert.deepEqual(answer, { status: "not-modified", freshFor: 30 });
  });

  it("[CIMD-02] a 304 that was not asked for is no document", async (t) => {
    assert.equal(reasonOf((await fetched(t, answering({}, "", 304))).answer), "status");
  });

  for (const etag of ["a1", '"a\r\nx: y"', '"a', '"a" "b"', ""]) {
    it(`[MCP-AS-11] ${JSON.stringify(etag)} is no entity tag and is not sent`, async (t) => {
      const seen: unknown[] = [];
      const { answer } = await fetched(
        t,
        (request, response) => {
          seen.push(request.headers["if-none-match"], request.headers.x);
          response.writeHead(200, { ...jsonType, etag: "unquoted" }).end("{}");
        },
        {},
        { etag },
      );
      assert.deepEqual(seen, [undefined, undefined]);
      assert.equal(answer.status === "ok" ? answer.etag : "refused", undefined);
    });
  }

  it("[MCP-C-17] follows no proxy of the environment", async (t) => {
    const origin = await httpListener(t, answering(jsonType, "{}"));
    const proxy = await tcpListener(t);
    const through = `http://127.0.0.1:${proxy.port}`;
    const program = `
      const { outbound } = await import(${JSON.stringify(new URL("./outbound.ts", import.meta.url).href)});
      const answer = await outbound({ allowLoopback: true }).fetchJson("http://127.0.0.1:${origin.port}/");
      process.stdout.write(answer.status);`;
    const names = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"].flatMap((name) => [name, name.toLowerCase()]);
    const proxies = Object.fromEntries(names.map((name) => [name, through]));
    const env = { ...process.env, ...proxies, NO_PROXY: "", no_proxy: "", NODE_USE_ENV_PROXY: "1" };
    const args = ["--conditions=valetkey-source", "--input-type=module", "-e", program];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env });
    assert.equal(stdout, "ok");
    assert.deepEqual([origin.arrived.connections, proxy.arrived.connections], [1, 0]);
  });

  it("tries the next address when the first does not answer", async (t) => {
    const { port } = await httpListener(t, answering(jsonType, "{}"));
    const resolver = async () => ["127.0.0.9", "127.0.0.1"]; // nothing listens on the first
    const answer = await outbound({ allowLoopback: true, resolver }).fetchJson(`http://localhost:${port}/`);
    assert.equal(reasonOf(answer), "ok");
  });
});

describe("what a fetch takes for a document", () => {
  for (const status of [201, 202, 203, 204, 206, 400, 401, 403, 404, 410, 429, 500, 503]) {
    it(`[CIMD-02] the status ${status} is none`, async (t) => {
      assert.equal(reasonOf((await fetched(t, answering(jsonType, "{}", status))).answer), "status");
    });
  }

  it("[CIMD-02] a 101 that changes the protocol is none", async (t) => {
    const answer = await fetchedRaw(t, (socket) => {
      socket.write("HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n{}");
    });
    assert.equal(reasonOf(answer), "status");
  });

  for (const type of [
    "application/json",
    "APPLICATION/JSON",
    "application/json;charset=utf-8",
    "application/jwk-set+json",
  ]) {
    it(`[CIMD-02] ${type} is one`, async (t) => {
      assert.equal(reasonOf((await fetched(t, answering({ "content-type": type }, "{}"))).answer), "ok");
    });
  }

  // anthropics/claude-ai-mcp#96: a site that answers every path with its page and status 200.
  for (const type of [
    "text/html; charset=utf-8",
    "text/plain",
    "text/json",
    "application/jsonp",
    "application/x+jsonx",
    "application/+json",
    "x application/json",
  ]) {
    it(`[CIMD-02] ${type} is none, whatever the body`, async (t) => {
      assert.equal(
        reasonOf((await fetched(t, answering({ "content-type": type }, "{}"))).answer),
        "content-type",
      );
    });
  }

  it("[CIMD-02] a body without a type is none", async (t) => {
    assert.equal(reasonOf((await fetched(t, answering({}, "{}"))).answer), "content-type");
  });

  it("[CIMD-02] a page that claims to be JSON is none", async (t) => {
    assert.equal(
      reasonOf((await fetched(t, answering(jsonType, "<!doctype html><p>Hello"))).answer),
      "malformed",
    );
  });

  for (const encoding of ["gzip", "br", "identity, gzip"]) {
    it(`[CIMD-04] an answer in ${encoding}, which was not offered, is none`, async (t) => {
      const headers = { ...jsonType, "content-encoding": encoding };
      assert.equal(reasonOf((await fetched(t, answering(headers, "{}"))).answer), "content-type");
    });
  }
});
