import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { TokenEndpoint } from "./token-endpoint.ts";

const issuer = "https://as.example/tenant";
const oauth = "https://as.example/.well-known/oauth-authorization-server/tenant";
const openid = "https://as.example/tenant/.well-known/openid-configuration";
const endpoint = "https://as.example/tenant/token";

type Documents = Readonly<Record<string, unknown>>;

/** An issuer that answers these documents and nothing else; who asks is noted. */
function anEndpoint(documents: Documents) {
  const it = { now: 1_000, documents, asked: [] as string[] };
  const fetch = async (url: string) => {
    it.asked.push(url);
    const found = it.documents[url];
    return found === undefined ? new Response("", { status: 404 }) : Response.json(found);
  };
  return Object.assign(it, { endpoint: new TokenEndpoint(issuer, { fetch, timeout: 1 }, () => it.now) });
}

describe("the token endpoint of an issuer", () => {
  for (const [where, documents, asked] of [
    ["RFC 8414", { [oauth]: { issuer, token_endpoint: endpoint } }, [oauth]],
    ["OpenID Connect Discovery", { [openid]: { issuer, token_endpoint: endpoint } }, [oauth, openid]],
  ] as const) {
    it(`is found by ${where}, once for all who ask, and again after an hour`, async () => {
      const place = anEndpoint(documents);
      const all = await Promise.all(Array.from({ length: 10 }, () => place.endpoint.url()));
      assert.deepEqual(new Set(all), new Set([endpoint]));
      place.now += 3_599;
      await place.endpoint.url();
      assert.deepEqual(place.asked, asked);
      place.now += 1;
      await place.endpoint.url();
      assert.equal(place.asked.length, 2 * asked.length);
    });
  }

  for (const [given, documents] of [
    ["a document of another issuer", { [oauth]: { issuer: "https://as.example", token_endpoint: endpoint } }],
    ["an endpoint in the clear", { [oauth]: { issuer, token_endpoint: "http://as.example/token" } }],
    ["no endpoint", { [oauth]: { issuer } }],
    ["a list", { [oauth]: [issuer] }],
    ["no document", {}],
  ] as const) {
    it(`is not taken from ${given}`, async () => {
      const place = anEndpoint(documents);
      await assert.rejects(place.endpoint.url());
      place.documents = { [oauth]: { issuer, token_endpoint: "http://127.0.0.1:1/token" } };
      assert.equal(await place.endpoint.url(), "http://127.0.0.1:1/token");
    });
  }

  it("stays what it was while the issuer does not say", async () => {
    const place = anEndpoint({ [oauth]: { issuer, token_endpoint: endpoint } });
    await place.endpoint.url();
    place.documents = {};
    place.now += 100_000;
    assert.equal(await place.endpoint.url(), endpoint);
  });
});
