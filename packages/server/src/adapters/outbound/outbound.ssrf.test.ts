import assert from "node:assert/strict";
import { connect } from "node:net";
import { describe, it, type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Dialler, systemDialler } from "./connect.ts";
import { answering, jsonType, reasonOf } from "./fixtures/fetched.ts";
import { httpListener, tcpListener } from "./fixtures/listener.ts";
import { loopbackLiterals, otherSpecialLiterals } from "./fixtures/spellings.ts";
import { type OutboundOptions, outbound } from "./outbound.ts";

/** In the space of the ended 6bone (RFC 3701): public by every rule, and routed to nobody. */
const publicAddress = "3ffe::1";

/** The adapter with every connection attempt on record. */
function watched(options: OutboundOptions = {}) {
  const attempts: (readonly string[])[] = [];
  const dial: Dialler = (addresses, port) => {
    attempts.push(addresses);
    return (options.dial ?? systemDialler)(addresses, port);
  };
  return { attempts, fetchJson: outbound({ deadline: 2, ...options, dial }).fetchJson };
}

/** A listener that any protocol reaches, and a check that nothing did. */
async function trap(t: TestContext) {
  const listener = await tcpListener(t);
  const untouched = async () => {
    await sleep(20);
    assert.deepEqual(listener.arrived, { connections: 0, octets: 0 });
  };
  return { port: listener.port, untouched };
}

describe("a fetch never reaches this machine or its network", () => {
  it("[CIMD-03 MCP-C-17 MCP-AS-11] knows at least sixty spellings of loopback and special addresses", () => {
    assert.ok(new Set([...loopbackLiterals, ...otherSpecialLiterals]).size >= 100);
  });

  for (const host of [...loopbackLiterals, ...otherSpecialLiterals]) {
    it(`[CIMD-03 MCP-C-17 MCP-AS-11] no connection for ${JSON.stringify(host)}`, async (t) => {
      const { port, untouched } = await trap(t);
      const fetcher = watched();
      for (const scheme of ["https", "http"]) {
        const answer = await fetcher.fetchJson(`${scheme}://${host}:${port}/client.json`);
        assert.ok(["address", "url"].includes(reasonOf(answer)), reasonOf(answer));
      }
      assert.deepEqual(fetcher.attempts, []);
      await untouched();
    });
  }

  it("[CIMD-03] control: every loopback spelling reaches the listener once allowLoopback is set", async (t) => {
    const { port, onIPv6, arrived } = await httpListener(t, answering(jsonType, "{}"));
    const fetcher = watched({ allowLoopback: true });
    const reachable = loopbackLiterals.filter((host) => onIPv6 || !host.startsWith("["));
    for (const host of reachable) {
      const answer = await fetcher.fetchJson(`http://${host}:${port}/client.json`);
      assert.equal(reasonOf(answer), "ok", host);
    }
    assert.equal(arrived.connections, reachable.length);
  });

  it("[CIMD-03] allowLoopback opens loopback literals and localhost, and nothing else", async (t) => {
    const { port, untouched } = await trap(t);
    const fetcher = watched({ allowLoopback: true, resolver: async () => ["127.0.0.1"] });
    for (const host of [...otherSpecialLiterals, "client.example", "localhost.example", "a.localhost"]) {
      for (const scheme of ["https", "http"]) {
        const answer = await fetcher.fetchJson(`${scheme}://${host}:${port}/`);
        assert.ok(["address", "url"].includes(reasonOf(answer)), `${host}: ${reasonOf(answer)}`);
      }
    }
    assert.deepEqual(fetcher.attempts, []);
    await untouched();
  });

  it("[CIMD-03] with allowLoopback, localhost that resolves elsewhere is not followed there", async () => {
    for (const found of [[publicAddress], ["127.0.0.1", "10.0.0.1"]]) {
      const fetcher = watched({ allowLoopback: true, resolver: async () => found });
      assert.equal(reasonOf(await fetcher.fetchJson("http://localhost:9/")), "address");
      assert.deepEqual(fetcher.attempts, []);
    }
  });

  for (const host of ["localhost", "LOCALHOST", "localhost.", "loc%61lhost", "ｌｏｃａｌｈｏｓｔ"]) {
    it(`[CIMD-03 MCP-C-17] no connection for the name ${host}, as the system resolves it`, async (t) => {
      const { port, untouched } = await trap(t);
      const fetcher = watched();
      assert.equal(reasonOf(await fetcher.fetchJson(`https://${host}:${port}/`)), "address");
      assert.equal(reasonOf(await fetcher.fetchJson(`http://${host}:${port}/`)), "url");
      assert.deepEqual(fetcher.attempts, []);
      await untouched();
    });
  }

  for (const found of [
    ["127.0.0.1"],
    ["::1"],
    ["0.0.0.0"],
    ["::ffff:127.0.0.1"],
    ["::ffff:7f00:1"],
    ["64:ff9b::7f00:1"],
    ["2002:7f00:1::1"],
    ["fe80::1%lo"],
    ["10.0.0.1"],
    ["169.254.169.254"],
    ["fd00:ec2::254"],
    [publicAddress, "127.0.0.1"],
    ["127.0.0.1", publicAddress],
    ["8.8.8.8", publicAddress, "::1"],
    ["8.8.8.8", "192.168.0.1"],
    ["not an address"],
  ]) {
    it(`[CIMD-03 MCP-C-17] no connection for a name that resolves to ${found.join(" and ")}`, async (t) => {
      const { port, untouched } = await trap(t);
      const fetcher = watched({ resolver: async () => found });
      const answer = await fetcher.fetchJson(`https://client.example:${port}/`);
      assert.equal(reasonOf(answer), "address");
      assert.deepEqual(fetcher.attempts, []);
      await untouched();
    });
  }

  it("[CIMD-04 MCP-C-17] a name that turns to loopback after the check is not asked again", async (t) => {
    const { port, untouched } = await trap(t);
    let asked = 0;
    const resolver = async () => (asked++ === 0 ? [publicAddress] : ["127.0.0.1"]);
    const fetcher = watched({ resolver, deadline: 0.3 });
    const answer = await fetcher.fetchJson(`https://localhost:${port}/`);
    assert.ok(["unreachable", "timeout"].includes(reasonOf(answer)), reasonOf(answer));
    assert.equal(asked, 1);
    assert.deepEqual(fetcher.attempts, [[publicAddress]]);
    await untouched();
  });

  it("[CIMD-04] the connection goes to the address that was checked, whatever the name means now", async (t) => {
    const { port, arrived } = await httpListener(t, answering(jsonType, "{}"));
    const socket = systemDialler(["127.0.0.1"], port);
    await new Promise((resolve) => socket.once("connect", resolve));
    assert.equal(socket.remoteAddress, "127.0.0.1");
    socket.destroy();
    assert.equal(arrived.connections, 1);
  });

  for (const { scheme, host, checked } of [
    { scheme: "https", host: "client.example", checked: publicAddress },
    { scheme: "http", host: "localhost", checked: "127.0.0.2" },
  ]) {
    it(`[CIMD-04 MCP-C-17] a connection that ended elsewhere carries not one octet (${scheme})`, async (t) => {
      const { port, arrived } = await tcpListener(t);
      const fetcher = watched({
        allowLoopback: scheme === "http",
        resolver: async () => [checked],
        dial: (_addresses, to) => connect({ host: "127.0.0.1", port: to }),
      });
      assert.equal(reasonOf(await fetcher.fetchJson(`${scheme}://${host}:${port}/`)), "address");
      await sleep(50);
      assert.deepEqual(arrived, { connections: 1, octets: 0 });
    });
  }

  it("[CIMD-04] control: the same connection carries octets when it ended where it was checked", async (t) => {
    const { port, arrived } = await tcpListener(t);
    const fetcher = watched({ allowLoopback: true, deadline: 0.2 });
    assert.equal(reasonOf(await fetcher.fetchJson(`https://127.0.0.1:${port}/`)), "timeout");
    await sleep(50);
    assert.equal(arrived.connections, 1);
    assert.ok(arrived.octets > 0);
  });

  for (const status of [300, 301, 302, 303, 305, 307, 308]) {
    it(`[CIMD-02 MCP-C-17] a ${status} to loopback is not followed`, async (t) => {
      const { port, untouched } = await trap(t);
      const origin = await httpListener(t, (_request, response) =>
        response
          .writeHead(status, { location: `http://127.0.0.1:${port}/`, "content-type": "application/json" })
          .end("{}"),
      );
      const fetcher = watched({ allowLoopback: true });
      assert.equal(reasonOf(await fetcher.fetchJson(`http://127.0.0.1:${origin.port}/`)), "redirect");
      assert.equal(origin.arrived.connections, 1);
      await untouched();
    });
  }

  for (const url of [
    "",
    "client.example",
    "//127.0.0.1/",
    "https://",
    "https://[::1",
    "https://127.0.0.256/",
    "https://4294967296/",
    "file:///etc/passwd",
    "data:application/json,{}",
    "ftp://127.0.0.1/",
    "ws://127.0.0.1/",
    "gopher://127.0.0.1/",
    "unix:/run/docker.sock",
    "blob:https://127.0.0.1/x",
    "javascript:alert(1)",
    "https://user@client.example/",
    "https://:secret@client.example/",
    "https://client.example:x@127.0.0.1/",
  ]) {
    it(`[CIMD-03 MCP-C-17] ${JSON.stringify(url)} is not fetched at all`, async () => {
      const fetcher = watched({ allowLoopback: true, resolver: async () => [publicAddress] });
      assert.equal(reasonOf(await fetcher.fetchJson(url)), "url");
      assert.deepEqual(fetcher.attempts, []);
    });
  }
});
