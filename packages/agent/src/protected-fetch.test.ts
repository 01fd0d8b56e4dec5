import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Nonces, newDpopKey } from "./dpop-key.ts";
import { type ProtectedFetch, type ProvenToken, protectedFetch } from "./protected-fetch.ts";

const resource = "https://notes.example/mcp";

interface Sent {
  readonly url: string;
  readonly method: string;
  readonly authorization: string | null;
  readonly dpop: string | null;
  readonly body: string;
}

/** A fetch of ours before a world that only notes what reached it; answers come from the list, the last one again. */
function aFetch(
  answers: readonly (() => Response)[] = [() => new Response("ok")],
  about: Partial<ProtectedFetch> = {},
) {
  const sent: Sent[] = [];
  const world = async (input: string | URL | Request, init?: RequestInit) => {
    const { method, headers, body } = new Request(input, init);
    const [authorization, dpop] = [headers.get("authorization"), headers.get("dpop")];
    const text = body === null ? "" : await new Response(body).text();
    sent.push({ url: String(input), method, authorization, dpop, body: text });
    return (answers[sent.length - 1] ?? answers.at(-1) ?? (() => new Response()))();
  };
  let number = 0;
  const own = protectedFetch({
    resource,
    outbound: { fetch: world, timeout: 1, userAgent: "test" },
    nonces: new Nonces(),
    now: () => 1_800_000_000,
    async token(refused): Promise<ProvenToken> {
      if (refused !== undefined || number === 0) number += 1;
      return {
        accessToken: `t${number}`,
        tokenType: "Bearer",
        expiresAt: undefined,
        scopes: ["a"],
        key: undefined,
      };
    },
    onStepUp: undefined,
    heldScopes: async () => ["a"],
    ...about,
  });
  return { own, sent };
}

const moved =
  (location: string, status = 302) =>
  () =>
    new Response(null, { status, headers: { location } });
const refused = () => new Response(null, { status: 401, headers: { "www-authenticate": "Bearer" } });

describe("a fetch with a token", () => {
  for (const url of [
    resource,
    `${resource}/`,
    `${resource}/tools/list`,
    `${resource}?session=1`,
    "https://NOTES.example:443/mcp",
    "https://notes.example/other/../mcp/x",
  ]) {
    it(`goes to ${url}`, async () => {
      const { own, sent } = aFetch();
      assert.equal((await own(url)).status, 200);
      assert.deepEqual(
        sent.map(({ authorization }) => authorization),
        ["Bearer t1"],
      );
    });
  }

  for (const { url, why } of [
    { url: "https://evil.example/mcp", why: "another host" },
    { url: "https://notes.example.evil.example/mcp", why: "a host that begins alike" },
    { url: "https://sub.notes.example/mcp", why: "a host below" },
    { url: "http://notes.example/mcp", why: "no TLS" },
    { url: "https://notes.example:8443/mcp", why: "another port" },
    { url: "https://notes.example/", why: "the path above" },
    { url: "https://notes.example/mcpevil", why: "a path that begins alike" },
    { url: "https://notes.example/mcp/../admin", why: "a path that climbs out" },
    { url: "https://notes.example/mcp/%2e%2e/admin", why: "a path that climbs out in code" },
    { url: "https://notes.example/mcp/..%2fadmin", why: "a slash in code" },
    { url: "https://notes.example/mcp/x%5c..%5c..%5cadmin", why: "a backslash in code" },
    { url: "https://notes.example\\@evil.example/mcp", why: "a backslash before the host" },
    { url: "https://ada@notes.example/mcp", why: "a user name" },
  ]) {
    it(`[MCP-C-15] refuses ${why}: ${url}`, async () => {
      const { own, sent } = aFetch(undefined, { token: () => assert.fail("a token was asked for") });
      await assert.rejects(own(url), (thrown: Error & { code?: string }) => {
        // What fetch itself refuses is refused, too.
        return thrown.code === "address-foreign" || thrown instanceof TypeError;
      });
      assert.deepEqual(sent, []);
    });
  }

  it("puts its token in the place of what the caller wrote there", async () => {
    const { own, sent } = aFetch();
    await own(resource, { headers: { authorization: "Bearer other", dpop: "forged", "x-more": "1" } });
    assert.deepEqual([sent[0]?.authorization, sent[0]?.dpop], ["Bearer t1", null]);
  });

  describe("that is redirected", () => {
    for (const { given, location, init } of [
      { given: "to another host", location: "https://evil.example/mcp" },
      { given: "to another path of the host", location: "/login" },
      { given: "to plain http", location: "http://notes.example/mcp" },
      { given: "out of its path", location: "/mcp/../admin" },
      { given: "nowhere", location: "https://" },
      {
        given: "inside the resource, with a body",
        location: "/mcp/x",
        init: { method: "POST", body: "secret" },
      },
      {
        given: "inside the resource, and was to fail then",
        location: "/mcp/x",
        init: { redirect: "error" as const },
      },
    ]) {
      it(`[MCP-C-18] ${given} stops and carries nothing along`, async () => {
        const { own, sent } = aFetch([moved(location, 307), () => new Response("stolen")]);
        await assert.rejects(own(resource, init), { code: "redirect-refused" });
        assert.equal(sent.length, 1);
      });
    }

    it("inside the resource follows a GET, five times at most", async () => {
      const { own, sent } = aFetch([
        moved("/mcp/a"),
        moved("https://notes.example/mcp/b"),
        () => new Response("there"),
      ]);
      assert.equal(await (await own(resource)).text(), "there");
      assert.deepEqual(
        sent.map(({ url }) => url),
        [resource, `${resource}/a`, `${resource}/b`],
      );
      const endless = aFetch([moved("/mcp/a")]);
      await assert.rejects(endless.own(resource), { code: "redirect-refused" });
      assert.equal(endless.sent.length, 6);
    });

    it("reads a relative place from the address that answered", async () => {
      const { own, sent } = aFetch([
        moved("/mcp/deep/list"),
        moved("item"),
        moved("../other?page=2"),
        () => new Response("there"),
      ]);
      assert.equal(await (await own(resource)).text(), "there");
      assert.deepEqual(
        sent.map(({ url }) => url.slice(resource.length)),
        ["", "/deep/list", "/deep/item", "/other?page=2"],
      );
      // From the first address this would stay inside; from where it was said it leads out.
      const out = aFetch([moved("/mcp/"), moved("../admin")]);
      await assert.rejects(out.own(`${resource}/a/b/c`), { code: "redirect-refused" });
      assert.equal(out.sent.length, 2);
    });

    it("hands the answer out where the caller follows by itself", async () => {
      const { own } = aFetch([moved("https://evil.example/")]);
      assert.equal((await own(resource, { redirect: "manual" })).status, 302);
    });
  });

  describe("that is answered 401", () => {
    for (const { given, body, told } of [
      { given: "a text", body: "hello", told: "hello" },
      { given: "a form", body: new URLSearchParams({ a: "1" }), told: "a=1" },
      { given: "bytes", body: new TextEncoder().encode("bytes"), told: "bytes" },
      { given: "no body", body: null, told: "" },
    ]) {
      it(`tries once more with another token and ${given}`, async () => {
        const { own, sent } = aFetch([refused, () => new Response("ok")]);
        const response = await own(resource, { method: "POST", body });
        assert.equal(response.status, 200);
        assert.deepEqual(
          sent.map((one) => [one.authorization, one.body]),
          [
            ["Bearer t1", told],
            ["Bearer t2", told],
          ],
        );
      });
    }

    it("hands the answer out where the body was a stream, which is gone", async () => {
      const { own, sent } = aFetch([refused]);
      const body = new Blob(["once"]).stream();
      const response = await own(resource, { method: "POST", body, duplex: "half" } as RequestInit);
      assert.deepEqual([response.status, sent.length, sent[0]?.body], [401, 1, "once"]);
    });
  });

  describe("that needs more than is held", () => {
    const wants = (scope: string) => () =>
      new Response(null, {
        status: 403,
        headers: { "www-authenticate": `Bearer error="insufficient_scope", scope="${scope}"` },
      });

    it("has the person asked once, though each address inside the resource wants more", async () => {
      let asked = 0;
      const { own, sent } = aFetch([wants("b"), moved("/mcp/x"), wants("c"), () => new Response("ok")], {
        async onStepUp() {
          asked += 1;
          return true;
        },
      });
      await assert.rejects(own(resource), {
        code: "scope-needed",
        facts: { address: resource, scopes: ["a", "c"] },
      });
      assert.deepEqual([asked, sent.length], [1, 3]);
    });

    it("asks nobody where another process has stepped up meanwhile", async () => {
      let number = 0;
      const { own, sent } = aFetch([wants("b"), () => new Response("ok")], {
        onStepUp: () => assert.fail("the person was asked"),
        heldScopes: async () => ["a", "b"],
        token: async () => ({
          accessToken: `t${number++}`,
          tokenType: "Bearer",
          expiresAt: undefined,
          scopes: [],
          key: undefined,
        }),
      });
      assert.equal((await own(resource)).status, 200);
      assert.deepEqual(
        sent.map(({ authorization }) => authorization),
        ["Bearer t0", "Bearer t1"],
      );
    });

    it("asks nobody for what the refused token has: another one would be refused, too", async () => {
      const { own, sent } = aFetch([wants("a")], { onStepUp: () => assert.fail("the person was asked") });
      await assert.rejects(own(resource), { code: "scope-needed" });
      assert.equal(sent.length, 1);
    });
  });

  it("makes a proof for each try, with the nonce that is asked for", async () => {
    const key = await newDpopKey();
    const asks = () =>
      new Response(null, {
        status: 401,
        headers: { "www-authenticate": 'DPoP error="use_dpop_nonce"', "dpop-nonce": "n1" },
      });
    const { own, sent } = aFetch([asks, () => new Response("ok")], {
      token: async () => ({ accessToken: "t", tokenType: "DPoP", expiresAt: undefined, scopes: [], key }),
    });
    assert.equal((await own(`${resource}/x?y=z`)).status, 200);
    const claims = sent.map(({ dpop }) =>
      JSON.parse(Buffer.from(dpop?.split(".")[1] ?? "", "base64url").toString()),
    );
    assert.deepEqual(
      claims.map(({ nonce }) => nonce),
      [undefined, "n1"],
    );
    assert.deepEqual(
      claims.map(({ htu }) => htu),
      [`${resource}/x`, `${resource}/x`],
    );
    assert.notEqual(claims[0].jti, claims[1].jti);
    assert.deepEqual(
      sent.map(({ authorization }) => authorization),
      ["DPoP t", "DPoP t"],
    );
  });
});
