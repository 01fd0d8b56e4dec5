import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { anIssuer } from "../../../resource/src/testing/an-issuer.ts";
import { protectUpstream } from "./protect-upstream.ts";
import { openRules, rulesOf, served } from "./testing/a-gateway.ts";
import { rawExchange } from "./testing/raw.ts";

describe("a protected upstream", () => {
  it("listens, names itself, serves, drains and ends", async (t) => {
    const issuer = await anIssuer();
    t.after(() => issuer.close());
    let finish: () => void = () => {};
    const behind = await served((incoming, outgoing) => {
      if (incoming.url === "/v1/slow") finish = () => void outgoing.end("slow");
      else outgoing.end(incoming.url);
    }, t);
    const { resource, port, scopes, close, usage } = await protectUpstream({
      issuer: issuer.issuer,
      upstream: `${behind.origin}/v1`,
      rules: rulesOf(openRules),
    });
    assert.equal(resource, `http://127.0.0.1:${port}/v1`);
    assert.deepEqual(
      scopes().map(({ name }) => name),
      ["all"],
    );
    const authorization = `Bearer ${await issuer.token({ aud: resource, scope: "all" })}`;
    const answer = await fetch(`${resource}/models`, { headers: { authorization } });
    assert.equal(await answer.text(), "/v1/models");
    // RFC 9110 §7.8: a server may ignore an upgrade that it does not know.
    const curl = `GET /v1/x HTTP/1.1\r\nHost: a\r\nAuthorization: ${authorization}\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n`;
    assert.equal((await rawExchange(port, curl)).status, 200);
    const slow = fetch(`${resource}/slow`, { headers: { authorization } });
    while (usage().callers.get("account-1")?.requests !== 3) await new Promise((go) => setTimeout(go, 5));
    const closing = close();
    while (!finish.toString().includes("slow")) await new Promise((go) => setTimeout(go, 5));
    finish();
    assert.equal(await (await slow).text(), "slow");
    await closing;
    await assert.rejects(fetch(`${resource}/models`, { headers: { authorization } }));
  });

  for (const { at, rules, path, status, method = "GET" } of [
    { at: "beside the resource", path: "/v1", rules: openRules, status: 200 },
    { at: "beside the resource, by HEAD", path: "/v1", rules: openRules, status: 200, method: "HEAD" },
    { at: "beside the resource, by POST", path: "/v1", rules: openRules, status: 404, method: "POST" },
    {
      at: "below it, where no rule names it",
      path: "",
      rules: "rules: [{ methods: [GET], path: /a, scopes: [all] }]",
      status: 200,
    },
    { at: "below it, where a rule names it", path: "", rules: openRules, status: 401 },
  ]) {
    it(`answers ${status} to whoever asks for its health ${at}`, async (t) => {
      const { port, close } = await protectUpstream({
        ...{ issuer: "https://as.example", upstream: `http://127.0.0.1:1${path}`, rules: rulesOf(rules) },
      });
      t.after(() => close(0));
      const answer = await fetch(`http://127.0.0.1:${port}/health`, { method });
      assert.equal(answer.status, status);
      if (method === "GET" && status === 200) assert.deepEqual(await answer.json(), { status: "ok" });
    });
  }

  it("tells of the scopes of new rules in its metadata at once, and of the old ones no more", async (t) => {
    const issuer = await anIssuer();
    t.after(() => issuer.close());
    let finish: () => void = () => {};
    const behind = await served((_incoming, outgoing) => {
      outgoing.write("a");
      finish = () => void outgoing.end("b");
    }, t);
    const upstream = `${behind.origin}/v1`;
    const { resource, port, replace, scopes, close } = await protectUpstream({
      ...{ issuer: issuer.issuer, upstream, rules: rulesOf(openRules) },
      guard: { resourceName: "Models" },
    });
    t.after(() => close(0));
    const read = (init: RequestInit = {}) =>
      fetch(`http://127.0.0.1:${port}/.well-known/oauth-protected-resource/v1`, init);
    const first = (await (await read()).json()) as Record<string, unknown>;
    const authorization = `Bearer ${await issuer.token({ aud: resource, scope: "all" })}`;
    const underWay = await fetch(`${resource}/x`, { headers: { authorization } });
    replace(
      rulesOf(`rules:
  - { methods: [GET], path: /a, scopes: [one, two] }
  - { methods: [POST], path: /a, models: [x], scopes: [two] }
`),
    );
    const answer = await read();
    assert.deepEqual(await answer.json(), { ...first, scopes_supported: ["one", "two"] });
    assert.deepEqual([first.resource_name, first.scopes_supported], ["Models", ["all"]]);
    assert.equal(answer.headers.get("content-type"), "application/json");
    assert.equal(await (await read({ method: "HEAD" })).text(), "");
    assert.deepEqual(
      scopes().map(({ name }) => name),
      ["one", "two"],
    );
    // Where the body decides, a challenge names no scopes: the metadata does.
    const challenge = async (init: RequestInit) =>
      /scope="([^"]*)"/.exec((await fetch(`${resource}/a`, init)).headers.get("www-authenticate") ?? "")?.[1];
    assert.equal(await challenge({}), "one two");
    assert.equal(await challenge({ method: "POST" }), undefined);
    finish();
    assert.equal(await underWay.text(), "ab");
  });

  it("leaves the scopes of its metadata to whoever set them", async (t) => {
    const issuer = await anIssuer();
    t.after(() => issuer.close());
    const { port, replace, close } = await protectUpstream({
      ...{ issuer: issuer.issuer, upstream: "http://127.0.0.1:1/v1", rules: rulesOf(openRules) },
      guard: { scopes: ["few"] },
    });
    t.after(() => close(0));
    replace(rulesOf("rules: [{ methods: [GET], path: /a, scopes: [one] }]"));
    const answer = await fetch(`http://127.0.0.1:${port}/.well-known/oauth-protected-resource/v1`);
    assert.deepEqual(((await answer.json()) as { scopes_supported: unknown }).scopes_supported, ["few"]);
  });

  it("cuts off what does not end in the time that is given", async (t) => {
    const issuer = await anIssuer();
    t.after(() => issuer.close());
    const behind = await served((_incoming, outgoing) => void outgoing.write("never"), t);
    const { resource, close } = await protectUpstream({
      issuer: issuer.issuer,
      upstream: behind.origin,
      rules: rulesOf(openRules),
    });
    const authorization = `Bearer ${await issuer.token({ aud: resource, scope: "all" })}`;
    const answer = await fetch(`${resource}/x`, { headers: { authorization } });
    await close(50);
    await assert.rejects(answer.text());
  });

  for (const upstream of ["ftp://a", "http://u:p@a/", "http://a/?b", "http://a/#b", "no URL"]) {
    it(`does not begin with the upstream ${upstream}`, async () => {
      const rules = rulesOf(openRules);
      await assert.rejects(protectUpstream({ issuer: "https://as.example", upstream, rules }), TypeError);
    });
  }
});
