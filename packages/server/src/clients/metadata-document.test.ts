import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { OutboundAnswer } from "../ports/outbound.ts";
import type { Settings } from "../ports/settings.ts";
import { authorizationUrl, login, pkce, redeem, refresh } from "../testing/a-login.ts";
import { AnOutside, faces, refusedFetch } from "../testing/a-program.ts";
import { type AServer, aServer, callback, usualSettings } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

const url = "https://app.example.com/oauth/client.json";
const document = {
  client_id: url,
  client_name: "Notes",
  redirect_uris: [callback],
  grant_types: ["authorization_code", "refresh_token"],
};
const client = { id: url };
const day = 86_400;

async function open(documents: Partial<Settings["documents"]> = {}) {
  const outbound = new AnOutside();
  outbound.says(url, document);
  const usual = usualSettings("https://auth.example.com");
  const server = await aServer({ outbound, settings: { documents: { ...usual.documents, ...documents } } });
  return { server, outbound };
}

/** A request that has to know the client and then fails: 400 when the client is known, 401 when it is not. */
async function known(server: AServer): Promise<readonly unknown[]> {
  return faces(server, await redeem(server, client, { code: "junk", verifier: pkce().verifier }));
}
const yes = [400, "invalid_grant", "code.unknown"];
const no = (refusal: string) => [401, "invalid_client", refusal];

describe("a client that a document describes", () => {
  spec(
    ["MCP-AS-05", "MCP-AS-06", "MCP-AS-09"],
    "signs a person in, gets tokens and refreshes them",
    async () => {
      const { server, outbound } = await open();
      const code = await login(server, client);
      const tokens = await redeem(server, client, code);
      assert.equal(tokens.status, 200);
      const next = await refresh(server, client, tokens.body.refresh_token);
      assert.equal(next.status, 200);
      assert.deepEqual(
        outbound.calls.map((call) => call.url),
        [url],
      );
      await server.close();
    },
  );

  for (const { freshFor, until, bound } of [
    { freshFor: 0, until: 60, bound: "at least a minute" },
    { freshFor: 600, until: 600, bound: "as long as its host says" },
    { freshFor: 30 * day, until: day, bound: "at most a day" },
  ]) {
    spec(
      ["MCP-AS-10", "CIMD-05"],
      `is read again after ${bound}, when its host says ${freshFor} seconds`,
      async () => {
        const { server, outbound } = await open();
        outbound.says(url, document, { freshFor, etag: '"1"' });
        assert.deepEqual(await known(server), yes);
        server.clock.advance(until - 1);
        assert.deepEqual(await known(server), yes);
        assert.equal(outbound.calls.length, 1);
        server.clock.advance(1);
        assert.deepEqual(await known(server), yes);
        assert.deepEqual(
          outbound.calls.map(({ etag }) => etag),
          [undefined, '"1"'],
        );
        await server.close();
      },
    );
  }

  spec("MCP-AS-10", "stays as it was when its host answers that nothing changed", async () => {
    const { server, outbound } = await open();
    outbound.says(url, document, { etag: '"1"' });
    await known(server);
    outbound.answers.set(url, { status: "not-modified", freshFor: 600 });
    server.clock.advance(60);
    assert.deepEqual(await known(server), yes);
    server.clock.advance(599);
    assert.deepEqual(await known(server), yes);
    assert.equal(outbound.calls.length, 2);
    await server.close();
  });

  spec("CIMD-05", "is asked for anew after every failure: errors are not kept", async () => {
    for (const [answer, refusal] of [
      [refusedFetch("unreachable"), "document.unreachable"],
      [refusedFetch("status"), "document.unreachable"],
      [refusedFetch("redirect"), "document.unreachable"],
      [refusedFetch("too-large"), "document.unreachable"],
      [refusedFetch("timeout"), "document.unreachable"],
      [refusedFetch("content-type"), "document.unreachable"],
      [refusedFetch("address"), "document.forbidden-address"],
      [{ status: "not-modified", freshFor: 600 }, "document.unreachable"],
    ] as readonly (readonly [OutboundAnswer, string])[]) {
      const { server, outbound } = await open();
      outbound.answers.set(url, answer);
      assert.deepEqual(await known(server), no(refusal));
      assert.deepEqual(await known(server), no(refusal));
      assert.equal(outbound.calls.length, 2);
      outbound.says(url, document);
      assert.deepEqual(await known(server), yes);
      await server.close();
    }
  });

  for (const { given, change, refusal } of [
    { given: "another client_id", change: { client_id: `${url}?x` }, refusal: "document.invalid" },
    { given: "no client_id", change: { client_id: undefined }, refusal: "document.invalid" },
    { given: "no name", change: { client_name: undefined }, refusal: "document.invalid" },
    { given: "no redirect", change: { redirect_uris: [] }, refusal: "document.invalid" },
    { given: "a secret", change: { client_secret: "s" }, refusal: "metadata.secret" },
    {
      given: "a secret's method",
      change: { token_endpoint_auth_method: "client_secret_post" },
      refusal: "metadata.auth-method",
    },
    {
      given: "a private key",
      change: { jwks: { keys: [{ kty: "EC", d: "d" }] } },
      refusal: "metadata.secret",
    },
    {
      given: "a dangerous redirect",
      change: { redirect_uris: ["javascript:alert(1)"] },
      refusal: "redirect-uri.forbidden",
    },
  ]) {
    spec(
      ["CIMD-02", "CIMD-05", "CIMD-06", "MCP-AS-07", "MCP-AS-08"],
      `is refused with ${given}, not kept, and told to the operator`,
      async () => {
        const { server, outbound } = await open();
        outbound.says(url, JSON.parse(JSON.stringify({ ...document, ...change })), { freshFor: day });
        assert.deepEqual(await known(server), no(refusal));
        assert.ok(server.audit.steps.at(-1)?.says.includes(url));
        outbound.says(url, document);
        assert.deepEqual(await known(server), yes);
        await server.close();
      },
    );
  }

  it("is refused when a good copy turned bad: the change takes effect", async () => {
    const { server, outbound } = await open();
    assert.deepEqual(await known(server), yes);
    outbound.says(url, { ...document, client_secret: "s" });
    server.clock.advance(60);
    assert.deepEqual(await known(server), no("metadata.secret"));
    await server.close();
  });

  spec(["CIMD-10", "MCP-AS-09"], "loses the redirect that its document lost", async () => {
    const { server, outbound } = await open();
    await login(server, client);
    outbound.says(url, { ...document, redirect_uris: ["https://app.example.com/other"] });
    server.clock.advance(60);
    await assert.rejects(login(server, client));
    assert.equal(server.audit.lastRefusal, "redirect-uri.unregistered");
    await server.close();
  });

  it("is served from its last good copy while its host fails, for a day and no longer", async () => {
    const { server, outbound } = await open();
    assert.deepEqual(await known(server), yes);
    outbound.answers.set(url, refusedFetch("timeout"));
    server.clock.advance(60 + day - 1);
    assert.deepEqual(await known(server), yes);
    server.clock.advance(1);
    assert.deepEqual(await known(server), no("document.unreachable"));
    await server.close();
  });

  it("asks a host that fails once a minute, so that nobody waits for it longer", async () => {
    const { server, outbound } = await open();
    await known(server);
    outbound.answers.set(url, refusedFetch("timeout"));
    server.clock.advance(60);
    for (let turn = 0; turn < 5; turn++) assert.deepEqual(await known(server), yes);
    assert.equal(outbound.calls.length, 2);
    server.clock.advance(60);
    outbound.says(url, document, { freshFor: day });
    assert.deepEqual(await known(server), yes);
    assert.equal(outbound.calls.length, 3);
    await server.close();
  });

  it("is not served from an old copy when its host moved to a forbidden address", async () => {
    const { server, outbound } = await open();
    assert.deepEqual(await known(server), yes);
    outbound.answers.set(url, refusedFetch("address"));
    server.clock.advance(60);
    assert.deepEqual(await known(server), no("document.forbidden-address"));
    await server.close();
  });

  spec("CIMD-04", "is fetched once for all who need it at once, with the cap that is set", async () => {
    const { server, outbound } = await open();
    const gate = Promise.withResolvers<void>();
    outbound.gate = gate.promise;
    const all = Array.from({ length: 30 }, () => known(server));
    await new Promise((resolve) => setTimeout(resolve, 20));
    gate.resolve();
    for (const one of await Promise.all(all)) assert.deepEqual(one, yes);
    assert.equal(outbound.calls.length, 1);
    await server.close();
  });

  it("survives a restart: the copy is in the store", async () => {
    const { server, outbound } = await open();
    outbound.says(url, document, { freshFor: 600 });
    await known(server);
    const again = await aServer({ store: server.store, outbound });
    assert.deepEqual(await known(again), yes);
    assert.equal(outbound.calls.length, 1);
    await server.close();
  });

  spec("MCP-AS-05", "is refused when documents are switched off, and nothing is fetched", async () => {
    const { server, outbound } = await open({ enabled: false });
    assert.deepEqual(await known(server), no("document.disabled"));
    assert.equal(outbound.calls.length, 0);
    await server.close();
  });

  for (const bad of [
    "http://app.example.com/client.json",
    "https://app.example.com",
    "https://app.example.com/a/../b",
    "https://user@app.example.com/client.json",
    "https://app.example.com/client.json#x",
    "https://2130706433/client.json",
    "HTTPS://app.example.com/client.json",
    `https://app.example.com/${"a".repeat(3_000)}`,
  ]) {
    spec(["CIMD-01", "MCP-AS-11"], `is not fetched from ${bad.slice(0, 50)}`, async () => {
      const { server, outbound } = await open();
      const answer = await redeem(server, { id: bad }, { code: "junk", verifier: pkce().verifier });
      assert.deepEqual(faces(server, answer), no("document.url"));
      assert.equal(outbound.calls.length, 0);
      await server.close();
    });
  }

  spec("CIMD-09", "can never have an id of ours, and ours never look like its", async () => {
    const { server, outbound } = await open();
    const body = JSON.stringify({ redirect_uris: [callback] });
    const init = { method: "POST", body, headers: { "content-type": "application/json" } };
    const answer = (await (await server.fetchHere(`${server.issuer}/register`, init)).json()) as {
      client_id: string;
    };
    assert.match(answer.client_id, /^client_/);
    assert.equal(outbound.calls.length, 0);
    await server.close();
  });

  for (const { hosts, taken } of [
    { hosts: {}, taken: true },
    { hosts: { denyHosts: ["app.example.com"] }, taken: false },
    { hosts: { denyHosts: [".example.com"] }, taken: false },
    { hosts: { denyHosts: ["example.com", ".ample.com"] }, taken: true },
    { hosts: { allowHosts: ["app.example.com"] }, taken: true },
    { hosts: { allowHosts: [".example.com"] }, taken: true },
    { hosts: { allowHosts: ["other.example.com"] }, taken: false },
    { hosts: { allowHosts: [".example.com"], denyHosts: ["app.example.com"] }, taken: false },
  ]) {
    spec(
      ["CIMD-11", "MCP-AS-14"],
      `${taken ? "is taken" : "is not even fetched"} under ${JSON.stringify(hosts)}`,
      async () => {
        const { server, outbound } = await open(hosts);
        assert.deepEqual(await known(server), taken ? yes : no("document.host-denied"));
        assert.equal(outbound.calls.length, taken ? 1 : 0);
        await server.close();
      },
    );
  }

  spec(
    "CIMD-12",
    "that is well known is served from a pinned copy while its host answers with an error",
    async () => {
      const claude = { id: "https://claude.ai/oauth/mcp-oauth-client-metadata" };
      const attempt = async (pinned: boolean) => {
        const { server } = await open({ pinned });
        await redeem(server, claude, { code: "junk", verifier: pkce().verifier });
        const refusal = server.audit.lastRefusal;
        const kept = await server.store.documents.find(claude.id);
        await server.close();
        return [refusal, kept];
      };
      assert.deepEqual(await attempt(true), ["code.unknown", undefined]);
      assert.deepEqual(await attempt(false), ["document.unreachable", undefined]);
    },
  );

  spec("CIMD-12", "that is well known is the host's own as soon as the host answers", async () => {
    const id = "https://claude.ai/oauth/mcp-oauth-client-metadata";
    const { server, outbound } = await open();
    outbound.says(id, { ...document, client_id: id, client_name: "Its own words" });
    await redeem(server, { id }, { code: "junk", verifier: pkce().verifier });
    assert.equal((await server.store.documents.find(id))?.client.name, "Its own words");
    await server.close();
  });

  spec(
    "MCP-AS-11",
    "is read for no caller who names ever new addresses: each would be fetched and kept",
    async () => {
      const outbound = new AnOutside();
      const limits = { document: { limit: 3, window: 3600 } };
      const server = await aServer({ outbound, limits });
      const urls = [1, 2, 3, 4].map((n) => `https://hostile.example.net/${n}.json`);
      for (const one of urls) outbound.says(one, { ...document, client_id: one });
      const ask = (id: string) => redeem(server, { id }, { code: "junk", verifier: pkce().verifier });
      for (const one of urls.slice(0, 3)) assert.deepEqual(faces(server, await ask(one)), yes);
      const fourth = await ask(urls[3] ?? "");
      assert.deepEqual([fourth.status, server.audit.lastRefusal], [429, "request.rate"]);
      assert.ok(Number(fourth.headers.get("retry-after")) > 0);
      const page = await server.fetchHere(authorizationUrl(server, { id: "https://other.example.net/c" }));
      assert.equal(page.status, 429);
      const signOut = `${server.issuer}/end-session?client_id=https://other.example.net/c`;
      assert.equal((await server.fetchHere(signOut)).status, 429);
      assert.equal(outbound.calls.length, 3);
      // What is kept is free, and read again when its time is over; nobody else pays.
      server.clock.advance(60);
      assert.deepEqual(faces(server, await ask(urls[0] ?? "")), yes);
      assert.equal(outbound.calls.length, 4);
      const elsewhere = new Request(authorizationUrl(server, { id: urls[3] ?? "" }));
      assert.notEqual((await server.fetch(elsewhere, { address: "203.0.113.10" })).status, 429);
      await server.close();
    },
  );
});
