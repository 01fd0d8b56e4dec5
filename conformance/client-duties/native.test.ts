import assert from "node:assert/strict";
import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { afterEach, beforeEach, describe, it } from "node:test";
import { type Callback, listenForCallback } from "../../examples/mcp-login/callback.ts";
import { publishDocument } from "../../examples/mcp-login/client-document.ts";
import { clientMetadata, InMemoryProvider } from "../../examples/mcp-login/provider.ts";
import { callbackUrl, shipped } from "./world.ts";

describe("the listener of examples/mcp-login", () => {
  let callback: Callback;
  beforeEach(async () => {
    callback = await listenForCallback();
  });
  afterEach(() => callback.close());

  async function reaches(host: string, port: number): Promise<boolean> {
    const socket = connect({ host, port, timeout: 2_000 });
    try {
      await once(socket, "connect");
      return true;
    } catch {
      return false;
    } finally {
      socket.destroy();
    }
  }

  it("[O21-C-08] is on 127.0.0.1 under that name, on a free port, and on no other address of the machine", async () => {
    const { protocol, hostname, port, pathname } = new URL(callback.url);
    assert.deepEqual([protocol, hostname, pathname], ["http:", "127.0.0.1", "/callback"]);
    assert.equal(await reaches("127.0.0.1", Number(port)), true);
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .map(({ address, scopeid }) => (scopeid ? `${address}%${scopeid}` : address))
      .filter((address) => address !== "127.0.0.1");
    for (const address of ["127.0.0.2", "::1", ...others])
      assert.equal(await reaches(address, Number(port)), false, address);
  });

  it("[O21-C-08] ends when it is closed, even for a browser that keeps its connection open", async (t) => {
    const port = Number(new URL(callback.url).port);
    const open = connect({ host: "127.0.0.1", port });
    t.after(() => open.destroy());
    await once(open, "connect");
    const ended = once(open, "close", { signal: AbortSignal.timeout(5_000) });
    callback.close();
    await ended;
    assert.equal(await reaches("127.0.0.1", port), false);
  });

  it("[O21-C-05] sends a browser nowhere and gives it no script, whatever the answer carries", async () => {
    const evil = encodeURIComponent("https://evil.example/<script>alert(1)</script>");
    for (const query of [
      "code=c",
      ...["redirect_uri", "next", "url", "state", "error_uri"].map((name) => `${name}=${evil}`),
    ]) {
      const arrival = callback.next();
      const response = await fetch(`${callback.url}?${query}`, { redirect: "manual" });
      assert.deepEqual([response.status, response.headers.get("location")], [200, null]);
      assert.equal(response.headers.get("content-type"), "text/plain");
      assert.equal(await response.text(), "You may close this page.");
      assert.equal((await arrival).origin, new URL(callback.url).origin);
    }
  });

  it("[O21-C-05] knows no other path", async () => {
    const { port } = new URL(callback.url);
    for (const path of ["/", "/callback/", "/callback%2f", "/other/callback"]) {
      const sent = request({ host: "127.0.0.1", port, path }).end();
      const [response] = await once(sent, "response");
      response.resume();
      assert.deepEqual([response.statusCode, response.headers.location], [404, undefined], path);
    }
  });
});

describe("TLS of the shipped clients", () => {
  for (const made of shipped) {
    it(`[O21-C-07] ${made.name} says nothing to a server whose certificate nobody vouches for`, async () => {
      const document = await publishDocument(clientMetadata(callbackUrl));
      try {
        const provider = new InMemoryProvider(callbackUrl, undefined);
        provider.saveTokens({ access_token: "secret", token_type: "Bearer" });
        const connection = made.connect(new URL(document.url), provider);
        await assert.rejects(connection.open(), (thrown: { cause?: { code?: string } }) =>
          /CERT|SELF_SIGNED|VERIFY/.test(thrown.cause?.code ?? ""),
        );
        await connection.close();
      } finally {
        document.close();
      }
    });
  }
});
